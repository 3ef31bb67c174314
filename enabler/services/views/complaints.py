"""A complaint about personal data: as who made it reads it, and as those who answer do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from enabler.services.views.cases import HandView, NoteView


@dataclass(frozen=True, slots=True)
class OwnComplaint:
    """Where a complaint stands, for who made it. ``words`` are None by a link, which others may
    have; ``added``: what they wrote later."""

    ref: str
    made_at: datetime
    answer_by: date
    state: str
    words: str | None = field(repr=False)
    added: tuple[tuple[datetime, str], ...] = field(repr=False)
    outcome: str | None
    answer: str | None = field(repr=False)
    answered_at: datetime | None
    late: bool


@dataclass(frozen=True, slots=True)
class ComplaintView:
    """A complaint with all that was done about it. ``may``: what the reader can do with it now."""

    ref: str
    made_at: datetime
    answer_by: date
    due_at: datetime
    how: str
    state: str
    by_name: str | None = field(repr=False)
    by_ref: str | None
    call_back: str | None = field(repr=False)
    words: str = field(repr=False)
    notes: tuple[NoteView, ...]
    assigned_to: HandView | None
    outcome: str | None
    answer: str | None = field(repr=False)
    answered_at: datetime | None
    days_left: int
    may: frozenset[str]


@dataclass(frozen=True, slots=True)
class ListedComplaint:
    """One in the register: no word of it, and nobody's name."""

    ref: str
    made_at: datetime
    answer_by: date
    state: str
    outcome: str | None
    days_left: int
    assigned_to: str | None


@dataclass(frozen=True, slots=True)
class RegisterView:
    """The register of a place: what waits, the most pressing on top, and what is answered."""

    waiting: tuple[ListedComplaint, ...]
    answered: tuple[ListedComplaint, ...]


@dataclass(frozen=True, slots=True)
class ComplaintCounts:
    """What everybody may know of twelve months' complaints."""

    made: int
    in_time: int
    late: int
    waiting: int
    overdue: int
    outcomes: Mapping[str, int]
