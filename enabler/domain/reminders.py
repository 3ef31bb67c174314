"""When the two sides of a visit are reminded of it (pure)."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

AT = time(17)
"""Of the day before, by the place's clocks."""
SHORTLY_BEFORE = timedelta(hours=2)


def remind_at(start: datetime, now: datetime, timezone: str) -> datetime | None:
    """When to remind of a visit that was agreed now, in UTC.

    At 5pm of the day before; where that is past, 2 hours before; where that is past too, never:
    both have just been told.
    """
    zone = ZoneInfo(timezone)
    day_before = start.astimezone(zone).date() - timedelta(days=1)
    evening = datetime.combine(day_before, AT, zone).astimezone(UTC)
    return next((at for at in (evening, start - SHORTLY_BEFORE) if now < at < start), None)
