"""Every table: rows without methods. Importing this package makes the metadata whole."""

from enabler.persistence.tables import (
    api_tokens,
    audit,
    clock,
    considerations,
    matches,
    members,
    messages,
    needs,
    offers,
    places,
    rounds,
)

__all__ = [
    "api_tokens",
    "audit",
    "clock",
    "considerations",
    "matches",
    "members",
    "messages",
    "needs",
    "offers",
    "places",
    "rounds",
]
