"""Stretches of time: of one need in UTC, of a week in the place's own time."""

from dataclasses import dataclass
from datetime import datetime

from enabler.domain.errors import Invalid


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """From a moment to a later one (aware, UTC)."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise Invalid("windows", "window_ends_before_it_starts")

    @property
    def minutes(self) -> int:
        """Its length in whole minutes."""
        return int((self.end - self.start).total_seconds() // 60)


@dataclass(frozen=True, slots=True, order=True)
class Weekly:
    """A stretch of each week: weekday (Monday is 0), minutes of the local day."""

    weekday: int
    start_minute: int
    end_minute: int

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6:
            raise Invalid("weekly", "weekday_unknown")
        if not 0 <= self.start_minute < self.end_minute <= 1440:
            raise Invalid("weekly", "window_ends_before_it_starts")
