"""How a command gets its app and its actor."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from enabler.app import create_app
from enabler.config import load_settings
from enabler.domain.permissions import Actor


@contextmanager
def running_app() -> Iterator[Flask]:
    """The app of this machine's settings, with its context pushed. Raises SettingsWrong."""
    app = create_app(load_settings())
    with app.app_context():
        yield app


def operator() -> Actor:
    """Whoever runs the command: an administrator of every place."""
    return Actor.operator(getpass.getuser())
