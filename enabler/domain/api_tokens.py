"""Keys with which a member's programs come in: what they may, how long, how often (pure)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Scope(StrEnum):
    """What a key may do of what its member may. No key has the powers of staff."""

    READ = "read"
    WRITE = "write"  # read as well


LIFE_DAYS = (30, 90, 365)
"""How long a key can hold: none holds for ever."""
MOST_TOKENS = 20
CALLS_A_MINUTE = 120
CALLS_COUNTED = timedelta(minutes=1)
ENDED_KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A key, as the hall works with it; the key itself is nowhere."""

    id: int
    place_id: int
    member_id: int
    ref: str
    name: str
    scope: Scope
    made_at: datetime
    last_used_on: datetime | None  # the beginning of a day in UTC: no finer
    expires_at: datetime
    ended_at: datetime | None
    minute: datetime | None  # the minute in which calls are counted
    calls: int  # in that minute

    def holds(self, now: datetime) -> bool:
        """Whether somebody can come in by it."""
        return self.ended_at is None and now < self.expires_at

    def calls_before(self, minute: datetime) -> int:
        """How many calls came by it in this minute before."""
        return self.calls if self.minute == minute else 0


def minute_of(now: datetime) -> datetime:
    """The minute in which a call is counted."""
    return now.replace(second=0, microsecond=0)


def day_of(now: datetime) -> datetime:
    """The day on which a key was used: by day, so that nobody's hours can be read from it."""
    return now.replace(hour=0, minute=0, second=0, microsecond=0)
