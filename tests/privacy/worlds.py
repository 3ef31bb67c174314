"""The village in a database that can be put back to its first morning as often as one likes."""

import shutil
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from sqlalchemy.engine import make_url

from tests.application import close
from tests.databases.postgres import PostgresServer
from tests.privacy.fixed import FixedClock, FixedSecrets
from tests.privacy.looking import Share
from tests.privacy.records import Record, differences, numbers_of
from tests.privacy.village import Move, Village, apply
from tests.privacy.walking import Day


class KeptFile:
    """A moment of a SpatiaLite database, the first morning if no other."""

    def __init__(self, url: str, moment: str = "morning") -> None:
        self._file = Path(make_url(url).database or "")
        self._kept = self._file.with_suffix(f".{moment}")
        assert not self._file.with_name(f"{self._file.name}-wal").exists(), "still open"
        shutil.copyfile(self._file, self._kept)

    def restore(self) -> None:
        """Put it back; nobody is connected."""
        shutil.copyfile(self._kept, self._file)


class KeptTemplate:
    """A moment of a PostGIS database, the first morning if no other."""

    def __init__(self, server: PostgresServer, url: str, moment: str = "morning") -> None:
        self._server, self._name = server, make_url(url).database or ""
        self._kept = server.create(self._name)

    def restore(self) -> None:
        """Put it back; nobody is connected."""
        self._server.drop(self._name)
        self._server.execute("CREATE DATABASE {} TEMPLATE {}", self._name, self._kept)


@dataclass
class World:
    """One village, and the day that was lived in it without a move."""

    app: Flask
    village: Village
    clock: FixedClock
    secrets: FixedSecrets
    kept: KeptFile | KeptTemplate

    def live(self, move: Move | None, share: Share, owners: Collection[str]) -> Record:
        """A day from the first morning on, after the move, with the eyes on these owners."""
        close(self.app)
        self.kept.restore()
        if move is not None:
            apply(self.app, self.village, move)
        return Day(self.app, self.village, self.clock, self.secrets, share, owners).live()

    def compare(self, before: Record, move: Move, share: Share) -> list[str]:
        """What others can tell of the move, against the day ``before`` without it."""
        moved = self.live(move, share, (move.owner,))
        helpers = [
            viewer for those in moved.entitled.values() for owner, viewer, _ in those
            if owner == move.owner
        ]  # fmt: skip
        with self.app.app_context():
            numbers = numbers_of(self.village, (move.owner, *helpers))
        return differences(before, moved, move.owner, numbers)


Worlds = Callable[[str], World]
