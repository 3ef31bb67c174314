"""Hours: what somebody has, what moved and with whom, what can be given and to whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from enabler.timebank.limits import Nudge


@dataclass(frozen=True, slots=True)
class BalanceView:
    """What an account has, in minutes.

    ``posted`` is what has moved, ``promised`` of it what is promised to others, ``available`` what
    is left, ``floor`` the lowest that may be (None: none). ``room`` is what may leave it now,
    ``to_give`` of that what may be given away: what is lent may not. ``lifted``: what a
    member asks for comes a little sooner, because they gave much.
    ``left``: its owner has left the time bank.
    """

    posted: int
    promised: int
    available: int
    floor: int | None
    nudge: Nudge | None = None
    room: int | None = None
    to_give: int = 0
    lifted: bool = False
    left: bool = False


@dataclass(frozen=True, slots=True)
class OtherSide:
    """Who stands on the other side of a movement.

    ``kind``: member, organisation, community (the place's pot), ward (a ward's pot, ``name`` is
    the ward's), fund, place, issue, or left (nobody can say any more whose it was). ``name`` is
    None where the reader may not be told it, and for a pot without a name of its own.
    """

    kind: str
    name: str | None = None
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class HelpLine:
    """Which help a movement was for: its category, when it was done (None: nobody said), and the
    ref of its match, if that is the reader's to open. ``by_pot``: minutes that a pot paid of it,
    to whoever was helped; 0 to anybody else."""

    category: str
    at: datetime | None
    match_ref: str | None = None
    by_pot: int = 0


@dataclass(frozen=True, slots=True)
class HoursLine:
    """One movement. ``code`` is one of ``timebank.statements.LINE_CODES``; ``minutes`` is above
    zero where it came in; ``balance`` is after it; ``words`` are what the giver wrote; ``help`` is
    the help that it was for, if it was for one. Where several rows are told as one, ``more`` are
    the numbers of the others.

    Of what was written down afterwards ``event`` is the ref, ``event_words`` what it was, where it
    was an afternoon of many, and ``on_day`` the day it was on."""

    seq: int
    at: datetime
    code: str
    other: OtherSide
    minutes: int
    balance: int
    words: str | None = None
    help: HelpLine | None = None
    event: str | None = None
    event_words: str | None = None
    on_day: date | None = None
    more: tuple[int, ...] = ()

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of all its rows."""
        return (self.seq, *self.more)


@dataclass(frozen=True, slots=True)
class HoursMonth:
    """A month of the place's calendar, in minutes; opening + came - went = closing."""

    year: int
    month: int
    opening: int
    came: int
    went: int
    closing: int
    lines: tuple[HoursLine, ...]


@dataclass(frozen=True, slots=True)
class PromiseView:
    """Minutes that may yet leave (below zero) or come (above); ``event`` is the ref of what was
    written down, where they are of that, ``help`` the help that has been agreed, if it is one."""

    at: datetime
    other: OtherSide
    minutes: int
    event: str | None = None
    help: HelpLine | None = None


@dataclass(frozen=True, slots=True)
class OwedView:
    """Minutes that its reader should have and that nobody had yet: what for (its category and
    ``help``, or of what was written down its ref, words and day), and by when the council means to
    look."""

    minutes: int
    look_by: datetime
    category: str
    help: HelpLine | None = None
    event: str | None = None
    event_words: str | None = None
    on_day: date | None = None


@dataclass(frozen=True, slots=True)
class StatementView:
    """An account with its history. ``known``: every (year, month) in which something moved, the
    newest first; ``months`` are those that were asked for, the newest first. ``only_received``:
    its owner had help and has not given any yet. ``owed``: what has not come yet, since nobody
    had hours for it."""

    balance: BalanceView
    known: tuple[tuple[int, int], ...]
    months: tuple[HoursMonth, ...]
    promises: tuple[PromiseView, ...]
    organisation: str | None = None
    organisation_ref: str | None = None
    timezone: str = "UTC"  # the place's
    only_received: bool = False
    owed: tuple[OwedView, ...] = ()


@dataclass(frozen=True, slots=True)
class YearView:
    """Minutes that went and came in each month of a calendar year, January first."""

    year: int
    went: tuple[int, ...]
    came: tuple[int, ...]
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ToWhomView:
    """To whom hours may be given: people whom one met, organisations, pots; from what."""

    people: tuple[OtherSide, ...]
    organisations: tuple[OtherSide, ...]
    pots: tuple[OtherSide, ...]
    balance: BalanceView


@dataclass(frozen=True, slots=True)
class GiftView:
    """Hours that were given: its ref, to whom, and what is left."""

    ref: str
    to: OtherSide
    minutes: int
    words: str | None
    balance: BalanceView


@dataclass(frozen=True, slots=True)
class PotView:
    """A pot that can pay: minutes in it, and for how many helps of a usual length (by category)
    that is enough."""

    pot: OtherSide
    minutes: int
    enough_for: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class MarketHoursView:
    """A place's hours of twelve months. A value of None is hidden: too few people make it.

    ``months``: ((year, month), minutes of help), the oldest first. ``categories`` and the wards
    have minutes by slug or name. ``gini`` and ``turnover`` in thousandths.
    """

    minutes: int | None
    helpers: int | None
    askers: int | None
    both: int | None
    months: tuple[tuple[tuple[int, int], int | None], ...]
    categories: tuple[tuple[str, int | None], ...]
    given: tuple[tuple[str, int | None], ...]
    received: tuple[tuple[str, int | None], ...]
    gini: int | None
    outstanding: int | None
    turnover: int | None
    pots: tuple[PotView, ...]
