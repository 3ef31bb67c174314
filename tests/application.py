"""Fixtures: ``app`` is the whole application on a fresh database, ``client`` speaks to it.

Both run a test on both databases. Texts and mails go to the simulator.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from enabler.app import FORGED, create_app
from enabler.config import Settings
from enabler.doors import erasure_list
from enabler.doors.counting import FileCount
from enabler.doors.erasure_list import FileOfErasures
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


def close(app: Flask) -> None:
    """Close every connection of an app."""
    with app.app_context():
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()


Running = Callable[[Settings], AbstractContextManager[Flask]]


@pytest.fixture(scope="session")
def running() -> Running:
    """``with running(settings) as app``: the application, as it is when it has just been made.

    Making one takes longer than a test, mostly to lay out its addresses, and its engine would
    compile each statement anew. So one is kept for each database's name and each kind of settings;
    what tests put into it is taken out again.
    """
    idle: dict[Settings, Flask] = {}

    @contextmanager
    def run(settings: Settings) -> Iterator[Flask]:
        kind = replace(settings, instance=Path())
        app = idle.pop(kind, None) or create_app(settings)
        parts = (app.config, app.extensions, app.view_functions)
        kept = [dict(part) for part in parts]
        list_here = FileOfErasures(settings.instance / erasure_list.NAME)
        app.extensions["enabler"] = replace(
            app.extensions["enabler"], erasures=list_here,
            forged=FileCount(settings.instance / FORGED),
        )  # fmt: skip
        app.testing = True
        yield app
        close(app)
        for part, before in zip(parts, kept, strict=True):
            part.clear()
            part.update(before)
        idle[kind] = app

    return run


@pytest.fixture
def app(settings: Settings, running: Running) -> Iterator[Flask]:
    """The application; its connections are closed after the test."""
    with running(settings) as made:
        yield made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without JavaScript, more or less: it keeps its cookies."""
    return app.test_client()
