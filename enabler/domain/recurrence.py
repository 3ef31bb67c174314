"""Weeks that come again: from a local week to moments, past both changes of the clocks (pure).

A local time that the clocks jump over is as much later as they jump; one that comes twice is the
first of the two. So nobody waits for an hour that does not come, and nobody comes an hour late.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from enabler.domain.windows import Weekly, Window

MADE_AHEAD = timedelta(days=14)
"""How far ahead the needs of a series are made."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """Each week on these weekdays, until the last day (in)."""

    weekly: tuple[Weekly, ...]
    last_on: date
    skips_bank_holidays: bool = False


def moment_of(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """The moment in UTC of so many minutes of a local day's clock; 1440 is the end of the day."""
    at = datetime.combine(day, time()) + timedelta(minutes=minute)  # the wall's clock
    return at.replace(tzinfo=zone).astimezone(UTC)


def stretch_on(day: date, weekly: Weekly, zone: ZoneInfo) -> Window:
    """The stretch of that day. Where the clocks eat it up it keeps its length from its start."""
    start = moment_of(day, weekly.start_minute, zone)
    end = moment_of(day, weekly.end_minute, zone)
    if end <= start:
        end = start + timedelta(minutes=weekly.end_minute - weekly.start_minute)
    return Window(start, end)


def days_of(weekly: Iterable[Weekly], first: date, last: date) -> Iterator[tuple[date, Weekly]]:
    """The days of the week's stretches from one day to another (both in), in order."""
    by_weekday = {one.weekday: one for one in weekly}
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if day.weekday() in by_weekday:
            yield day, by_weekday[day.weekday()]


def whole_days(first: date, last: date, zone: ZoneInfo) -> Window:
    """From the beginning of the one local day to the end of the other."""
    return Window(moment_of(first, 0, zone), moment_of(last, 24 * 60, zone))
