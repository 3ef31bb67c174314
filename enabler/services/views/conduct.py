"""What was said of a visit, as each of its two and the desk read it."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ConductView:
    """``side``: about (it is about the reader), by (the reader said it), staff. ``until``: so long
    it stays. ``may``: answer, take-back, decide."""

    ref: str
    kind: str
    side: str
    state: str
    match_ref: str
    category: str
    visit_start: datetime | None
    words: str | None = field(repr=False)
    said_at: datetime
    answer_by: datetime
    answer: str | None = field(repr=False)
    decided_words: str | None = field(repr=False)
    until: datetime
    may: frozenset[str]


@dataclass(frozen=True, slots=True)
class OftenView:
    """A member of whom much counts lately, by ref, and how much."""

    ref: str
    count: int


@dataclass(frozen=True, slots=True)
class ConductDesk:
    """What a custodian has to decide, and of whom much counts."""

    disputed: tuple[ConductView, ...]
    often: tuple[OftenView, ...]
