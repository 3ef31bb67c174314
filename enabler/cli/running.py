"""How a command gets its app and its actor."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from enabler.app import create_app
from enabler.config import load_settings
from enabler.domain.permissions import Actor
from enabler.persistence.database import db
from enabler.persistence.health import BEHIND, UNREACHABLE, condition
from enabler.persistence.schema import SchemaNotMade


@contextmanager
def running_app() -> Iterator[Flask]:
    """The app of this machine's settings, with its context pushed.

    Its connections are closed at the end. Raises SettingsWrong, and SchemaNotMade where the
    database does not answer or has another schema than this code.
    """
    app = create_app(load_settings())
    with app.app_context():
        try:
            _require_schema()
            yield app
        finally:
            db.engine.dispose()


def _require_schema() -> None:
    found = condition()
    if found == BEHIND:
        raise SchemaNotMade("The database's schema is not this one's: run enabler db upgrade.")
    if found == UNREACHABLE:
        raise SchemaNotMade("The database does not answer: check DATABASE_URL.")


def operator() -> Actor:
    """Whoever runs the command: an administrator of every place."""
    return Actor.operator(getpass.getuser())
