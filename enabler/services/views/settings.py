"""What members see and choose of their own account."""

from dataclasses import dataclass
from datetime import date, datetime

from enabler.domain.vocabulary import Way


@dataclass(frozen=True, slots=True)
class ContactChangeView:
    """A change of phone or mail address, to whoever was told of it: never the values."""

    kind: str
    at: datetime
    open: bool  # it can be refused now
    refused: bool
    place_id: int


@dataclass(frozen=True, slots=True)
class DetailsView:
    """What a member told us of themself, to the member alone."""

    ref: str
    name: str
    shown_name: str
    language: str
    languages: tuple[str, ...]
    postcode: str | None
    address: str | None
    ward: str | None
    phone: str | None
    mail: str | None
    stopped: bool
    mail_stopped: bool
    access_needs: tuple[str, ...]
    access_words: str | None
    access_agreed: bool  # that we keep what helps them
    caution_until: datetime | None
    needs_at_home: int  # open needs that keep the place they were asked for


@dataclass(frozen=True, slots=True)
class NoticesView:
    """How a member wants to be told of things; times of day are minutes of the local day."""

    asks: Way
    news: Way
    reminders: Way
    bulletins: Way
    phone: bool
    mail: bool
    stopped: bool
    mail_stopped: bool
    marked: bool  # texts do not reach their number
    quiet_from: int | None
    quiet_until: int | None
    night_asks: bool
    asks_per_week: int | None
    place_quiet_from: int
    place_quiet_until: int
    place_asks_per_week: int


@dataclass(frozen=True, slots=True)
class BrowserView:
    """A browser that is signed in as the member."""

    mark: str  # names it in a form; says nothing by itself
    since: datetime
    last_seen: datetime
    here: bool
    shared: bool


@dataclass(frozen=True, slots=True)
class LookedDayView:
    """What one viewer saw of the member on one local day, for one reason. ``who``: helper, asker,
    staff, member, operator; ``role``: of staff, as it was then; ``organisation``: for which they
    acted. ``first``, ``last``, ``times``: when and how often. ``reason``: why they say they looked
    the member up. ``mark`` names viewer and day in a form, and says nothing by itself;
    ``asked_ref``: the report in which the member asked why."""

    day: date
    first: datetime
    last: datetime
    times: int
    who: str
    role: str | None
    organisation: str | None
    what: tuple[str, ...]
    why: str
    reason: str | None
    reason_words: str | None
    subject_ref: str | None
    mark: str
    asked_ref: str | None
    may_ask: bool


@dataclass(frozen=True, slots=True)
class LookedView:
    """Who has looked at the member, day by day, the newest first; ``more``: there is older."""

    days: tuple[LookedDayView, ...]
    more: bool
