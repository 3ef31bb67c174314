"""Mandates: who may act for whom, in what, how long, and on what grounds (pure).

A supporter acts for a member only under a mandate that the member gave. It says in what
(:class:`Scope`); what can never be given stands in no scope. Whoever acts under it can do what the
member can by themself, what the scopes allow, and what the supporter may do for themself: all
three (``permissions``).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from enabler.domain.actions import Action
from enabler.domain.errors import Invalid
from enabler.domain.vocabulary import MemberState

MOST_DAYS = 180
"""No mandate lasts longer; a place may say less (``mandate_days``)."""
MOST_PEOPLE = 5
"""So many people a private supporter may act for at once. An organisation has no such limit."""
WARN_DAYS = (14, 3)
"""So many days before the end the member is told, and asked whether to go on."""


class Scope(StrEnum):
    """In what a supporter may act."""

    POST_NEED = "post-need"
    SEE_MATCH = "see-match"
    MESSAGE = "message"
    CONFIRM_DONE = "confirm-done"


class Basis(StrEnum):
    """How the member's consent was given."""

    OWN_REPLY = "own-reply"
    WITNESS = "staff-witness"
    WRITING = "in-writing"
    ATTORNEY = "power-of-attorney"


class Attorney(StrEnum):
    """For what a power of attorney is."""

    PROPERTY = "property"
    HEALTH = "health"


class Ended(StrEnum):
    """Why a mandate is over. To its supporter each looks like the last."""

    MEMBER = "member"
    WORD = "word"
    LEAD = "lead"
    SUPPORTER = "supporter"
    RENEWED = "renewed"
    BLOCK = "block"
    DEATH = "death"
    ERASURE = "erasure"
    LAPSED = "lapsed"


class Hears(StrEnum):
    """How much the member is told of what is done for them."""

    EACH = "each"
    DAILY = "daily"
    BIG = "big"


_SEES_NEED = frozenset({Action.SEE_NEED})
_SEES_BOTH = frozenset({Action.SEE_NEED, Action.SEE_MATCH})
ALLOWS: Mapping[Scope, frozenset[Action]] = {
    Scope.POST_NEED: _SEES_NEED | {Action.POST_NEED, Action.CHANGE_NEED},
    Scope.SEE_MATCH: _SEES_BOTH,
    Scope.MESSAGE: _SEES_BOTH | {Action.CONVERSE, Action.ARRANGE_MATCH},
    Scope.CONFIRM_DONE: _SEES_BOTH | {Action.CONFIRM_MATCH},
}
"""What each scope allows. Whatever is in none can never be given: contact details, giving hours,
supporters, consents, whom one keeps away, who looked, a copy or the end of the account, settings,
reports, organisations, and all that staff do."""
NEVER_FOR_ANOTHER = frozenset({Action.TELL_COUNCIL})
"""What anybody may do, and a supporter only in their own name."""
OF_ATTORNEY: Mapping[Attorney, frozenset[Scope]] = {
    Attorney.PROPERTY: frozenset({Scope.POST_NEED, Scope.CONFIRM_DONE}),
    Attorney.HEALTH: frozenset({Scope.POST_NEED, Scope.SEE_MATCH, Scope.MESSAGE}),
}
"""What a power of attorney of each kind can carry."""
THEIR_DEEDS = frozenset(
    {"need.posted", "need.changed", "need.withdrawn", "need.closed", "series.begun",
     "series.changed", "series.ended", "series.skipped", "match.arranged", "match.confirmed",
     "match.corrected", "match.disputed", "match.wrote", "match.proposed", "match.agreed",
     "mandate.entered"}
)  # fmt: skip
"""What of the audit a supporter did; the rest is what followed from it by itself."""
BIG_DEEDS = frozenset(
    {"needs.post", "needs.withdraw", "needs.close", "series.begin", "series.end",
     "matches.confirm", "matches.dispute", "matches.correct"}
)  # fmt: skip
"""What is told also to those who want to hear only of what is big."""


