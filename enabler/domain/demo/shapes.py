"""What is invented, as plain values. Links are positions in the lists of the ``Invention``."""

from dataclasses import dataclass, field
from datetime import date, datetime

from enabler.domain.recurrence import Repeat
from enabler.domain.vocabulary import (
    CredentialKind,
    MatchState,
    NeedState,
    NextStep,
    OfferState,
    OrganisationKind,
    Outcome,
    Role,
    Terms,
)
from enabler.domain.windows import Weekly, Window


@dataclass(frozen=True, slots=True)
class Home:
    """One household: a postcode of the town and an invented address."""

    spot: int
    address: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A credential that a custodian saw."""

    kind: CredentialKind
    seen_on: datetime
    valid_until: datetime


@dataclass(frozen=True, slots=True)
class Member:
    """A resident (with a home) or one of the staff (with a role, perhaps for a ward)."""

    name: str
    shown_name: str
    contact: tuple[str, str]  # ("phone", E.164) or ("mail", address)
    languages: tuple[str, ...]
    joined_at: datetime
    home: int | None = None
    retired: bool = False
    asks_per_week: int | None = None
    night_asks: bool = False
    credentials: tuple[Checked, ...] = ()
    staff_role: Role | None = None
    ward_code: str | None = None


@dataclass(frozen=True, slots=True)
class Organisation:
    """A business, community group or public service, at a postcode of the town."""

    kind: OrganisationKind
    name: str
    about: str
    spot: int
    address: str
    owner: int
    coordinator: int | None
    joined_at: datetime
    credentials: tuple[Checked, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """What a member or an organisation gives. ``decided_at``: a custodian approved or refused."""

    member: int | None
    organisation: int | None
    posted_by: int
    categories: tuple[str, ...]
    words: str
    terms: Terms
    stated_terms: str | None
    reach_metres: int
    any_time: bool
    weekly: tuple[Weekly, ...]
    away: tuple[Window, ...]
    capacity: int
    languages: tuple[str, ...]
    state: OfferState
    posted_at: datetime
    decided_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Need:
    """What a member asks for, and what is to become of it (``fate``)."""

    asker: int
    category: str
    words: str
    windows: tuple[Window, ...]
    duration_minutes: int
    slots: int
    languages_required: tuple[str, ...]
    posted_at: datetime
    needed_by: datetime
    held: bool  # a custodian decides on it first
    fate: NeedState
    helper: int | None = None  # an offer that must be the one to help, by position


@dataclass(frozen=True, slots=True)
class Series:
    """What an organisation asks for every week, as one of its people wrote it."""

    organisation: int
    asker: int
    category: str
    words: str
    duration_minutes: int
    slots: int
    first_on: date
    every: Repeat
    begun_at: datetime


@dataclass(slots=True)
class Match:
    """One ask and what came of it."""

    offer: int
    state: MatchState
    wave: int
    asked_at: datetime
    answer_by: datetime
    answered_at: datetime | None = None
    accepted_at: datetime | None = None
    slot: int | None = None
    visit: Window | None = None
    arranged_at: datetime | None = None
    done_at: datetime | None = None
    minutes: int | None = None
    confirmed_at: datetime | None = None
    confirmed_by_asker: bool = False
    ended_because: str | None = None
    ended_at: datetime | None = None


@dataclass(slots=True)
class Story:
    """What became of one need: where it stands, and the matches on the way."""

    need: int
    state: NeedState
    decided_at: datetime | None = None
    wave: int = 0
    next_step: NextStep | None = None
    next_step_at: datetime | None = None
    outcome: Outcome | None = None
    ended_at: datetime | None = None
    matches: list[Match] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Invention:
    """The people of one town. Staff come after the residents in ``members``."""

    homes: tuple[Home, ...]
    members: tuple[Member, ...]
    organisations: tuple[Organisation, ...]
    offers: tuple[Offer, ...]
    needs: tuple[Need, ...]
    series: tuple[Series, ...] = ()
