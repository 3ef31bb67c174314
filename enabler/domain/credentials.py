"""Checks as the hall works with them: what was seen, what is wanted, waived, shown to others."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from enabler.domain.checks import CHECKS
from enabler.domain.vocabulary import CredentialKind

LONGEST_WAIVER = timedelta(days=90)
LONGEST_GRANT = timedelta(days=366)
LAST_CHARACTERS = 4
"""Of the number on a paper no more is kept: enough to tell two apart, too little to misuse."""


@dataclass(frozen=True, slots=True)
class Credential:
    """A checked fact about a member or an organisation. Times are UTC."""

    id: int
    place_id: int
    ref: str
    member_id: int | None
    organisation_id: int | None
    kind: CredentialKind
    seen_on: datetime
    valid_until: datetime
    checked_by: str
    note: str | None = None
    last_characters: str | None = None
    eligible_as: str | None = None
    waived: bool = False
    agreed_by: str | None = None
    carried_from: int | None = None
    recorded_at: datetime | None = None
    revoked_at: datetime | None = None
    revoked_by: str | None = None
    revoked_because: str | None = None

    def holds(self, now: datetime) -> bool:
        """Whether it counts at this moment."""
        over = self.revoked_at is not None and self.revoked_at <= now
        return self.seen_on <= now < self.valid_until and not over


@dataclass(frozen=True, slots=True)
class Wanted:
    """A holder asks that a paper be looked at."""

    id: int
    place_id: int
    ref: str
    member_id: int | None
    organisation_id: int | None
    kind: CredentialKind
    words: str | None
    asked_at: datetime
    state: str


@dataclass(frozen=True, slots=True)
class Waiver:
    """One of the staff asks another to let somebody help before a paper is seen."""

    id: int
    place_id: int
    ref: str
    member_id: int | None
    organisation_id: int | None
    kind: CredentialKind
    until_at: datetime
    words: str
    asked_by: str
    asked_at: datetime
    state: str


@dataclass(frozen=True, slots=True)
class Grant:
    """A member lets an organisation or another place see a check of theirs."""

    id: int
    place_id: int
    ref: str
    credential_id: int
    member_id: int
    to_place_id: int | None
    to_organisation_id: int | None
    given_at: datetime
    until_at: datetime
    ended_at: datetime | None
    accepted_id: int | None

    def holds(self, now: datetime) -> bool:
        """Whether they still let them see it."""
        return self.ended_at is None and self.given_at <= now < self.until_at


@dataclass(frozen=True, slots=True)
class Gap:
    """A yes that stands although a check that it needs has ended."""

    match_id: int
    place_id: int
    kinds: tuple[str, ...]
    since: datetime
    release_at: datetime


def outlives(other: Credential, credential: Credential, now: datetime) -> bool:
    """Whether the same holder's other check is enough for this one, and for longer."""
    covers = credential.kind in CHECKS[other.kind].covers
    later = other.valid_until > credential.valid_until
    return other.id != credential.id and covers and later and other.holds(now)
