"""Hours between places: totals and limits, and nothing of any person."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class LimitsView:
    """Limits in minutes, as the reader's place sees them.

    ``may_owe``: the most that it may owe the other; ``may_be_owed``: the other way round.
    ``ours``: whether it was this place that proposed them.
    """

    may_owe: int
    may_be_owed: int
    ours: bool
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class PartnerView:
    """One place with which help is shared, in minutes.

    ``owed``: what this place owes it, below zero what it owes this place. ``taken`` and ``given``:
    help that came from there and went there in this month of the place's calendar. ``unpaid``:
    minutes of help between the two that nobody could pay, while a flag of it waits.
    """

    slug: str
    name: str
    owed: int
    taken: int
    given: int
    unpaid: int
    agreed: LimitsView | None
    waiting: LimitsView | None


@dataclass(frozen=True, slots=True)
class BetweenPlacesView:
    """The places with which help is shared, by name; whether the reader may agree limits."""

    partners: tuple[PartnerView, ...]
    may_agree: bool
