"""What a member lets an organisation, or one person by name, see of theirs until a day."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SightGrant:
    """Of a check (``credential_id``) or, without one, of what helps the member. Times are UTC."""

    id: int
    place_id: int
    ref: str
    member_id: int
    credential_id: int | None
    to_organisation_id: int | None
    to_member_id: int | None
    given_at: datetime
    until_at: datetime
    ended_at: datetime | None

    def holds(self, now: datetime) -> bool:
        """Whether they still let them see it."""
        return self.ended_at is None and self.given_at <= now < self.until_at
