"""What somebody asks for every week, as they see it."""

from dataclasses import dataclass
from datetime import date, datetime

from enabler.domain.recurrence import Repeat
from enabler.domain.vocabulary import NeedState
from enabler.domain.windows import Window
from enabler.services._need_drafts import NeedDraft


@dataclass(frozen=True, slots=True)
class DayView:
    """A day of a series to come. ``skipped``: why there is none (*asker*, *bank-holiday*)."""

    day: date
    window: Window
    bank_holiday: bool
    need_ref: str | None
    need_state: NeedState | None
    skipped: str | None
    may_skip: bool


@dataclass(frozen=True, slots=True)
class SeriesView:
    """A series, for its asker alone, or those who lead what asks. ``draft`` has its week; ``days``
    are the next ones."""

    ref: str
    draft: NeedDraft
    version: int
    begun_at: datetime
    ended_at: datetime | None
    days: tuple[DayView, ...]
    made_until: date
    may: frozenset[str]  # change, end
    organisation: str | None = None  # that asks; its ref is in the draft


@dataclass(frozen=True, slots=True)
class EveryWeek:
    """A series as a line of a list: what, and on which days."""

    ref: str
    category: str
    words: str
    every: Repeat
