"""The place, the clock and the people of the pages' tests; and one app for many tests."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from flask import Flask

from enabler.app import create_app
from enabler.config import Settings
from tests.application import SECRET_KEY
from tests.databases.fixtures import FreshDatabase
from tests.web.conftest import clock, person, place

__all__ = ["clock", "person", "place", "shared_app"]


@pytest.fixture(scope="session")
def shared_app(
    fresh_database: FreshDatabase, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], AbstractContextManager[Flask]]:
    """``with shared_app() as app``: an app on SpatiaLite for what many tests do side by side, each
    as a member of its own. What a call may look like does not depend on the database."""

    @contextmanager
    def made() -> Iterator[Flask]:
        with fresh_database("spatialite") as database:
            app = create_app(Settings(
                instance=tmp_path_factory.mktemp("shared"), database_url=database.url,
                database_owner_url=database.url, secret_key=SECRET_KEY, environment="test",
            ))  # fmt: skip
            app.testing = True
            yield app

    return made
