"""Minutes of working time: a clock that stands still while nobody is at work (pure)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from enabler.domain.errors import Invalid

_DAY = 1_440
_FURTHEST = timedelta(days=400)
"""So far ahead we look for a working day."""


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """When somebody is at work: minutes of the local day by weekday (0 is Monday).

    Raises Invalid("hours", ...) for a week without any hour, or a day that ends before it begins.
    """

    days: Mapping[int, tuple[int, int]]

    def __post_init__(self) -> None:
        if not self.days:
            raise Invalid("hours", "working_hours_empty")
        for weekday, (opens, closes) in self.days.items():
            if not (0 <= weekday <= 6 and 0 <= opens < closes <= _DAY):
                raise Invalid("hours", "working_hours_wrong")


OFFICE = WorkingHours(dict.fromkeys(range(5), (9 * 60, 17 * 60)))
"""Where a place has not said when its leads work."""


def working_day(
    day: date, hours: WorkingHours, zone: ZoneInfo, is_closed: Callable[[date], bool]
) -> tuple[datetime, datetime] | None:
    """When work begins and ends on a day, in UTC; None where nobody works."""
    found = None if is_closed(day) else hours.days.get(day.weekday())
    if found is None:
        return None
    return _moment(day, found[0], zone), _moment(day, found[1], zone)


def at_work(
    moment: datetime, hours: WorkingHours, timezone: str, is_closed: Callable[[date], bool]
) -> bool:
    """Whether somebody is at work at this moment."""
    zone = ZoneInfo(timezone)
    stretch = working_day(moment.astimezone(zone).date(), hours, zone, is_closed)
    return stretch is not None and stretch[0] <= moment < stretch[1]


def after_working(
    start: datetime, minutes: int, hours: WorkingHours, timezone: str,
    is_closed: Callable[[date], bool],
) -> datetime:  # fmt: skip
    """The moment at which so many minutes of working time have passed since ``start``, in UTC.

    Where nobody works within more than a year, the minutes of the clock.
    """
    zone, left = ZoneInfo(timezone), timedelta(minutes=minutes)
    day = start.astimezone(zone).date()
    while day - start.date() < _FURTHEST:
        stretch = working_day(day, hours, zone, is_closed)
        if stretch is not None and stretch[1] > start:
            begins = max(start, stretch[0])
            if stretch[1] - begins >= left:
                return begins + left
            left -= stretch[1] - begins
        day += timedelta(days=1)
    return start + timedelta(minutes=minutes)


def _moment(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """A minute of the local day; the end of the day is the beginning of the next."""
    if minute == _DAY:
        day, minute = day + timedelta(days=1), 0
    return datetime.combine(day, time(minute // 60, minute % 60), zone).astimezone(UTC)
