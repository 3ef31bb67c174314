"""Proofs that an organisation counts on for its own visits, as each side reads it."""

from dataclasses import dataclass
from datetime import datetime

from enabler.domain.vocabulary import CredentialKind


@dataclass(frozen=True, slots=True)
class ReliedView:
    """One of them. ``state``: waits, agreed, or why it ended (``domain.relied.ENDED``); ``counts``:
    it does so at this very moment. ``name`` of whose it is: None to an organisation before they
    have said yes, and to themself."""

    ref: str
    organisation: str
    kind: CredentialKind
    until_at: datetime
    asked_at: datetime
    state: str
    counts: bool
    name: str | None = None
