"""Days and clock times of a place, as people give them, and moments in UTC, back and forth.

When the clocks change, an hour of the local day does not exist and another comes twice. A time in
either is refused with its own code, so that nobody waits an hour in the cold for a guess.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from enabler.domain.errors import Invalid

_CLOCK = re.compile(r"(\d{1,2})(?:[:. ]?(\d{2}))?(?:\s*([ap])\.?\s?m?\.?)?")
_NAMED = {"midday": time(12), "noon": time(12), "midnight": time(0)}


def read_clock(text: str, *, field: str) -> time:
    """A clock time as people write it: 2pm, 2.30 pm, 14:30, 1430, noon.

    Raises Invalid(field, time_malformed), and (field, time_needs_am_or_pm) for a bare 2 or 2:30,
    which could be either half of the day; 02:30 and 14 could not.
    """
    text = text.strip().lower()
    if text in _NAMED:
        return _NAMED[text]
    found = _CLOCK.fullmatch(text)
    if found is None:
        raise Invalid(field, "time_malformed")
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        return _of_half(hour, minute, found[3], field)
    if hour > 23 or minute > 59:
        raise Invalid(field, "time_malformed")
    if (found[2] is None and hour <= 12) or len(found[1]) == 1:
        raise Invalid(field, "time_needs_am_or_pm")
    return time(hour, minute)


def _of_half(hour: int, minute: int, half: str, field: str) -> time:
    if not 1 <= hour <= 12 or minute > 59:
        raise Invalid(field, "time_malformed")
    return time(hour % 12 + (12 if half == "p" else 0), minute)


def moment(day: date, clock: time, zone: ZoneInfo, *, field: str) -> datetime:
    """The moment in UTC of a local day and time.

    Raises Invalid(field, time_skipped) for an hour that the clocks jump over, and
    (field, time_repeated) for one that comes twice.
    """
    wall = datetime.combine(day, clock, tzinfo=zone)
    first, second = wall.utcoffset(), wall.replace(fold=1).utcoffset()
    if first != second:
        back = wall.astimezone(UTC).astimezone(zone).replace(tzinfo=None)
        code = "time_repeated" if back == wall.replace(tzinfo=None) else "time_skipped"
        raise Invalid(field, code)
    return wall.astimezone(UTC)


def closing(day: date, clock: time, zone: ZoneInfo, *, field: str) -> datetime:
    """The moment at which a stretch of this day ends: midnight is the end of the day.

    Raises Invalid like ``moment``.
    """
    if clock == time(0):
        return end_of_day(day, zone)
    return moment(day, clock, zone, field=field)


def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The moment in UTC at which a local day begins."""
    return datetime.combine(day, time(0), tzinfo=zone).astimezone(UTC)


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The moment in UTC at which a local day is over."""
    return datetime.combine(day + timedelta(days=1), time(0), tzinfo=zone).astimezone(UTC)


def local_day(instant: datetime, zone: ZoneInfo) -> date:
    """The local day of a moment."""
    return instant.astimezone(zone).date()
