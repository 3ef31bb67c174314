"""What waits at the desk of those who keep the market."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class HeldView:
    """One thing on the desk that waits for a decision. Of a need: ``urgent`` by the ruleset,
    ``any_time`` is as soon as possible."""

    kind: str  # need, offer, organisation
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
    urgent: bool = False
    any_time: bool = False


@dataclass(frozen=True, slots=True)
class WaitingView:
    """An open need for which nobody was found in time, or that is ``urgent``: to be brokered by
    hand. ``any_time``: it is wanted as soon as possible, and ``needed_by`` is nobody's word."""

    ref: str
    category: str
    ward: str
    since: datetime
    needed_by: datetime
    asked: int
    declined: int
    urgent: bool = False
    any_time: bool = False


@dataclass(frozen=True, slots=True)
class WardsView:
    """A councillor's own wards by name, in order, and what waits in them, the soonest on top."""

    names: tuple[str, ...]
    waiting: tuple[WaitingView, ...]


@dataclass(frozen=True, slots=True)
class ReportView:
    """What somebody told the custodians. ``call_back``: how a stranger can be reached;
    ``gathered``: it came in a flood of them. ``for_leads``: they alone read it, and one of
    them is to have ``seen`` it by ``due_at``."""

    ref: str
    kind: str
    about_kind: str
    about_ref: str | None
    words: str
    reported_at: datetime
    call_back: str | None = field(default=None, repr=False)
    gathered: bool = False
    state: str = "open"
    for_leads: bool = False
    due_at: datetime | None = None
    seen: bool = False


@dataclass(frozen=True, slots=True)
class DeskView:
    """What waits at the custodians' desk, the next to decide on top. ``hours_waiting``: how many
    things about hours the reader may decide, the oldest since ``hours_since``; None: none of
    theirs. ``counts_hours``: the place has a time bank.
    ``visits_waiting``: of how many visits somebody has to decide whether what was said counts, and
    of how many members much counts lately."""

    held: tuple[HeldView, ...]
    waiting: tuple[WaitingView, ...]
    reports: tuple[ReportView, ...]  # for those who deal with them
    reports_waiting: int
    messages_in_doubt: int
    hours_waiting: int | None = None
    hours_since: datetime | None = None
    counts_hours: bool = False
    visits_waiting: int = 0
