"""Money beside a match, in pence: as its two sides see it, and staff only where it is disputed."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CostView:
    """One thing that was paid for.

    ``kind`` and ``state`` are codes of ``domain.costs``. ``words`` and ``answer_words`` are None in
    a list. ``may``: what the reader may do now, of answer, settle, withdraw, add_receipt.
    """

    ref: str
    match_ref: str
    kind: str
    pence: int
    state: str
    noted_at: datetime
    has_receipt: bool
    side: str
    may: frozenset[str]
    words: str | None = None
    answer_words: str | None = None


@dataclass(frozen=True, slots=True)
class CostsView:
    """What was spent in a match, the oldest first. ``pence`` is the sum of what was not taken back;
    ``most`` is the most that one thing may be."""

    match_ref: str
    costs: tuple[CostView, ...]
    pence: int
    may_note: bool
    most: int


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """A receipt: its media type and bytes."""

    ref: str
    kind: str
    content: bytes
