"""The place of the pages' tests, for the tests in the browser."""

from tests.web.conftest import clock, place

__all__ = ["clock", "place"]
