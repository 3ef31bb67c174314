"""The week in which an offer's capacity and the caps on asks are counted."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from enabler.domain.windows import Window


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
