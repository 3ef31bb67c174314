"""A need as its asker or staff see it."""

from dataclasses import dataclass, field
from datetime import date, datetime

from enabler.domain.meeting import Setting
from enabler.domain.signals import Signal
from enabler.domain.vocabulary import NeedState, NextStep, Outcome
from enabler.domain.windows import Window
from enabler.services.views.matches import MatchView
from enabler.services.views.places import Roughly


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened; ``what`` is noun.verb, a key of the catalogue."""

    at: datetime
    what: str
    why: str | None = None
    count: int = 1
    by: str | None = None  # the supporter who did it in the asker's name


@dataclass(frozen=True, slots=True)
class WhyNobody:
    """How many offers failed which rule, and how many would fit but for that rule alone: with
    ``other_days`` those who could come then, and ``further`` by the limit in metres that the asker
    could set.
    """

    considered: int
    refused: dict[str, int]
    near_misses: dict[str, int]
    other_days: dict[date, int] = field(default_factory=dict)
    further: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NeedView:
    """A need as its asker (or staff, ``mine`` false) sees it."""

    ref: str
    state: NeedState
    category: str
    words: str
    mine: bool
    asker_name: str | None
    address: str | None
    postcode: str | None
    where: Roughly
    windows: tuple[Window, ...]
    duration_minutes: int
    slots: int
    slots_filled: int
    next_step: NextStep | None
    next_step_at: datetime | None
    held_because: str | None
    outcome: Outcome | None
    repeats_ref: str | None
    posted_at: datetime
    needed_by: datetime
    asked: int  # helpers asked so far
    declined: int
    matches: tuple[MatchView, ...]  # those that were accepted and what came of them
    timeline: tuple[TimelineEntry, ...]
    nobody: WhyNobody | None  # while it is open and nobody could be asked
    # withdraw, close, change, again, enough, one_more, approve, refuse, explain
    may: frozenset[str]
    refused_words: str | None = None  # why a custodian refused it, in their words
    languages_required: tuple[str, ...] = ()
    reach_metres: int | None = None
    preferences: tuple[str, ...] = ()
    series_ref: str | None = None  # what it comes from every week, for its asker
    organisation: str | None = None  # that asks, and its ref
    organisation_ref: str | None = None
    held_for: tuple[Signal, ...] = ()  # what its asker can take out, while it holds the need
    setting: Setting | None = None  # where they meet, and what is so then
    circumstances: tuple[str, ...] = ()
    by_name: str | None = None  # the supporter who asked in the asker's name
    with_people: bool = False  # custodians look for somebody by hand
    asks_wait: bool = False  # the next step is the end of quiet hours, when its asks go out
