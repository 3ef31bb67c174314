"""Visits as a calendar takes them: no name, no number, no address."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class VisitView:
    """One visit of one member. ``called_off``: it was agreed and will not be. ``organisation``: the
    one for which the member goes, or that asked."""

    match_ref: str
    side: str  # asker, helper
    category: str
    start: datetime
    end: datetime
    called_off: bool
    organisation: str | None = None


@dataclass(frozen=True, slots=True)
class CalendarView:
    """Visits of one member, with what it takes to write them down in their language and zone."""

    place_slug: str
    place_name: str
    timezone: str
    language: str
    visits: tuple[VisitView, ...]
