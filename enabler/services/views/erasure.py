"""Deleting an account: what goes, what stays, what comes first; and the desk's part of it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ErasureView:
    """What becomes of an account. ``first``: codes of what must happen before; ``organisations``:
    that nobody else leads. ``reach``: phone or mail, where the code goes; None: there is no way.
    ``tells_of_duty``: a lead lets them know that a duty keeps something."""

    first: tuple[str, ...]
    organisations: tuple[str, ...]
    reach: str | None
    needs: int
    visits: int
    offers: int
    minutes: int
    tells_of_duty: bool


@dataclass(frozen=True, slots=True)
class RequestView:
    """What was asked for at the desk about a member, by ref. ``name`` only where it is decided;
    ``tells``: they may be written to; ``allowed_from``: nobody says yes before; None: nobody was
    written to, so that nobody has to wait."""

    ref: str
    member_ref: str
    state: str
    asked_at: datetime
    mine: bool
    words: str = ""
    name: str | None = None
    first: tuple[str, ...] = ()
    decided_at: datetime | None = None
    decided_words: str | None = None
    tells: bool = True
    allowed_from: datetime | None = None
    waits: bool = False


@dataclass(frozen=True, slots=True)
class HoldView:
    """A duty that stands of a member, by ref."""

    member_ref: str
    words: str
    tells: bool
    since: datetime


@dataclass(frozen=True, slots=True)
class KeptView:
    """Who somebody was whose account is deleted, as long as a duty needs it."""

    member_ref: str
    since: datetime
    name: str
    reached_at: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ErasureDeskView:
    """Requests that wait; ``is_lead``: the reader keeps duties, too."""

    waiting: tuple[RequestView, ...]
    is_lead: bool


@dataclass(frozen=True, slots=True)
class DutiesView:
    """Duties that stand, and who is kept by one."""

    holds: tuple[HoldView, ...]
    kept: tuple[KeptView, ...]
