"""Fixtures: the world, built once for a test run (or for each of its parallel parts)."""

from collections.abc import Iterator
from functools import partial

import pytest

from enabler.config import Settings
from tests.application import SECRET_KEY, close
from tests.authorisation.rules import Book, read_book
from tests.authorisation.worlds import World, build
from tests.databases.fixtures import FreshDatabase
from tests.privacy.worlds import KeptFile, KeptTemplate

ON_BOTH = pytest.mark.only_at_full_size


@pytest.fixture(
    scope="session", params=["spatialite", pytest.param("postgis", marks=ON_BOTH)]
)  # fmt: skip
def world(
    request: pytest.FixtureRequest, fresh_database: FreshDatabase,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[World]:  # fmt: skip
    """The place with everybody in it: on SpatiaLite day by day, on both at full size."""
    with fresh_database(request.param) as database:
        keep = (
            partial(KeptFile, database.url) if request.param == "spatialite"
            else partial(KeptTemplate, request.getfixturevalue("postgres"), database.url)
        )  # fmt: skip
        made = build(
            Settings(
                instance=tmp_path_factory.mktemp("authorisation"),
                database_url=database.url,
                database_owner_url=database.url,
                secret_key=SECRET_KEY,
                environment="test",
                gateway="simulator",
            ),
            keep,
        )
        yield made
        close(made.app)


@pytest.fixture(scope="session")
def book() -> Book:
    """The rules."""
    return read_book()
