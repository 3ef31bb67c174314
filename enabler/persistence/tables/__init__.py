"""Every table: rows without methods. Importing this package makes the metadata whole."""

from enabler.persistence.tables import (
    audit,
    clock,
    considerations,
    conversations,
    matches,
    members,
    messages,
    needs,
    offers,
    places,
    rounds,
    wishes,
)

__all__ = [
    "audit",
    "clock",
    "considerations",
    "conversations",
    "matches",
    "members",
    "messages",
    "needs",
    "offers",
    "places",
    "rounds",
    "wishes",
]
