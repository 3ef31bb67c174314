"""What waits at the desk of those who keep the market."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from enabler.domain.signals import Signal
from enabler.domain.vocabulary import Risk
from enabler.domain.waiting import Waiting
from enabler.domain.windows import Window


@dataclass(frozen=True, slots=True)
class ClaimView:
    """Somebody has it in hand: a colleague, by name, or the reader (``mine``)."""

    by: str
    mine: bool
    since: datetime


@dataclass(frozen=True, slots=True)
class EntryView:
    """One thing that waits. No name, number or address is in it.

    ``because`` are codes, the plainest reason first; ``ref`` leads to it (of a message: nothing).
    ``due`` is None while the ``author`` is asked; ``answered``: the author answered since.
    ``opens_at``: when it opens by itself, unless somebody takes it in hand.
    ``own``: it is the reader's own, or was decided by them, so that another one decides.
    Of a need: ``urgent`` by the ruleset, ``any_time`` is as soon as possible. Of a report: its
    ``state``; ``unseen``: a worry that nobody has seen.
    """

    kind: str
    ref: str
    risk: Risk
    because: tuple[str, ...]
    since: datetime
    due: datetime | None
    overdue: bool
    level: int
    ward: str | None
    categories: tuple[str, ...] = ()
    words: str = ""
    organisation: str | None = None
    about_kind: str | None = None
    about_ref: str | None = None
    claim: ClaimView | None = None
    asked: bool = False
    answered: bool = False
    own: bool = False
    urgent: bool = False
    any_time: bool = False
    needed_by: datetime | None = None
    helpers_asked: int = 0
    declined: int = 0
    signals: tuple[Signal, ...] = ()
    kinds: tuple[str, ...] = ()
    call_back: bool = False
    gathered: bool = False
    state: str | None = None
    unseen: bool = False
    opens_at: datetime | None = None
    version: str | None = None
    number: int | None = field(default=None, repr=False)  # for services alone

    @property
    def in_bulk(self) -> bool:
        """Whether it can be decided with others at once."""
        held = self.kind in ("need", "offer", "organisation")
        return held and self.risk is Risk.LOW and not self.own and not self.asked


@dataclass(frozen=True, slots=True)
class WardWaitingView:
    """A ward by name, and how many people wait in it."""

    name: str
    waiting: Waiting


@dataclass(frozen=True, slots=True)
class WardsView:
    """A councillor's own wards, in order of their names."""

    wards: tuple[WardWaitingView, ...]


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
    """What waits at the custodians' desk, the next to decide on top.

    ``entries`` are those of this page that the sieve lets through, of ``found`` on all pages;
    ``counts`` of all by kind, ``overdue`` of all. ``reports``: those that the reader reads, of
    ``reports_waiting``. ``hours_waiting``: how many things about hours the reader may decide, the
    oldest since ``hours_since``; None: none of theirs. ``proposals``: places that propose limits
    for hours. ``counts_hours``: the place has a time bank. ``visits_waiting``: of how many visits
    somebody has to decide whether what was said counts, and of how many members much counts lately.
    """

    entries: tuple[EntryView, ...]
    found: int
    page: int
    pages: int
    counts: Mapping[str, int]
    wards: tuple[str, ...]
    overdue: int
    reports: tuple[ReportView, ...]
    reports_waiting: int
    hours_waiting: int | None = None
    hours_since: datetime | None = None
    counts_hours: bool = False
    proposals: tuple[str, ...] = ()
    visits_waiting: int = 0

    def of(self, *kinds: str) -> tuple[EntryView, ...]:
        """The entries of these kinds, in their order."""
        return tuple(one for one in self.entries if one.kind in kinds)


@dataclass(frozen=True, slots=True)
class AskedView:
    """What the author was asked, and said."""

    words: str
    asked_at: datetime
    answer: str | None
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class HappenedView:
    """What was done to a thing at the desk: a code, by whom (a colleague's name; None: by no
    member), as what kind of actor, when, in what words."""

    what: str
    by: str | None
    kind: str
    mine: bool
    at: datetime
    words: str | None


@dataclass(frozen=True, slots=True)
class CaseView:
    """One thing as it is decided about. ``may``: what can be decided now, as codes; ``last``: what
    was decided last; ``lifts``: of what is suspended, when it is looked at again."""

    kind: str
    ref: str
    state: str
    version: str
    risk: Risk
    categories: tuple[str, ...]
    words: str
    because: str
    since: datetime
    ward: str | None
    organisation: str | None
    giver_ref: str | None
    missing_credentials: tuple[str, ...]
    may: tuple[str, ...]
    own: bool
    claim: ClaimView | None
    asked: tuple[AskedView, ...]
    signals: tuple[Signal, ...]
    last: HappenedView | None
    answers: tuple[tuple[str, str, str], ...]  # standard ones: ref, name, words
    reach_metres: int | None = None
    undo_until: datetime | None = None
    lifts: datetime | None = None
    urgent: bool = False
    any_time: bool = False
    windows: tuple[Window, ...] = ()  # of a need: when it is wanted, unless at any time
    setting: str | None = None  # of a need: where they meet, what is so then, and what it asks
    circumstances: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
