"""Mandates as the member, the supporter and the desk see them."""

from dataclasses import dataclass, field
from datetime import datetime

from enabler.domain.mandates import Basis, Ended, Hears, Scope
from enabler.domain.permissions import Actor


@dataclass(frozen=True, slots=True)
class ActingView:
    """For whom a browser acts at this moment, and as which actor."""

    actor: Actor
    ref: str
    name: str
    scopes: tuple[Scope, ...]


@dataclass(frozen=True, slots=True)
class BegunView:
    """A mandate that a desk just set up, and the name of whose it is."""

    ref: str
    name: str


@dataclass(frozen=True, slots=True)
class HelpedView:
    """Somebody for whom a supporter may act. Its end is not told: were it, one that was ended
    would look unlike one whose time is over."""

    ref: str
    name: str
    scopes: tuple[Scope, ...]
    organisation: str | None
    acting: bool = False


@dataclass(frozen=True, slots=True)
class DeedView:
    """Something that was done for a member: when, what (a noun.verb of the audit), by whom."""

    at: datetime
    what: str
    by: str
    kind: str
    ref: str | None


@dataclass(frozen=True, slots=True)
class SupporterView:
    """A mandate as the member who gave it sees it. ``soon``: it ends within 14 days; ``language``:
    in which they read what they agreed to, ``wording``: which words."""

    ref: str
    name: str
    organisation: bool
    scopes: tuple[Scope, ...]
    from_at: datetime
    until_at: datetime
    basis: Basis
    hears: Hears
    language: str
    is_open: bool
    soon: bool
    ended_at: datetime | None
    ended_because: Ended | None
    wording: str = "mandate"


@dataclass(frozen=True, slots=True)
class SupportersView:
    """Who acts for a member, who did, what waits for their answer, and what was done."""

    now: tuple[SupporterView, ...]
    before: tuple[SupporterView, ...]
    asked: tuple["AskView", ...]
    deeds: tuple[DeedView, ...]


@dataclass(frozen=True, slots=True)
class AskView:
    """A mandate that waits for an answer. ``name``: who asks, or whose consent it is; None where
    the reader is not to know yet. ``mine``: the reader asked for it. ``goes_on_from``: when what
    they may do already ends, where the ask is to go on with it."""

    ref: str
    name: str | None
    scopes: tuple[Scope, ...]
    days: int
    asked_at: datetime
    expires_at: datetime
    waits: bool
    mine: bool
    organisation: bool = False
    most_days: int = 180
    by_contact: tuple[str, ...] = ()
    to: str | None = field(default=None, repr=False)
    goes_on_from: datetime | None = None


@dataclass(frozen=True, slots=True)
class WitnessView:
    """What somebody at the desk recorded and waits for a second person. ``may``: the reader can be
    the second; ``basis``: whether it was said, written or in a power of attorney."""

    ask: AskView
    member: str
    supporter: str
    may: bool
    basis: Basis
    evidence: str | None = field(repr=False, default=None)


@dataclass(frozen=True, slots=True)
class CallerGaveView:
    """Somebody who rang, with what they have to know, and who may act for them now."""

    ref: str
    name: str
    phone_end: str | None
    given: tuple[SupporterView, ...]


@dataclass(frozen=True, slots=True)
class LookView:
    """A mandate at which a lead should look: whose it is, and why, as codes."""

    mandate: SupporterView
    member_ref: str
    member: str
    codes: tuple[str, ...]
