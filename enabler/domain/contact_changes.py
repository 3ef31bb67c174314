"""What follows when a member's phone or mail address changes: caution, notice, refusal (pure)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

CAUTION = timedelta(hours=72)
"""So long after a change of phone or mail its member sees nobody's address: whoever took an
account over learns nothing of others before its owner has heard of it."""
REFUSED_WITHIN = CAUTION
"""So long whoever has the old phone or mail address can undo a change."""
OLD_ENOUGH = CAUTION
"""A mail address that was added less long ago does not prove who lost a phone."""
REPORTS_OF_LOST_PHONES = 20
"""In an hour, from everybody: the desk stays readable. Then the page says to ring."""


@dataclass(frozen=True, slots=True)
class Contact:
    """A phone number (E.164) or mail address of a member."""

    kind: str
    value: str
    verified_at: datetime | None


@dataclass(frozen=True, slots=True)
class ContactChange:
    """One change: ``old_value`` None for what was added, ``new_value`` None for what went."""

    id: int
    place_id: int
    ref: str
    member_id: int
    kind: str
    old_value: str | None
    new_value: str | None
    at: datetime
    refused_at: datetime | None

    def may_be_refused(self, now: datetime) -> bool:
        """Whether whoever has the old one can undo it now."""
        return self.refused_at is None and now < self.at + REFUSED_WITHIN
