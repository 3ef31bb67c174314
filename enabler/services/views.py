"""What services give to doors: frozen values to render, without a row, a word or an exact point.

Codes and numbers, times in UTC; the doors turn them into words by the catalogue. A value that
the reader is not entitled to at this moment is None, and never was in the view.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from enabler.domain.matches import Reason
from enabler.domain.vocabulary import (
    MatchState,
    MemberState,
    NeedState,
    NextStep,
    OfferState,
    Outcome,
    Role,
    Terms,
)
from enabler.domain.windows import Weekly, Window


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place, as every page of it shows."""

    id: int
    slug: str
    name: str
    timezone: str
    languages: tuple[str, ...]
    phone: str | None
    contact: dict[str, Any]  # council, phone, mail, hours, duty_line, duty_hours
    colour: str | None
    attribution: str | None
    invented: bool


@dataclass(frozen=True, slots=True)
class Roughly:
    """Where something is, as others may know it: ward, and how far from the reader's own cell.

    ``within_metres`` is a band's upper end, no finer than the larger of the two cells, or None
    where there is no reader's home to measure from.
    """

    ward: str
    within_metres: int | None = None


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened; ``what`` is noun.verb, a key of the catalogue."""

    at: datetime
    what: str
    why: str | None = None
    count: int = 1


@dataclass(frozen=True, slots=True)
class WhyNobody:
    """How many offers failed which rule, and how many would fit but for that rule alone: with
    ``other_days`` those who could come then, and ``further`` by the limit in metres that the asker
    could set.
    """

    considered: int
    refused: dict[str, int]
    near_misses: dict[str, int]
    other_days: dict[date, int] = field(default_factory=dict)
    further: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MatchView:
    """A match as its asker or its helper sees it. ``may`` holds what the reader can do now:
    accept, decline, release, arrange, done, confirm, dispute, report, apart, together."""

    ref: str
    state: MatchState
    side: str  # asker, helper, staff
    need_ref: str
    offer_ref: str
    category: str
    words: str
    windows: tuple[Window, ...]
    duration_minutes: int
    where: Roughly
    reasons: tuple[Reason, ...]
    score: int
    asked_at: datetime | None
    answer_by: datetime | None
    visit_start: datetime | None
    visit_end: datetime | None
    visit_words: str | None
    other_name: str | None  # the other side's shown name, once accepted
    organisation: str | None  # the helper's organisation: public
    address: str | None  # for the accepted helper, until 48 hours after the visit's end
    postcode: str | None
    address_until: datetime | None
    done_at: datetime | None
    minutes: int | None
    confirm_by: datetime | None
    confirmed_at: datetime | None
    ended_because: str | None
    may: frozenset[str]


@dataclass(frozen=True, slots=True)
class NeedView:
    """A need as its asker (or staff, ``mine`` false) sees it."""

    ref: str
    state: NeedState
    category: str
    words: str
    mine: bool
    asker_name: str | None
    address: str | None
    postcode: str | None
    where: Roughly
    windows: tuple[Window, ...]
    duration_minutes: int
    slots: int
    slots_filled: int
    next_step: NextStep | None
    next_step_at: datetime | None
    held_because: str | None
    outcome: Outcome | None
    repeats_ref: str | None
    posted_at: datetime
    needed_by: datetime
    asked: int  # helpers asked so far
    declined: int
    matches: tuple[MatchView, ...]  # those that were accepted and what came of them
    timeline: tuple[TimelineEntry, ...]
    nobody: WhyNobody | None  # while it is open and nobody could be asked
    may: frozenset[str]  # withdraw, close, approve, refuse, explain
    refused_words: str | None = None  # why a custodian refused it, in their words
    languages_required: tuple[str, ...] = ()
    reach_metres: int | None = None
    preferences: tuple[str, ...] = ()
    asks_wait: bool = False  # the next step is the end of quiet hours, when its asks go out


@dataclass(frozen=True, slots=True)
class PassedOver:
    """How many needs near a giver they were not asked about last week, and why, by code."""

    needs: int
    because: dict[str, int]


@dataclass(frozen=True, slots=True)
class OfferView:
    """An offer as its giver (or staff) sees it."""

    ref: str
    state: OfferState
    words: str
    categories: tuple[str, ...]
    terms: Terms
    stated_terms: str | None
    giver_name: str | None
    organisation: str | None
    organisation_ref: str | None
    where: Roughly
    reach_metres: int
    any_time: bool
    weekly: tuple[Weekly, ...]
    away: tuple[Window, ...]  # those that are not over
    capacity: int
    held_because: str | None
    posted_at: datetime
    times_asked: int
    times_helped: int
    missing_credentials: tuple[str, ...]
    meets: tuple[str, ...]
    may: frozenset[str]  # pause, resume, end, away, back, approve, refuse
    refused_words: str | None = None  # why a custodian refused it, in their words
    passed_over: PassedOver | None = None  # for its giver, where enough people asked


@dataclass(frozen=True, slots=True)
class MineView:
    """Everything of one member: what waits for an answer comes first."""

    asks: tuple[MatchView, ...]  # of me, waiting for my answer
    helping: tuple[MatchView, ...]  # I said yes
    needs: tuple[NeedView, ...]
    offers: tuple[OfferView, ...]
    past: tuple[MatchView, ...]


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who a browser's session is, as doors need it for the actor and the page's head."""

    session_id: int
    place_id: int
    member_id: int | None
    member_ref: str | None
    shown_name: str | None
    language: str
    verified_phone: str | None  # a new number whose owner has yet to sign up
    roles: tuple[Role, ...]
    organisations: tuple[tuple[str, str], ...]  # (ref, name) the member acts for
    second_factor: bool


@dataclass(frozen=True, slots=True)
class MemberView:
    """A member, as those see them who may look up a person."""

    ref: str
    name: str
    shown_name: str
    state: MemberState
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class AddedMember:
    """A member whom staff added. What a new member of staff signs in with is told once, here."""

    ref: str
    created: bool  # False: they had an account and were given the role
    password: str | None = field(default=None, repr=False)
    totp_secret: str | None = field(default=None, repr=False)
    otpauth: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class HeldView:
    """One thing on the desk that waits for a decision."""

    kind: str  # need, offer
    ref: str
    category: str
    categories: tuple[str, ...]
    words: str
    because: str
    since: datetime
    ward: str
    organisation: str | None
    giver_ref: str
    missing_credentials: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WaitingView:
    """An open need for which nobody was found in time: to be brokered by hand."""

    ref: str
    category: str
    ward: str
    since: datetime
    needed_by: datetime
    asked: int
    declined: int


@dataclass(frozen=True, slots=True)
class ReportView:
    """What a member told the custodians."""

    ref: str
    kind: str
    about_kind: str
    about_ref: str | None
    words: str
    reported_at: datetime


@dataclass(frozen=True, slots=True)
class DeskView:
    """What waits at the custodians' desk, the next to decide on top."""

    held: tuple[HeldView, ...]
    waiting: tuple[WaitingView, ...]
    reports: tuple[ReportView, ...]
    messages_in_doubt: int


@dataclass(frozen=True, slots=True)
class SimulatedMessage:
    """A message of the simulator's record."""

    direction: str  # out: from the place; in: from the phone
    channel: str
    address: str
    body: str
    at: datetime
