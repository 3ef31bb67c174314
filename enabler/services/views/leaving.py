"""Leaving the time bank: what one has to say first, and what a custodian evens out."""

from dataclasses import dataclass
from datetime import datetime

from enabler.services.views.hours import BalanceView, OtherSide


@dataclass(frozen=True, slots=True)
class LeavingView:
    """How a member may leave. ``state``: open, helps (agreed help comes first, ``helps`` of it),
    waits (a custodian balances it, asked at ``since``), left.

    To whom hours above zero may go: ``people`` whom one met, ``organisations``, ``pots`` but the
    community's, which is always there.
    """

    state: str
    balance: BalanceView
    helps: int = 0
    since: datetime | None = None
    people: tuple[OtherSide, ...] = ()
    organisations: tuple[OtherSide, ...] = ()
    pots: tuple[OtherSide, ...] = ()


@dataclass(frozen=True, slots=True)
class LeaverView:
    """A member who waits to leave: ``minutes`` that they have had more than they gave."""

    ref: str
    minutes: int
    since: datetime


@dataclass(frozen=True, slots=True)
class LeaverAtDeskView:
    """One of them, or None if they wait no more; the pots, and whether each has enough."""

    ref: str
    leaver: LeaverView | None
    helps: int
    pots: tuple[tuple[OtherSide, bool], ...]
