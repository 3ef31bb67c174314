"""Quiet hours: when a text may reach a person, in the local time of their place.

Which messages keep them is said by ``domain.messages``; here are only the hours.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class QuietHours:
    """A stretch of every local day, in minutes from midnight; it may run over midnight.

    From 20 * 60 until 8 * 60 is from eight in the evening until eight the next morning; two
    equal ends are no quiet hours at all.
    """

    start: int
    end: int

    def over(self, now: datetime, timezone: str) -> datetime | None:
        """When the stretch that holds ``now`` ends (UTC), or None when none holds it."""
        zone = ZoneInfo(timezone)
        local = now.astimezone(zone)
        minute = local.hour * 60 + local.minute
        wraps = self.start > self.end
        late = minute >= self.start
        inside = (late or minute < self.end) if wraps else (late and minute < self.end)
        if not inside:
            return None
        midnight = datetime.combine(local.date(), time())  # the wall's clock
        wall = midnight + timedelta(minutes=self.end + (_DAY if wraps and late else 0))
        first = wall.replace(tzinfo=zone).astimezone(UTC)
        if first > now:
            return first
        return wall.replace(tzinfo=zone, fold=1).astimezone(UTC)  # the hour that comes twice


def first_allowed(now: datetime, timezone: str, *quiet: QuietHours) -> datetime:
    """The first moment from ``now`` on that none of the stretches holds.

    Stretches that leave no moment of a day give the same moment a day later: asked again then,
    they give the next, so that whatever waits for them runs out instead.
    """
    moment = now
    for _ in range(2 * len(quiet) + 1):
        ends = [end for each in quiet if (end := each.over(moment, timezone)) is not None]
        if not ends:
            return moment
        moment = max(ends)
    return now + timedelta(days=1)


def local_day(now: datetime, timezone: str) -> tuple[datetime, datetime]:
    """When the local day that holds ``now`` begins and ends (UTC): 23, 24 or 25 hours."""
    zone = ZoneInfo(timezone)
    begins = datetime.combine(now.astimezone(zone).date(), time(), tzinfo=zone)
    return begins.astimezone(UTC), (begins + timedelta(days=1)).astimezone(UTC)


def next_at(now: datetime, hour: int, timezone: str) -> datetime:
    """The next moment (UTC) after ``now`` at which the place's clocks show this full hour."""
    zone = ZoneInfo(timezone)
    today = now.astimezone(zone).date()
    found = (datetime.combine(today + timedelta(days=n), time(hour), zone) for n in (0, 1))
    return next(at for one in found if (at := one.astimezone(UTC)) > now)
