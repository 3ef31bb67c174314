"""The weeks and days in which an offer's capacity and the caps on asks are counted."""

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from enabler.domain.windows import Window

MOST_DAYS = 62
"""How many days ahead are looked at for one with room: two months."""


def week_of(moment: datetime, timezone: str) -> Window:
    """The place's own week that holds the moment: Monday 00:00 to the next, local time, in UTC.

    An offer's capacity is counted by the week in which its giver said yes.
    """
    zone = ZoneInfo(timezone)
    day = moment.astimezone(zone).date()
    monday = day - timedelta(days=day.weekday())
    start, end = (
        datetime.combine(first, time(), zone).astimezone(UTC)
        for first in (monday, monday + timedelta(days=7))
    )
    return Window(start, end)


def day_of(moment: datetime, timezone: str) -> date:
    """The place's own day of a moment."""
    return moment.astimezone(ZoneInfo(timezone)).date()


def whole_days(first: date, last: date, timezone: str) -> Window:
    """From the first day's beginning to the end of the last, local time, in UTC."""
    zone = ZoneInfo(timezone)
    start, end = (
        datetime.combine(day, time(), zone).astimezone(UTC)
        for day in (first, last + timedelta(days=1))
    )
    return Window(start, end)


def days_in(
    windows: Iterable[Window], timezone: str, *, since: datetime,
    weekdays: Collection[int] | None = None,
) -> tuple[date, ...]:  # fmt: skip
    """The local days that the stretches touch from a moment on, in order, at most ``MOST_DAYS``.

    ``weekdays``: of these alone (Monday is 0). A stretch that ends at midnight does not touch the
    day that begins then.
    """
    today, found = day_of(since, timezone), set[date]()
    for window in windows:
        day = max(day_of(window.start, timezone), today)
        last = day_of(window.end - timedelta(microseconds=1), timezone)
        for _ in range(MOST_DAYS):
            if day > last:
                break
            found.add(day)
            day += timedelta(days=1)
    return tuple(sorted(each for each in found if weekdays is None or each.weekday() in weekdays))
