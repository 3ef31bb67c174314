"""The list of who was erased, as a file in the instance folder: a line of JSON each, no names.

It lies outside the database, so that a backup of before, put back, brings nobody back.
"""

import fcntl
import json
import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

NAME = "erasures.jsonl"
Line = tuple[str, str, datetime]


class FileOfErasures:
    """Lines that are added and never changed."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def lines(self) -> Sequence[Line]:
        """All that stands in it, oldest first; a line that a crash cut off counts as none."""
        if not self._path.exists():
            return []
        found: list[Line] = []
        for text in self._path.read_text("utf-8").splitlines():
            with suppress(ValueError, KeyError, TypeError):
                read = json.loads(text)
                found.append((read["place"], read["ref"], datetime.fromisoformat(read["at"])))
        return found

    def add(self, lines: Sequence[Line]) -> None:
        """Write them below; what stands there already is not written twice."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "r+", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            known = set(self.lines())
            whole = self._path.read_bytes()
            if whole and not whole.endswith(b"\n"):
                file.write("\n")
            for place, ref, at in lines:
                if (place, ref, at) not in known:
                    line = {"place": place, "ref": ref, "at": at.isoformat()}
                    file.write(json.dumps(line, separators=(",", ":")) + "\n")
            file.flush()
            os.fsync(file.fileno())
