"""What cannot be done, as something to be said."""

from typing import Any

from enabler.domain.errors import EnablerError
from sms.dialogue.turns import Say

REFUSED = "refused"


def refused(error: EnablerError) -> Say:
    """The code of what went wrong, with those of its facts that its sentence can need: refs, codes
    and numbers, nobody's words."""
    return Say(REFUSED, {"why": error.code, **{
        name: value for name, value in error.facts.items() if _is_plain(value)
    }})  # fmt: skip


def _is_plain(value: Any) -> bool:
    return isinstance(value, int | float) or (
        isinstance(value, str) and len(value) <= 40 and value.replace("-", "").isalnum()
    )
