"""A decision against somebody with its reasons, and the appeal against it (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from enabler.domain.errors import NotAllowed, WrongMoment

KINDS = ("refuse", "hold", "suspend", "edit")
SCOPES: Mapping[tuple[str, str], str] = {
    ("suspend", "member"): "account", ("suspend", "organisation"): "organisation",
    ("refuse", "organisation"): "organisation", ("hold", "organisation"): "organisation",
}  # fmt: skip
"""What a decision reaches, as a code; else the one thing alone."""
_BY_RULESET = frozenset({"category", "first_offer", "organisation", "organisation_new",
                         "organisation_register", "signal"})  # fmt: skip


def scope_of(kind: str, subject_kind: str) -> str:
    """What a decision of this kind reaches: *thing*, *words* (an edit), *organisation*, *account*
    (with all that is theirs)."""
    return "words" if kind == "edit" else SCOPES.get((kind, subject_kind), "thing")


def rule_of(because: str | None) -> str:
    """Which rule of the ruleset it rests on, as a code: the one that held the thing; what a
    custodian decided without one rests on *custodian*."""
    return because if because in _BY_RULESET and because else "custodian"


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision as it was said. ``decided_by`` is None where the command line decided;
    ``review_at``: when a suspension is looked at again."""

    id: int
    place_id: int
    ref: str
    kind: str
    subject_kind: str
    subject_id: int
    subject_ref: str
    member_id: int | None
    organisation_id: int | None
    state_before: str
    scope: str
    review_at: datetime | None
    words: str = field(repr=False)
    signals: tuple[str, ...]
    rule: str
    ruleset_id: int
    columns: tuple[str, ...]
    audit_id: int | None
    decided_by: int | None
    decided_at: datetime
    undone_at: datetime | None
    lifted_at: datetime | None
    appealed_at: datetime | None
    appeal_words: str | None = field(repr=False)
    appeal_decided_by: int | None
    appeal_decided_at: datetime | None
    appeal_outcome: str | None
    appeal_reason: str | None = field(repr=False)

    @property
    def stands(self) -> bool:
        """Whether it still holds: nobody took it back, lifted it or overturned it."""
        over = self.undone_at or self.lifted_at
        return over is None and self.appeal_outcome != "overturned"


def require_appealable(decision: Decision, days: int, now: datetime) -> None:
    """Raises WrongMoment unless its author can appeal now: once, while it stands, in time."""
    if decision.appealed_at is not None:
        raise WrongMoment("appealed_already")
    if not decision.stands:
        raise WrongMoment("decision_over")
    if now > decision.decided_at + timedelta(days=days):
        raise WrongMoment("appeal_too_late", days=days)


def require_other(decision: Decision, member_id: int | None) -> None:
    """Raises NotAllowed: an appeal is decided by a person, and never by who decided before, nor
    by whose case it is."""
    if member_id is None or member_id in (decision.decided_by, decision.member_id):
        raise NotAllowed("appeal_goes_to_another")


LEAST = 5
"""What fewer than so many make is not published."""


@dataclass(frozen=True, slots=True)
class Published:
    """How many decisions of a kind there were, how many were appealed against, how many of those
    overturned; None: too few to be told, or it would tell of too few."""

    kind: str
    made: int | None
    appealed: int | None
    overturned: int | None


def published(kind: str, made: int, appealed: int, overturned: int) -> Published:
    """The three as they may be told: none below five but none at all, and none from which such a
    number could be worked out by taking one from the other."""
    told = _told(made)
    of_it = _told(appealed) if told is not None and _apart(made, appealed) else None
    won = _told(overturned) if of_it is not None and _apart(appealed, overturned) else None
    if told == 0 or of_it == 0:
        return Published(kind, told, of_it, 0)
    return Published(kind, told, of_it, won)


def _told(count: int) -> int | None:
    return count if count == 0 or count >= LEAST else None


def _apart(whole: int, part: int) -> bool:
    return whole - part == 0 or whole - part >= LEAST
