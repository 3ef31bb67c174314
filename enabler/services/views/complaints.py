"""A complaint about personal data: as who made it reads it, and as those who answer do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from enabler.services.views.cases import HandView, NoteView
from enabler.services.views.my_data import RowView, ValueView


@dataclass(frozen=True, slots=True)
class MeantView:
    """What of somebody's data is meant: of which kind, and which of its rows (what stands beside
    it: codes, refs and moments, no words, so that each reader reads it in their own language)."""

    of: str
    line: RowView | None

    def packed(self) -> dict[str, Any]:
        """As it is kept."""
        beside = () if self.line is None else self.line.beside
        return {"of": self.of, "beside": [[one.column, *_packed(one.value)] for one in beside]}

    @classmethod
    def unpacked(cls, kept: Mapping[str, Any] | None) -> "MeantView | None":
        """As it is read; None where nothing is meant, or where it was forgotten."""
        if not kept:
            return None
        beside = tuple(ValueView(name, _READ[kind](value)) for name, kind, value in kept["beside"])
        return cls(kept["of"], RowView((), beside) if beside else None)


_READ: Mapping[str, Callable[[Any], Any]] = {
    "moment": datetime.fromisoformat, "day": date.fromisoformat, "plain": lambda value: value,
}  # fmt: skip


def _packed(value: object) -> tuple[str, object]:
    if isinstance(value, datetime):
        return "moment", value.isoformat()
    if isinstance(value, date):
        return "day", value.isoformat()
    return "plain", value if isinstance(value, int | str | None) else str(value)


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
    kind: str
    meant: MeantView | None = field(repr=False)


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
    kind: str
    meant: MeantView | None = field(repr=False)


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
    kind: str


@dataclass(frozen=True, slots=True)
class RegisterView:
    """The register of a place: what waits, the most pressing on top, and what is answered."""

    waiting: tuple[ListedComplaint, ...]
    answered: tuple[ListedComplaint, ...]


@dataclass(frozen=True, slots=True)
class ComplaintCounts:
    """What everybody may know of twelve months' complaints, or of what was to be put right."""

    made: int
    in_time: int
    late: int
    waiting: int
    overdue: int
    outcomes: Mapping[str, int]
