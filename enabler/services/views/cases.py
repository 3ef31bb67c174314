"""A report as those who deal with it read it, as who made it does, and as whom it concerns."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from enabler.domain.working_time import WorkingHours


@dataclass(frozen=True, slots=True)
class NoteView:
    """One step: ``by`` is the name of a colleague at the desk, else a ref; None: the house."""

    kind: str
    by: str | None
    at: datetime
    words: str | None = field(default=None, repr=False)
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CallView:
    """A number to ring, in its place on the list. ``who``: reporter, concerned, lead, duty-line;
    ``key`` names it when the call is written down (call-back: the number that a stranger left).
    ``went``: how the last call went."""

    key: str
    who: str
    name: str | None = field(repr=False)
    phone: str | None = field(repr=False)
    went: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class HandView:
    """Somebody at the desk, by name, to be chosen."""

    ref: str
    name: str


@dataclass(frozen=True, slots=True)
class ConcernedView:
    """A member whom a report concerns; with what they were told, and answered."""

    ref: str
    told: str | None = field(default=None, repr=False)
    told_at: datetime | None = None
    answer: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class BesideView:
    """Another open report about the same thing or person."""

    ref: str
    kind: str
    reported_at: datetime


@dataclass(frozen=True, slots=True)
class OneLookView:
    """A look that a case is about: when, at what, why, with the reason that was given."""

    at: datetime
    what: tuple[str, ...]
    why: str
    reason: str | None
    words: str | None = field(repr=False)
    subject_ref: str | None = None
    as_role: str | None = None


@dataclass(frozen=True, slots=True)
class LookCaseView:
    """Who looked at whom on one day; ``reasons``: what is odd about it, as codes."""

    viewer: str = field(repr=False)
    member_ref: str
    day: date
    reasons: tuple[str, ...]
    looks: tuple[OneLookView, ...]


@dataclass(frozen=True, slots=True)
class CaseView:
    """A report with all that was done about it. ``may``: what the reader can do with it now;
    ``beside``: what else is open about the same, as far as they read it."""

    ref: str
    kind: str
    state: str
    about_kind: str
    about_ref: str | None
    words: str = field(repr=False)
    quoted: str | None = field(repr=False)
    reported_at: datetime
    call_back: str | None = field(repr=False)
    gathered: bool
    for_leads: bool
    due_at: datetime | None
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    assigned_to: HandView | None
    notes: tuple[NoteView, ...]
    calls: tuple[CallView, ...]
    concerned: tuple[ConcernedView, ...]
    outcome: str | None = field(repr=False)
    outcome_at: datetime | None
    settled_at: datetime | None
    settled_words: str | None = field(repr=False)
    hands: tuple[HandView, ...]
    may: frozenset[str]
    beside: tuple[BesideView, ...] = ()
    look: LookCaseView | None = None


@dataclass(frozen=True, slots=True)
class OwnReport:
    """A report as who made it reads of it. ``words`` are theirs, where they are signed in."""

    ref: str
    kind: str
    state: str
    reported_at: datetime
    words: str | None = field(repr=False)
    due_at: datetime | None
    seen_at: datetime | None
    outcome: str | None = field(repr=False)
    outcome_at: datetime | None


@dataclass(frozen=True, slots=True)
class ToldView:
    """What the council wrote to a member about a report that concerns them."""

    ref: str
    at: datetime
    words: str = field(repr=False)
    answer: str | None = field(repr=False)
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class PlanView:
    """Who hears of a worry in which order, and when they work. ``mine``: the reader asked."""

    hands: tuple[HandView, ...]
    hours: WorkingHours
    duty_line: str | None
    at: datetime | None = None
    mine: bool = False


@dataclass(frozen=True, slots=True)
class SafeguardingView:
    """What holds, what waits for a second person, whom one can choose; how long a lead has."""

    plan: PlanView
    waiting: PlanView | None
    leads: tuple[HandView, ...]
    minutes: int
    may: frozenset[str]
