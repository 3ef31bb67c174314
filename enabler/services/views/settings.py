"""What members see and choose of their own account."""

from dataclasses import dataclass
from datetime import datetime

from enabler.domain.vocabulary import Role, Way


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
class SightView:
    """Somebody saw something of the member's. ``who``: helper, asker, role, yourself… a code."""

    at: datetime
    who: str
    role: Role | None
    what: tuple[str, ...]
    why: str
    subject_ref: str | None


@dataclass(frozen=True, slots=True)
class ConsentView:
    """What the member agreed to, and when."""

    wording: str
    version: int
    given_at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class LookedView:
    """What we know of the member, who has looked, and what they agreed to."""

    details: DetailsView
    sights: tuple[SightView, ...]
    consents: tuple[ConsentView, ...]
