"""Needs and offers with everything plain but what a test is about."""

from datetime import UTC, datetime, timedelta
from typing import Any

from enabler.matching import Need, Offer

NOW = datetime(2026, 11, 27, 14, 0, tzinfo=UTC)
"""A Friday."""

CENTRE = {"easting": 358_000, "northing": 173_000}


def a_need(**given: Any) -> Need:
    """A need in the middle of town, for shopping, at any time."""
    return Need(**({"id": "n", "category": "shopping"} | CENTRE | given))


def an_offer(**given: Any) -> Offer:
    """An offer from the same spot, for shopping, at any time, two kilometres round."""
    plain = {"id": "o", "categories": frozenset({"shopping"}), "reach_metres": 2000}
    return Offer(**(plain | CENTRE | given))


def metres_east(metres: int) -> dict[str, int]:
    """A point so far east of the centre."""
    return CENTRE | {"easting": CENTRE["easting"] + metres}


def hours(first: float, last: float) -> tuple[datetime, datetime]:
    """From so many hours after NOW to so many."""
    return NOW + timedelta(hours=first), NOW + timedelta(hours=last)
