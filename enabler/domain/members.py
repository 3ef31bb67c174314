"""Members, organisations and what is known of them, as the hall works with them."""

from dataclasses import dataclass
from datetime import datetime

from enabler.domain.permissions import RoleGrant
from enabler.domain.vocabulary import (
    MemberState,
    OrganisationKind,
    OrganisationState,
    Role,
)


@dataclass(frozen=True, slots=True)
class Where:
    """A spot and what stands for it. ``easting``/``northing`` may be exact: mind who sees it."""

    postcode: str
    easting: int
    northing: int
    cell_id: int
    ward_id: int
    address: str = ""


@dataclass(frozen=True, slots=True)
class CellPoint:
    """What stands for a home: the cell's point and side (0: the cell is the whole ward)."""

    cell_id: int
    ward_id: int
    easting: int
    northing: int
    side_metres: int


@dataclass(frozen=True, slots=True)
class Member:
    """A person with an account."""

    id: int
    place_id: int
    ref: str
    name: str
    shown_name: str
    language: str
    languages: tuple[str, ...]
    home_id: int | None
    state: MemberState
    asks_per_week: int | None
    quiet_from: int | None
    quiet_until: int | None
    night_asks: bool
    stopped: bool
    mail_stopped: bool = False
    caution_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """What whoever helps a member should know: codes, and their own words. Mind who sees it."""

    needs: tuple[str, ...] = ()
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Consent:
    """A wording that a member agreed to: when, how, until when, and how it ended. ``about`` is what
    it is about, where there can be several; ``by_member_id``: at a desk, who was there."""

    id: int
    wording: str
    version: int
    sha256: str
    language: str
    how: str
    page: str | None
    by_member_id: int | None
    about: str
    given_at: datetime
    until_at: datetime | None
    withdrawn_at: datetime | None
    withdrawn_how: str | None


@dataclass(frozen=True, slots=True)
class NewMember:
    """A person about to have an account."""

    place_id: int
    ref: str
    name: str
    shown_name: str
    language: str
    adult: bool
    home_id: int | None = None


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """A role in force, with the organisation it is for where there is one."""

    grant: RoleGrant
    organisation_ref: str | None = None
    organisation_name: str | None = None
    organisation_state: OrganisationState | None = None


@dataclass(frozen=True, slots=True)
class Organisation:
    """A business, community group or public service; its address is public."""

    id: int
    place_id: int
    ref: str
    kind: OrganisationKind
    name: str
    about: str | None
    easting: int
    northing: int
    ward_id: int
    state: OrganisationState
    postcode: str | None = None
    address: str | None = None
    phone: str | None = None
    mail: str | None = None
    web: str | None = None
    open_on_bank_holidays: bool = False
    can_show: tuple[str, ...] = ()
    created_at: datetime | None = None
    about_waiting: str | None = None


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who acts for an organisation, and as what."""

    member_id: int
    ref: str
    shown_name: str
    role: Role
    since: datetime


@dataclass(frozen=True, slots=True)
class Invitation:
    """Somebody is asked to act for an organisation. ``value`` is their number or mail address,
    None once it is over."""

    id: int
    place_id: int
    ref: str
    organisation_id: int
    role: Role
    kind: str
    value: str | None
    nonce: str
    invited_by: int
    invited_at: datetime
    expires_at: datetime
    tries: int
    ended_because: str | None

    def waits(self, now: datetime) -> bool:
        """Whether it can still be answered."""
        return self.ended_because is None and now < self.expires_at
