"""Fixtures: ``database`` runs a test on both databases, each time on a fresh one.

``fresh_database(name)`` is the same as a ``with``, for fixtures of other scopes and for tests that
need two at once. Where PostgreSQL cannot be had its tests are skipped by name; under CI=true that
is a failure.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

import pytest

from tests.absence import skip_or_fail
from tests.databases.postgres import WHY_ABSENT, PostgresServer, find_programs, roomy_memory
from tests.databases.schema import build_schema
from tests.databases.stores import Database, Furnish, PostgisStore, SpatialiteStore, Store

NAMES = ("spatialite", "postgis")


class FreshDatabase(Protocol):
    """``with fresh_database("postgis") as database``: a database of one's own, furnished or not."""

    def __call__(
        self, name: str, furnish: Furnish | None = None
    ) -> AbstractContextManager[Database]: ...


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """The throw-away PostgreSQL of this test process."""
    programs = find_programs()
    if programs is None:
        skip_or_fail(WHY_ABSENT)
    server = PostgresServer(programs)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def spatialite_folder() -> Iterator[Path]:
    """Where the files of this test process are: in memory, since each commit waits for the disk."""
    for left in (roomy_memory() or Path()).glob("enabler-sqlite-*"):
        if not Path("/proc", left.name.split("-")[2]).exists():  # whoever made it was killed
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f"enabler-sqlite-{os.getpid()}-", dir=roomy_memory()))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def fresh_database(request: pytest.FixtureRequest, spatialite_folder: Path) -> FreshDatabase:
    """See :class:`FreshDatabase`."""
    stores: dict[str, Store] = {}

    def store(name: str) -> Store:
        if name == "postgis":
            # Asked for only here, so that a run without PostGIS tests starts no server.
            return PostgisStore(request.getfixturevalue("postgres"), build_schema)
        return SpatialiteStore(spatialite_folder, build_schema)

    def fresh(name: str, furnish: Furnish | None = None) -> AbstractContextManager[Database]:
        if name not in stores:
            stores[name] = store(name)
        return stores[name].fresh(furnish)

    return fresh


@pytest.fixture(params=NAMES)
def database(request: pytest.FixtureRequest, fresh_database: FreshDatabase) -> Iterator[Database]:
    """A fresh database, once of each kind; it is gone after the test."""
    with fresh_database(request.param) as made:
        yield made
