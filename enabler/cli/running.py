"""How a command gets its app and its actor."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from enabler.app import create_app
from enabler.config import load_settings
from enabler.domain.permissions import Actor
from enabler.persistence.database import db


@contextmanager
def running_app() -> Iterator[Flask]:
    """The app of this machine's settings, with its context pushed. Raises SettingsWrong.

    Its connections are closed at the end.
    """
    app = create_app(load_settings())
    with app.app_context():
        try:
            yield app
        finally:
            db.engine.dispose()


def operator() -> Actor:
    """Whoever runs the command: an administrator of every place."""
    return Actor.operator(getpass.getuser())
