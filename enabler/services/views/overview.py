"""The market of a place at one look, for those who keep it."""

from dataclasses import dataclass
from datetime import datetime

from enabler.domain.vocabulary import Channel
from enabler.services._outlines import WardsPicture


@dataclass(frozen=True, slots=True)
class UnmetRow:
    """A ward, with how much was ``asked`` in it of late, what ``waits`` for a yes (the longest
    ``since``) and what ended with nobody found (``missed``)."""

    code: str
    name: str
    asked: int
    waits: int
    missed: int
    since: datetime | None

    @property
    def unmet(self) -> int:
        """What waits or ended with nobody found."""
        return self.waits + self.missed


@dataclass(frozen=True, slots=True)
class UnmetKind:
    """The same of a kind of help."""

    category: str
    asked: int
    waits: int
    missed: int
    since: datetime | None


@dataclass(frozen=True, slots=True)
class IdleView:
    """An open offer by which nobody was ever asked."""

    ref: str
    ward: str
    since: datetime


@dataclass(frozen=True, slots=True)
class SendingView:
    """Messages of a channel of the last days: those that left, that wait, and that did not arrive,
    by why (a code; empty: we do not know yet)."""

    channel: Channel
    left: int
    waiting: int
    failing: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class SpendView:
    """A month (year, number): texts and the parts they are paid by, what that costs (None: no
    price is known), and what helpers laid out. Pence."""

    month: tuple[int, int]
    texts: int
    parts: int
    texts_pence: int | None
    laid_out_pence: int


@dataclass(frozen=True, slots=True)
class OverviewView:
    """All of it. ``days``: how far back is counted; ``category``: of this kind alone."""

    now: datetime
    days: int
    category: str | None
    wards: tuple[UnmetRow, ...]
    kinds: tuple[UnmetKind, ...]
    picture: WardsPicture
    idle_count: int
    idle: tuple[IdleView, ...]
    sending: tuple[SendingView, ...]
    sending_days: int
    spend: tuple[SpendView, ...]
