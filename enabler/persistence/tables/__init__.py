"""Every table: rows without methods. Importing this package makes the metadata whole."""

from enabler.persistence.tables import (
    audit,
    calendars,
    clock,
    considerations,
    matches,
    members,
    messages,
    needs,
    offers,
    places,
    rounds,
    series,
)

__all__ = [
    "audit",
    "calendars",
    "clock",
    "considerations",
    "matches",
    "members",
    "messages",
    "needs",
    "offers",
    "places",
    "rounds",
    "series",
]
