"""A place with people, and browsers for them. The clock stands still at ``NOW``."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask

from tests.builders import NOW, BuiltPlace, a_place
from tests.web.people import Person


class Clock:
    """The app's clock, which a test may move."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **stretch: float) -> None:
        """Let time pass."""
        self.now += timedelta(**stretch)


@pytest.fixture
def clock(app: Flask) -> Clock:
    """The clock of the app."""
    made = Clock()
    app.extensions["enabler"] = replace(app.extensions["enabler"], clock=made)
    return made


@pytest.fixture
def place(app: Flask, clock: Clock) -> BuiltPlace:
    """The only place there is."""
    with app.app_context():
        return a_place()


@pytest.fixture
def person(app: Flask, place: BuiltPlace) -> Callable[[], Person]:
    """``person()``: somebody at a browser of their own."""
    return lambda: Person(app.test_client())
