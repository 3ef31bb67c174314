"""The place, the clock and the people of the pages' tests."""

from tests.web.conftest import clock, person, place

__all__ = ["clock", "person", "place"]
