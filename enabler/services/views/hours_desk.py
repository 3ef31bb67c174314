"""The custodians' desk of hours: what waits, pots, what one proposes and another decides."""

from dataclasses import dataclass
from datetime import date, datetime

from enabler.services.views.hours import OtherSide


@dataclass(frozen=True, slots=True)
class FlagView:
    """Something about hours to look at; nobody is named in it.

    ``kind``: unpaid, covered, ring, reciprocal, burst. ``minutes`` are those that it is about,
    ``people`` how many accounts; ``event_ref``: of what was written down, ``event_words`` what it
    was (None: a help between two), with its day. Of a help: its match, category, length and day;
    ``held``: its hours wait for the decision. ``choices``: what may be made of it now (paid, gift,
    counts, does-not-count, seen). Once it is settled: as what, when, by whom (a ref; *mine* the
    reader).
    """

    ref: str
    kind: str
    raised_at: datetime
    minutes: int | None
    people: int
    match_ref: str | None = None
    event_ref: str | None = None
    event_words: str | None = None
    category: str | None = None
    length: int | None = None
    on: date | None = None
    held: bool = False
    choices: tuple[str, ...] = ()
    settled_as: str | None = None
    settled_at: datetime | None = None
    settled_by: str | None = None
    mine: bool = False


@dataclass(frozen=True, slots=True)
class PayingPot:
    """A pot that could pay: which, and the minutes in it."""

    pot: OtherSide
    minutes: int


@dataclass(frozen=True, slots=True)
class OneFlagView:
    """A flag on its own page, with the pots that could pay for it."""

    flag: FlagView
    pots: tuple[PayingPot, ...]


@dataclass(frozen=True, slots=True)
class HoursProposalView:
    """What a custodian proposes. A member on one of its sides is told by ref alone.

    ``kind``: grant or reversal (of the movement ``number``, which was ``reason`` at ``moved_at``).
    Hours go from ``giver`` to ``receiver``. ``mine``: the reader asked for it, and somebody else
    decides. ``asked_by`` and ``decided_by`` are refs. ``state``: waiting, allowed, refused, lapsed.
    """

    ref: str
    kind: str
    minutes: int
    giver: OtherSide
    receiver: OtherSide
    words: str
    state: str
    mine: bool
    asked_by: str
    asked_at: datetime
    answer_by: datetime
    decided_by: str | None
    decided_at: datetime | None
    decided_words: str | None
    number: int | None = None
    reason: str | None = None
    moved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MovementView:
    """One movement for staff: its number, when, why (a reason of the ledger), from and to whom."""

    number: int
    at: datetime
    reason: str
    minutes: int
    giver: OtherSide
    receiver: OtherSide


@dataclass(frozen=True, slots=True)
class HoursDeskView:
    """The first page of the desk of hours, what waits longest on top, what is over the newest;
    how many events somebody spoke against, how many people wait to leave, and how many places wait
    for an answer about limits."""

    flags: tuple[FlagView, ...]
    proposals: tuple[HoursProposalView, ...]
    settled: tuple[FlagView, ...]
    ended: tuple[HoursProposalView, ...]
    disputed: int
    leavers: int
    limits: int = 0


@dataclass(frozen=True, slots=True)
class CameView:
    """What came into a pot from one side; of members, from how many of them together."""

    side: OtherSide
    minutes: int
    people: int = 1


@dataclass(frozen=True, slots=True)
class KeptPotView:
    """A pot as its keepers see it: minutes in it, promised from it and paid for help this month;
    what came from whom. ``name`` is its own, None where it is called after whose it is."""

    pot: OtherSide
    kind: str
    name: str | None
    about: str | None
    pays: bool
    closed: bool
    posted: int
    available: int
    paid_this_month: int
    came: tuple[CameView, ...]


@dataclass(frozen=True, slots=True)
class NewPotsView:
    """Which pots a place can open: the community's, while there is none; of wards without one
    (code and name); and funds of organisations, always."""

    community: bool
    wards: tuple[tuple[str, str], ...]
