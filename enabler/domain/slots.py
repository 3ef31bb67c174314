"""Slots of time: what a job's one run is for (pure).

A job that runs every so many seconds has a slot for each such stretch; a daily job has one for
each local day, from its hour on until the next day's: whoever wakes late in it still runs it, and
nobody runs it twice, whatever the clocks do that night.
"""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


def slot_of_stretch(now: datetime, seconds: int) -> str:
    """The stretch of so many seconds that holds ``now``, by its beginning in UTC."""
    passed = int(now.timestamp()) // seconds * seconds
    return datetime.fromtimestamp(passed, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def slot_of_day(now: datetime, at: time, timezone: str) -> str:
    """The local day whose hour ``at`` has passed last.

    Raises ValueError for an hour from one to two: in a night of changing clocks it comes twice
    or not at all.
    """
    if at.hour == 1:
        raise ValueError("nothing local runs between one and two in the night")
    local = now.astimezone(ZoneInfo(timezone))
    day = local.date() if local.time() >= at else local.date() - timedelta(days=1)
    return day.isoformat()