def allowed_by(scopes: Collection[Scope]) -> frozenset[Action]:
    """What these scopes allow together."""
    return frozenset().union(*(ALLOWS[scope] for scope in scopes))


@dataclass(frozen=True, slots=True)
class Supporting:
    """Who acts for a member, under which mandate, as it stands at this moment.

    ``since`` and ``until``: when it begins and ends; what was over before is not theirs to see.
    ``organisation_id``: for which organisation they act; its mandate it is then. ``stands``:
    whether the mandate and the supporter are such that it can be used at all.
    """

    member_id: int
    ref: str
    mandate_id: int
    mandate_ref: str
    scopes: frozenset[Scope]
    until: datetime
    since: datetime
    organisation_id: int | None = None
    stands: bool = True

    def allows(self, action: Action) -> bool:
        """Whether the mandate lets the supporter do this, be it the member's to do at all."""
        return self.stands and action in allowed_by(self.scopes)

    def reaches(self, over_at: datetime | None) -> bool:
        """Whether what ended then (None: it goes on) was still there when the mandate began."""
        return over_at is None or over_at > self.since


@dataclass(frozen=True, slots=True)
class Mandate:
    """A member's leave to somebody to act for them. Times are UTC; it ends to the second.

    Either ``supporter_id`` (somebody they know) or ``organisation_id`` (whose owners and
    coordinators act) is set.
    """

    id: int
    place_id: int
    ref: str
    member_id: int
    supporter_id: int | None
    organisation_id: int | None
    scopes: tuple[Scope, ...]
    from_at: datetime
    until_at: datetime
    basis: Basis
    hears: Hears = Hears.EACH
    channel: str = "web"
    recorded_by: int | None = None
    ended_at: datetime | None = None
    ended_because: Ended | None = None
    wording: str = ""
    version: int = 0
    language: str = ""
    wording_hash: str = ""

    def is_open(self, now: datetime) -> bool:
        """Whether it may be used at this moment."""
        return self.ended_at is None and self.from_at <= now < self.until_at


@dataclass(frozen=True, slots=True)
class Sides:
    """What is true of the two people of a mandate, at this moment."""

    member: MemberState
    supporter: MemberState
    apart: bool = False
    hidden: bool = False
    same_place: bool = True
    leads: bool = True


CAN_BE_HELPED = frozenset({MemberState.ACTIVE, MemberState.PAUSED, MemberState.HELD})
_CAN_HELP = frozenset({MemberState.ACTIVE, MemberState.PAUSED})


def stands(mandate: Mandate, sides: Sides, now: datetime) -> bool:
    """Whether a mandate can be used: it is open, both are members in good standing, neither keeps
    the other away, the member is not hidden from the supporter, and who acts for an organisation
    leads it (``leads``)."""
    return (
        mandate.is_open(now)
        and sides.member in CAN_BE_HELPED
        and sides.supporter in _CAN_HELP
        and sides.same_place
        and sides.leads
        and not sides.apart
        and not sides.hidden
    )


def read_scopes(typed: Collection[str], attorney: Attorney | None = None) -> tuple[Scope, ...]:
    """The scopes that were chosen, in their order. Raises Invalid("scopes", scopes_missing,
    scope_unknown or scope_beyond_attorney)."""
    if not set(typed) <= {scope.value for scope in Scope}:
        raise Invalid("scopes", "scope_unknown")
    chosen = tuple(scope for scope in Scope if scope.value in typed)
    if not chosen:
        raise Invalid("scopes", "scopes_missing")
    if attorney is not None and not OF_ATTORNEY[attorney].issuperset(chosen):
        raise Invalid("scopes", "scope_beyond_attorney")
    return chosen


def read_days(days: int | None, most: int) -> int:
    """For how many days. Raises Invalid("days", mandate_too_long) with ``most``."""
    if days is None or not 1 <= days <= min(most, MOST_DAYS):
        raise Invalid("days", "mandate_too_long", most=min(most, MOST_DAYS))
    return days


def end_of(from_at: datetime, days: int) -> datetime:
    """When a mandate of so many days is over, to the second."""
    return from_at + timedelta(days=days)
