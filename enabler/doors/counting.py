"""A count that all processes of this machine share, in a file of a few bytes.

It lies outside the database, so that whoever makes it grow writes nothing there.
"""

import fcntl
import os
from pathlib import Path


class FileCount:
    """A number that only grows."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __int__(self) -> int:
        """How many so far; 0 where nothing was counted, or the file holds no number."""
        try:
            return int(self._path.read_bytes() or b"0")
        except (OSError, ValueError):
            return 0

    def add(self) -> None:
        """One more."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            said = file.read()
            file.seek(0)
            file.write(b"%d" % (int(said if said.isdigit() else 0) + 1))
            file.truncate()
