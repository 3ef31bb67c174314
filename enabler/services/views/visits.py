"""The day of a visit, as its two sides see it; the visits that the desk watches over."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class VisitDayView:
    """What is asked of whoever comes, and how far the day is.

    ``word`` is said at the door, once both are brought together. ``steps`` are what the help asks
    for: pair, call-first, receipt, check-in, and of a new helper where the two meet: meet-public or
    meet-doorstep; ``noted`` those of them that are done. ``missing``:
    what the helper's side lacks now: checks, or *stopped*, for the helper to read. ``kept_away``:
    something is missing, and the helper may not come now. ``waits_until``: for the asker, when
    others are asked if that is not put right. ``may``: what the reader can do now, of watch, rang,
    no-money, arrive, leave, stay, stuck, wrong-word.
    """

    steps: tuple[str, ...]
    noted: frozenset[str] = frozenset()
    word: str | None = None
    watched: bool = False
    arrived_at: datetime | None = None
    left_at: datetime | None = None
    until_at: datetime | None = None
    stuck_at: datetime | None = None
    missing: tuple[str, ...] = ()
    kept_away: bool = False
    waits_until: datetime | None = None
    may: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class WatchedView:
    """A visit that somebody of the desk is to see to. ``because``: overdue or stuck."""

    match_ref: str
    category: str
    ward: str
    start_at: datetime | None
    until_at: datetime | None
    arrived_at: datetime | None
    because: str
    since: datetime | None


@dataclass(frozen=True, slots=True)
class CallView:
    """Somebody to ring, and as what: helper, mate, asker, lead (of the helper's organisation), or
    *knows*: a safeguarding lead, instead of somebody whom the reader may not know."""

    who: str
    name: str
    phone: str | None
    mail: str | None


@dataclass(frozen=True, slots=True)
class SinceView:
    """Something that was said or done of a visit: stuck, wrong_word, arrive, leave, stay, cleared,
    or how its match went on."""

    what: str
    at: datetime


@dataclass(frozen=True, slots=True)
class WatchedCaseView:
    """One such visit with whom to ring, in order. ``address`` and ``postcode``: where the helper
    is, for whoever may have to send somebody; None where the reader may not know (of somebody
    hidden), or need not any more. ``version`` is what the reader has seen by now, ``since`` what
    came after what they had seen before."""

    visit: WatchedView
    calls: tuple[CallView, ...]
    address: str | None
    postcode: str | None
    cleared: bool
    version: int = 0
    since: tuple[SinceView, ...] = ()
