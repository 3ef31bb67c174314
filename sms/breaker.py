"""A breaker: where the provider fails again and again it is left in peace for a while."""

from collections import deque
from datetime import datetime, timedelta
from threading import Lock

from enabler.domain.errors import ProviderFailed

MOST_ERRORS = 50
WITHIN = timedelta(seconds=60)


class Breaker:
    """Counts the provider's own failures (not a receiver's) in one process."""

    def __init__(self, most: int = MOST_ERRORS, within: timedelta = WITHIN) -> None:
        self._errors: deque[datetime] = deque(maxlen=most)
        self._within = within
        self._lock = Lock()

    def pass_through(self, now: datetime) -> None:
        """Raises ProviderFailed("provider_rests", retry, wait_seconds) while it is open."""
        with self._lock:
            full = len(self._errors) == self._errors.maxlen
            quick = full and self._errors[-1] - self._errors[0] <= self._within
            until = self._errors[-1] + self._within if quick else now
        if now < until:
            wait = int((until - now).total_seconds()) + 1
            raise ProviderFailed("provider_rests", retry=True, wait_seconds=wait)

    def failed(self, now: datetime) -> None:
        """Note one more failure."""
        with self._lock:
            self._errors.append(now)
