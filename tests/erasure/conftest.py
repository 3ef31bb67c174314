"""A place with people who have met."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.builders import BuiltMember, BuiltPlace, a_helper, a_member, a_place


@pytest.fixture(autouse=True)
def context(app: Flask) -> Iterator[Flask]:
    """The app's context: what a door would push."""
    with app.app_context():
        yield app


@pytest.fixture
def place(context: Flask) -> BuiltPlace:
    """The place."""
    return a_place()


@pytest.fixture
def ann(place: BuiltPlace) -> BuiltMember:
    """Somebody who asks."""
    return a_member(place, "Annabel Quillfeather", at=(600, 600), mail=True)


@pytest.fixture
def ben(place: BuiltPlace) -> BuiltMember:
    """Somebody who helps."""
    return a_helper(place, "Ben Helper", "shopping")
