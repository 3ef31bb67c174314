"""Fixtures: ``app`` is the whole application on a fresh database, ``client`` speaks to it.

Both run a test on both databases. Texts and mails go to the simulator.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from enabler.app import create_app
from enabler.config import Settings
from enabler.persistence.database import db
from tests.databases.stores import Database

SECRET_KEY = "a key for tests and for nothing else, ever"


@pytest.fixture
def settings(database: Database, tmp_path: Path) -> Settings:
    """Settings for this test's database and an instance folder of its own."""
    return Settings(
        instance=tmp_path / "instance",
        database_url=database.url,
        database_owner_url=database.url,
        secret_key=SECRET_KEY,
        environment="test",
        gateway="simulator",
    )


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The application; its connections are closed after the test."""
    made = create_app(settings)
    made.testing = True
    yield made
    with made.app_context():
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without JavaScript, more or less: it keeps its cookies."""
    return app.test_client()
