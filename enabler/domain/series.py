"""A need that comes every week, as the hall works with it."""

from dataclasses import dataclass
from datetime import date, datetime

from enabler.domain.meeting import Setting
from enabler.domain.recurrence import Repeat


@dataclass(frozen=True, slots=True)
class Series:
    """What is asked for each week. Days are local. ``organisation_id``: whose it is, where it is
    not a member's own; ``asker_id`` is then who wrote it."""

    id: int
    place_id: int
    ref: str
    asker_id: int
    category: str
    words: str
    at_home: bool
    postcode: str | None
    address: str | None
    duration_minutes: int
    slots: int
    languages_required: tuple[str, ...]
    preferences: tuple[str, ...]
    reach_metres: int | None
    first_on: date
    every: Repeat
    version: int
    begun_at: datetime
    ended_at: datetime | None
    organisation_id: int | None = None
    setting: Setting | None = None
    circumstances: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A day of a series that was worked: its need, or why it has none (*asker*, *bank-holiday*)."""

    day: date
    need_id: int | None
    skipped: str | None
