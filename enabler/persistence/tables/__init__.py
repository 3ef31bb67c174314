"""Every table: rows without methods. Importing this package makes the metadata whole."""

from enabler.persistence.tables import (
    audit,
    clock,
    considerations,
    matches,
    members,
    messages,
    needs,
    offers,
    organisations,
    places,
    rounds,
)

__all__ = [
    "audit",
    "clock",
    "considerations",
    "matches",
    "members",
    "messages",
    "needs",
    "offers",
    "organisations",
    "places",
    "rounds",
]
