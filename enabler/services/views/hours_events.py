"""Time that was written down afterwards: as whoever writes it checks it, and as it stands then."""

from dataclasses import dataclass, field
from datetime import date, datetime

from enabler.services.views.hours import OtherSide


@dataclass(frozen=True, slots=True)
class EventStart:
    """What whoever writes an afternoon down should know: for which organisation (None: for the
    community's pot), how many minutes that has now, the most for one person, after how many days
    it counts, and which ways are for them (many-to-one, one-to-many)."""

    organisation: str | None
    organisation_ref: str | None
    room: int | None
    most_each: int
    confirm_days: int
    ways: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonView:
    """Somebody who was there, by ref; the name only where the reader may have it."""

    ref: str
    name: str | None
    minutes: int


@dataclass(frozen=True, slots=True)
class EventCheckView:
    """An afternoon as it would be written down now. ``one`` taught, where one did; ``counts_at``:
    when it counts, if nobody speaks against it."""

    way: str
    words: str
    on_day: date
    people: tuple[PersonView, ...]
    one: PersonView | None
    minutes: int
    start: EventStart
    counts_at: datetime


@dataclass(frozen=True, slots=True)
class OwnPart:
    """The reader's own part: whether they receive the minutes or give them, and how it stands
    (open, disputed, counted or left-out). ``unpaid``: minutes of it for which an organisation or a
    pot has no hours; what another member has is not told."""

    earns: bool
    minutes: int
    state: str
    unpaid: int = 0


@dataclass(frozen=True, slots=True)
class SideView:
    """One payer and one earner. ``by_pot``, ``unpaid`` and ``words`` (of whoever says that it was
    otherwise) are for custodians, and ``unpaid`` for those who lead the organisation that pays:
    what somebody has is theirs to know."""

    nth: int
    payer: OtherSide
    earner: OtherSide
    minutes: int
    state: str
    by_pot: int | None = None
    unpaid: int | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class HoursEventView:
    """What was written down. ``sides`` are for those who may write it down and for custodians,
    ``known_by`` for custodians alone. ``may``: dispute, decide,
    take-back."""

    ref: str
    way: str
    words: str | None
    on_day: date
    category: str | None
    organisation: str | None
    organisation_ref: str | None
    counts_at: datetime
    over: bool
    mine: OwnPart | None
    sides: tuple[SideView, ...] = ()
    known_by: str | None = None
    may: frozenset[str] = field(default=frozenset())
    timezone: str = "UTC"


@dataclass(frozen=True, slots=True)
class NotedView:
    """Something written down that has not come to its end, for the desk's list. ``disputed``:
    somebody says that it was otherwise, and it waits for a custodian."""

    ref: str
    way: str
    words: str | None
    category: str | None
    on_day: date
    organisation: str | None
    counts_at: datetime
    disputed: bool
