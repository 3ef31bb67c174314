"""What every test of a service stands on: the app, a place, and another place as noise."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from enabler.app import create_app
from enabler.config import Settings
from tests.application import SECRET_KEY, close
from tests.builders import (
    BuiltMember,
    BuiltPlace,
    a_helper,
    a_member,
    a_need,
    a_place,
    an_offer,
    an_organisation,
)
from tests.databases.fixtures import NAMES, FreshDatabase
from tests.databases.stores import Database

NOISE: dict[str, BuiltPlace] = {}
"""The other council, by kind of database."""


def noisy(url: str) -> None:
    """Put the other council in, once for all tests."""
    settings = Settings(
        instance=Path(), database_url=url, database_owner_url=url, secret_key=SECRET_KEY,
        environment="test",
    )  # fmt: skip
    app = create_app(settings)
    with app.app_context():
        other = a_place("noiseham", area="NE")
        for number in range(3):
            a_helper(other, f"Noel {number}", "shopping", "transport")
        a_need(a_member(other, "Nora Noise", at=(600, 600)))
        an_offer(an_organisation(other, "Noiseham Larder"), "shopping")
    close(app)
    NOISE["spatialite" if url.startswith("sqlite") else "postgis"] = other


@pytest.fixture(params=NAMES)
def database(request: pytest.FixtureRequest, fresh_database: FreshDatabase) -> Iterator[Database]:
    """A fresh database of each kind, with another council in it."""
    with fresh_database(request.param, noisy) as made:
        yield made


@pytest.fixture(autouse=True)
def context(app: Flask) -> Iterator[Flask]:
    """The app's context: what a door would push."""
    with app.app_context():
        yield app


@pytest.fixture
def place(context: Flask) -> BuiltPlace:
    """The place that a test is about."""
    return a_place()


@pytest.fixture(autouse=True)
def noise(database: Database) -> BuiltPlace:
    """Another council on the very same ground: whoever forgets the place meets it."""
    return NOISE[database.name]


@pytest.fixture
def asker(place: BuiltPlace) -> BuiltMember:
    """Whoever asks, where a test names nobody else."""
    return a_member(place, "Ann Asker")


@pytest.fixture
def helper(place: BuiltPlace) -> BuiltMember:
    """Whoever helps."""
    return a_helper(place, "Hal Helper")


@pytest.fixture
def rose(place: BuiltPlace) -> BuiltMember:
    """Whom somebody acts for, where that is the matter."""
    return a_member(place, "Rose Long")


@pytest.fixture
def sam(place: BuiltPlace) -> BuiltMember:
    """Who acts for her."""
    return a_member(place, "Sam Near", at=(900, 900))
