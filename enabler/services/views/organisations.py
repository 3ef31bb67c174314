"""An organisation as everybody sees it, and as those see it who act for it."""

from dataclasses import dataclass, field
from datetime import date, datetime

from enabler.domain.vocabulary import (
    MatchState,
    OfferState,
    OrganisationKind,
    OrganisationState,
    Role,
    Terms,
)
from enabler.domain.windows import Weekly, Window
from enabler.services.views.needs import NeedView
from enabler.services.views.series import EveryWeek


@dataclass(frozen=True, slots=True)
class GivenView:
    """What an organisation gives, as everybody may read it."""

    ref: str
    state: OfferState
    categories: tuple[str, ...]
    words: str
    terms: Terms
    stated_terms: str | None
    any_time: bool
    weekly: tuple[Weekly, ...]


@dataclass(frozen=True, slots=True)
class OrganisationView:
    """An organisation: where it is and how it is reached is public and exact.

    ``may`` holds what the reader can do: change, offer, ask, board, people, invite, leave, decide.
    ``can_show``, ``refused_words`` and ``about_waiting`` (new words that wait for a look) are for
    those who act for it and for staff, ``series`` (what it asks for every week) for those who
    lead it.
    """

    ref: str
    kind: OrganisationKind
    name: str
    state: OrganisationState
    about: str | None
    address: str | None
    postcode: str | None
    ward: str
    phone: str | None
    mail: str | None
    web: str | None
    hours: tuple[Weekly, ...]
    open_on_bank_holidays: bool
    offers: tuple[GivenView, ...]
    can_show: tuple[str, ...]
    refused_words: str | None
    may: frozenset[str]
    series: tuple[EveryWeek, ...] = ()
    about_waiting: str | None = None


@dataclass(frozen=True, slots=True)
class ColleagueView:
    """Somebody who acts for an organisation."""

    ref: str
    name: str
    role: Role
    since: datetime
    me: bool


@dataclass(frozen=True, slots=True)
class InvitationView:
    """Somebody was asked to act for an organisation. For which, and as what, is for whoever it was
    sent to, or has its code. ``to`` is the end of the number or address, for those who keep its
    people alone."""

    ref: str
    organisation: str | None
    organisation_ref: str | None
    role: Role | None
    until: datetime
    waits: bool
    to: str | None = None


@dataclass(frozen=True, slots=True)
class PeopleView:
    """Who acts for an organisation, and who has been asked to."""

    ref: str
    organisation: str
    people: tuple[ColleagueView, ...]
    invitations: tuple[InvitationView, ...]
    may: frozenset[str]  # keep, leave


@dataclass(frozen=True, slots=True)
class BoardEntry:
    """One thing on an organisation's board; ``goes`` is the name of who goes, None for nobody.

    ``chosen``: a lead has named who goes; until then it is whoever said yes.
    """

    ref: str
    state: MatchState
    category: str
    words: str
    ward: str
    windows: tuple[Window, ...]
    duration_minutes: int
    answer_by: datetime | None
    visit: Window | None
    day: date | None
    goes: str | None
    chosen: bool
    mine: bool
    may: frozenset[str]  # assign
    unread: int = 0  # lines that the reader has not read
    asking: str | None = None  # the organisation that asks: public


@dataclass(frozen=True, slots=True)
class BoardView:
    """What is asked of an organisation, and what it said yes to, by day.

    A helper of it sees what is theirs alone; ``leads`` says whose board it is.
    """

    ref: str
    organisation: str
    leads: bool
    only: str  # all, today, week, nobody
    asks: tuple[BoardEntry, ...] = field(default=())
    days: tuple[tuple[date | None, tuple[BoardEntry, ...]], ...] = field(default=())
    finished: tuple[BoardEntry, ...] = field(default=())  # waiting to be confirmed
    asked: tuple[NeedView, ...] = field(default=())  # what it asked for itself, the newest first,
    # each with the matches under way
    may_ask: bool = False
    series: tuple[EveryWeek, ...] = field(default=())  # what it asks for every week


@dataclass(frozen=True, slots=True)
class AssignView:
    """Who could go to what an organisation said yes to."""

    entry: BoardEntry
    organisation: str
    organisation_ref: str
    people: tuple[ColleagueView, ...]
