"""What the engine is told of a need and of an offer: plain values on the National Grid.

Points are whole metres on EPSG:27700 (for a home: its cell's point, law 7). Times are aware
datetimes. Nothing here has a name, a number or an address; ids are only compared and sorted.
Credentials are those valid already: whoever calls has left out the expired.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from enabler.domain.errors import Invalid
from enabler.matching.policy import RULES, Id

Span = tuple[datetime, datetime]
"""From a moment up to, not including, a later one; both aware."""

WeeklyBlock = tuple[int, int, int]
"""Weekday (0 = Monday), then start and end in minutes after midnight (0..1440) on local clocks."""

MOST_PRIORITY = 1000
DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Help that somebody asks for.

    ``windows``: when it may happen, or None for any time; ``duration_minutes`` of one unbroken
    stretch inside one of them are wanted. ``slots``: helpers wanted. ``priority`` 1..1000;
    ``circumstance``: points of priority for the asker's situation. ``requires``: credentials on
    top of the category's. ``languages_required``: the helper speaks all of these.
    ``preferences``: codes that an offer must meet, none of them a rule's. ``reach_metres``: the
    furthest that the asker wants a helper to live. ``blocked``: members or organisations not
    wanted here; the two kinds never use one id.
    """

    id: Id
    easting: int
    northing: int
    category: str
    windows: tuple[Span, ...] | None = None
    duration_minutes: int = 30
    slots: int = 1
    priority: int = 100
    requires: frozenset[str] = frozenset()
    languages_required: frozenset[str] = frozenset()
    preferences: frozenset[str] = frozenset()
    circumstance: int = 0
    held: bool = False
    reach_metres: int | None = None
    member: Id | None = None
    household: Id | None = None
    place: Id | None = None
    blocked: frozenset[Id] = frozenset()
    waiting_since: datetime | None = None

    def __post_init__(self) -> None:
        _at_least(self.slots, 0, "slots")
        _at_least(self.duration_minutes, 1, "duration_minutes")
        _at_least(self.circumstance, 0, "circumstance")
        _at_least(self.reach_metres, 0, "reach_metres")
        if not 1 <= self.priority <= MOST_PRIORITY:
            raise Invalid("priority", "out_of_range", low=1, high=MOST_PRIORITY)
        if not self.preferences.isdisjoint(RULES):
            raise Invalid("preferences", "is_a_rule")
        _spans(self.windows or (), "windows")
        if self.waiting_since is not None:
            _aware(self.waiting_since, "waiting_since")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Help that somebody gives.

    ``weekly``: when, on the place's clocks, or None for any time; ``away``: not then.
    ``capacity``: how many needs at most now; ``asks_left``: how often the helper may still be
    asked in this period, None for no cap. ``recent_asks``, ``recent_helps``: of late.
    ``acceptance``: the chance of a yes, 0..1, None if unknown. ``meets``: codes of preferences.
    ``helped``: how often well, by the asker's member id. ``balance_minutes``: hours given less
    hours received, None if unknown. ``organisation``: who gives, where it is not a neighbour.
    """

    id: Id
    easting: int
    northing: int
    categories: frozenset[str]
    reach_metres: int
    weekly: tuple[WeeklyBlock, ...] | None = None
    away: tuple[Span, ...] = ()
    capacity: int = 1
    credentials: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    member: Id | None = None
    household: Id | None = None
    place: Id | None = None
    blocked: frozenset[Id] = frozenset()
    recent_asks: int = 0
    recent_helps: int = 0
    acceptance: float | None = None
    asks_left: int | None = None
    meets: frozenset[str] = frozenset()
    helped: Mapping[Id, int] = field(default_factory=dict)
    balance_minutes: int | None = None
    organisation: Id | None = None
    held: bool = False

    def __post_init__(self) -> None:
        for name in ("reach_metres", "capacity", "recent_asks", "recent_helps", "asks_left"):
            _at_least(getattr(self, name), 0, name)
        if self.acceptance is not None and not 0 <= self.acceptance <= 1:
            raise Invalid("acceptance", "out_of_range", low=0, high=1)
        for times in self.helped.values():
            _at_least(times, 0, "helped")
        for block in self.weekly or ():
            check_block(block, "weekly")
        _spans(self.away, "away")

    @property
    def room(self) -> int:
        """How many needs may be proposed to this helper now: an ask is what a cap counts."""
        return self.capacity if self.asks_left is None else min(self.capacity, self.asks_left)


def check_block(block: WeeklyBlock, field_name: str) -> None:
    """Raise :class:`Invalid` unless the weekday is 0..6 and the block ends after it starts."""
    weekday, start, end = block
    if not 0 <= weekday <= 6:
        raise Invalid(field_name, "out_of_range", low=0, high=6)
    if not 0 <= start < end <= DAY_MINUTES:
        raise Invalid(field_name, "ends_before_start")


def _at_least(number: int | None, low: int, name: str) -> None:
    if number is not None and number < low:
        raise Invalid(name, "out_of_range", low=low, high=None)


def _aware(moment: datetime, name: str) -> None:
    if moment.tzinfo is None:
        raise Invalid(name, "no_offset")


def _spans(spans: tuple[Span, ...], name: str) -> None:
    for start, end in spans:
        _aware(start, name)
        _aware(end, name)
        if not start < end:
            raise Invalid(name, "ends_before_start")
