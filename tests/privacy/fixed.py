"""Clock and chance that stand still: two runs of the same deeds draw the same tokens."""

import hashlib
from datetime import datetime, timedelta
from itertools import count

from enabler.doors.secrets import KeyedSecrets
from tests.builders import NOW


class FixedClock:
    """The app's clock, moved by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def set(self, after: timedelta) -> None:
        """So long after the beginning."""
        self.now = NOW + after

    def seconds(self, _signer: object = None) -> int:
        """The moment as signed tokens write it."""
        return int(self.now.timestamp())


class FixedSecrets(KeyedSecrets):
    """Tokens that follow from what they are drawn for, and from nothing before it."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.begin("")

    def begin(self, purpose: str) -> None:
        """From here on tokens are those of this purpose, the first one first."""
        self._purpose, self._drawn = purpose, count()

    def token(self) -> str:
        """The next token of the purpose."""
        drawn = f"{self._purpose}:{next(self._drawn)}"
        return hashlib.sha256(drawn.encode()).hexdigest()[:43]
