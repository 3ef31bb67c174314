"""What is known of how staff prove themselves, and how much slower each wrong try makes it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from enabler.domain.errors import Invalid

FREE_FAILURES = 4
DELAYS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30))
"""After the fifth failure in a row, after the sixth, after each later one: slower, never locked
for good, for then anybody could shut staff out (OWASP ASVS 5.0, 6.3.1)."""
SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 256
"""ASVS 6.2.1 asks for 8 and hopes for 15; 6.2.9 wants 64 to be possible; a hash needs an end."""


@dataclass(frozen=True, slots=True)
class StaffSecret:
    """What a place keeps of one member of staff. ``totp_last_step``: the newest step in time whose
    code was used; ``failures``: wrong tries in a row."""

    member_id: int
    password_hash: str = field(repr=False)
    totp_secret: str = field(repr=False)
    totp_last_step: int
    failures: int
    locked_until: datetime | None

    def waits(self, now: datetime) -> bool:
        """Whether nothing is checked at this moment, after too many wrong tries."""
        return self.locked_until is not None and now < self.locked_until


def delay_after(failures: int) -> timedelta | None:
    """How long nothing is checked after this many wrong tries in a row."""
    if failures <= FREE_FAILURES:
        return None
    return DELAYS[min(failures - FREE_FAILURES, len(DELAYS)) - 1]


def check_password(password: str) -> None:
    """Raises ``Invalid("password", …)``: ``password_too_short``, ``password_too_long``."""
    if len(password) < SHORTEST_PASSWORD:
        raise Invalid("password", "password_too_short", shortest=SHORTEST_PASSWORD)
    if len(password) > LONGEST_PASSWORD:
        raise Invalid("password", "password_too_long", longest=LONGEST_PASSWORD)
