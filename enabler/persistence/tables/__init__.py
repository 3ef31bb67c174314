"""Every table: rows without methods. Importing this package makes the metadata whole."""

from enabler.persistence.tables import (
    api_tokens,
    audit,
    calendars,
    clock,
    considerations,
    conversations,
    matches,
    members,
    messages,
    needs,
    offers,
    organisations,
    places,
    rounds,
    series,
    wishes,
)

__all__ = [
    "api_tokens",
    "audit",
    "calendars",
    "clock",
    "considerations",
    "conversations",
    "matches",
    "members",
    "messages",
    "needs",
    "offers",
    "organisations",
    "places",
    "rounds",
    "series",
    "wishes",
]
