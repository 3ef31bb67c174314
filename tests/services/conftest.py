"""What every test of a service stands on: the app, a place, and another place as noise."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.builders import (
    BuiltPlace,
    a_helper,
    a_member,
    a_need,
    a_place,
    an_offer,
    an_organisation,
)


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
def noise(context: Flask) -> BuiltPlace:
    """Another council on the very same ground: whoever forgets the place meets it."""
    other = a_place("noiseham", area="NE")
    for number in range(3):
        a_helper(other, f"Noel {number}", "shopping", "transport")
    a_need(a_member(other, "Nora Noise", at=(600, 600)))
    an_offer(an_organisation(other, "Noiseham Larder"), "shopping")
    return other
