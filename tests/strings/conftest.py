"""The world of the authorisation tests: everybody, everything, and a form of each kind."""

from tests.authorisation.conftest import world

__all__ = ["world"]
