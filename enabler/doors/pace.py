"""How often somebody may ask for what is quickly made and changes nothing.

It is counted in this process alone and nothing of it is written: who asked, and that they did, is
forgotten with the minute. With several processes each lets so many through.
"""

from collections import Counter
from datetime import datetime
from threading import Lock

A_MINUTE = 120
"""For one network address: two or three who type at once; a library is one address."""
OF_ALL = 1_200
"""For everybody: some eight seconds of work in each minute."""


class Pace:
    """A count for each address in the minute that runs."""

    def __init__(self, *, most: int = A_MINUTE, of_all: int = OF_ALL) -> None:
        self._most, self._of_all = most, of_all
        self._minute: datetime | None = None
        self._counts: Counter[str] = Counter()
        self._lock = Lock()

    def has_room(self, address: str, now: datetime) -> bool:
        """Count one more of this address; False where it is one too many."""
        minute = now.replace(second=0, microsecond=0)
        with self._lock:
            if minute != self._minute:
                self._minute, self._counts = minute, Counter()
            if self._counts.total() >= self._of_all or self._counts[address] >= self._most:
                return False
            self._counts[address] += 1
            return True
