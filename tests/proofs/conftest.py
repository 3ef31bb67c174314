"""A place, a helper with checks, and what it takes to make and to read a proof."""

from tests.services.conftest import context, database, noise, place

__all__ = ["context", "database", "noise", "place"]
