"""What can go wrong, as codes and facts: no words, no markup; each door has its own."""

from typing import Any


class EnablerError(Exception):
    """The root of all errors that a door turns into an answer.

    ``code`` names the case (a key of the catalogue); ``facts`` are values that its sentence
    may need (refs, numbers, codes; never a person's name, number or address).
    """

    default_code = "error"

    def __init__(self, code: str | None = None, **facts: Any) -> None:
        self.code = code or self.default_code
        self.facts = facts
        super().__init__(f"{type(self).__name__}({self.code}, {facts})")


class Invalid(EnablerError):
    """A value means nothing or cannot be accepted. ``field`` says where it was typed."""

    default_code = "invalid"

    def __init__(self, field: str, code: str, **facts: Any) -> None:
        self.field = field
        super().__init__(code, **facts)


class NotFound(EnablerError):
    """No such thing in this place, or none that this actor may know of."""

    default_code = "not_found"


class NotAllowed(EnablerError):
    """The actor may not do this here and now."""

    default_code = "not_allowed"


class WrongMoment(EnablerError):
    """The thing is in a state in which this cannot be done (already done, withdrawn, too late)."""

    default_code = "wrong_moment"


class AlreadyFilled(WrongMoment):
    """Somebody else said yes first: every slot of the need is taken."""

    default_code = "already_filled"


class KeyReused(WrongMoment):
    """The same key came with other arguments."""

    default_code = "key_reused"


class LimitReached(EnablerError):
    """A cap holds (codes, texts, asks, tries); ``facts['until']`` says when it lifts, if known."""

    default_code = "limit_reached"


class ProviderFailed(EnablerError):
    """An outside service (texts, mail) did not do what was asked."""

    default_code = "provider_failed"
