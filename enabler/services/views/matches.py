"""A match as its two sides see it."""

from dataclasses import dataclass
from datetime import datetime

from enabler.domain.matches import Reason
from enabler.domain.meeting import Setting
from enabler.domain.vocabulary import MatchState
from enabler.domain.windows import Window
from enabler.services.views.conversations import ConversationView
from enabler.services.views.help_hours import HelpHoursView
from enabler.services.views.places import Roughly
from enabler.services.views.visits import VisitDayView


@dataclass(frozen=True, slots=True)
class SaidView:
    """What the other side of a dispute wrote, and the report in which it stands."""

    report: str
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class DisputeView:
    """Of help whose two do not agree, for the desk: which side said last how long it took and when,
    when whoever went said that they arrived and had left, and what the other side wrote ``against``
    it."""

    said_by: str
    said_at: datetime | None
    arrived_at: datetime | None
    left_at: datetime | None
    against: tuple[SaidView, ...] = ()


@dataclass(frozen=True, slots=True)
class MatchView:
    """A match as its asker or its helper sees it. ``may`` holds what the reader can do now:
    accept, decline, release, arrange, done, confirm, correct, dispute, report, apart, together; of
    an organisation's also assign, hand_back."""

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
    setting: Setting | None  # where they meet, and what is so then
    circumstances: tuple[str, ...]
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
    conversation: ConversationView | None = None  # on the match's own page, while it is open
    unread: int = 0  # in lists: lines that the reader has not read
    address_after: datetime | None = None  # the reader's phone or mail changed lately: until then
    access_needs: tuple[str, ...] = ()  # of the asker, for the accepted helper
    access_words: str | None = None
    asking: str | None = None  # the organisation that asks, and its ref: public
    asking_ref: str | None = None
    changed: tuple[str, ...] = ()  # what the asker changed since the helper said yes
    by_council: bool = False  # staff bring the two together: neither reads who the other is
    day: VisitDayView | None = None  # on its own page: what is asked of whoever comes
    hours: HelpHoursView | None = None  # on its own page: what it is to the time bank
    dispute: DisputeView | None = None
    by_name: str | None = None  # the supporter who asked in the asker's name, once it is agreed
