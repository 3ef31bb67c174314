"""Checks as their holder, the desk, and those they are shown to see them."""

from dataclasses import dataclass
from datetime import datetime

from enabler.domain.vocabulary import CredentialKind
from enabler.services.views.relying import ReliedView


@dataclass(frozen=True, slots=True)
class CredentialView:
    """A check that was seen; never the paper itself. ``state``: holds, ended, revoked, to-come.

    ``by``: the member ref of whoever saw it, for the desk. ``from_place``: the place that saw it
    first, where it was carried.
    """

    ref: str
    kind: CredentialKind
    seen_on: datetime
    valid_until: datetime
    state: str
    note: str | None = None
    last_characters: str | None = None
    eligible_as: str | None = None
    waived: bool = False
    by: str | None = None
    agreed_by: str | None = None
    recorded_at: datetime | None = None
    revoked_at: datetime | None = None
    revoked_because: str | None = None
    from_place: str | None = None
    holder_ref: str | None = None
    holder_kind: str | None = None
    ends_soon: bool = False


@dataclass(frozen=True, slots=True)
class WantedView:
    """A check that a holder asks for."""

    ref: str
    kind: CredentialKind
    words: str | None
    asked_at: datetime
    holder_ref: str
    holder_kind: str


@dataclass(frozen=True, slots=True)
class WaiverView:
    """What one of the staff asks another to agree to. ``may_agree``: the reader can."""

    ref: str
    kind: CredentialKind
    until_at: datetime
    words: str
    asked_at: datetime
    holder_ref: str
    may_agree: bool


@dataclass(frozen=True, slots=True)
class GrantView:
    """A check that a member lets others see. ``to``: the name of the place or organisation;
    ``accepted``: that place has taken it over."""

    ref: str
    kind: CredentialKind
    to: str
    until_at: datetime
    accepted: bool


@dataclass(frozen=True, slots=True)
class GapView:
    """A yes that stands without a check: at ``release_at`` others are asked."""

    match_ref: str
    kinds: tuple[str, ...]
    since: datetime
    release_at: datetime


@dataclass(frozen=True, slots=True)
class MyChecksView:
    """A member's own: what was seen, what they wait for, whom they let see it, who looked."""

    credentials: tuple[CredentialView, ...]
    wanted: tuple[WantedView, ...]
    grants: tuple[GrantView, ...]
    looked: tuple[tuple[datetime, str], ...]  # when, and why: a code


@dataclass(frozen=True, slots=True)
class ShownView:
    """A check that a member lets the reader's place or organisation see."""

    grant_ref: str
    name: str
    holder_ref: str | None
    credential: CredentialView
    until_at: datetime
    from_place: str
    may_accept: bool
    accepted: bool


@dataclass(frozen=True, slots=True)
class ChecksDeskView:
    """What the desk has to do about checks, the most pressing first."""

    gaps: tuple[GapView, ...]
    wanted: tuple[WantedView, ...]
    waivers: tuple[WaiverView, ...]
    ending: tuple[CredentialView, ...]
    shown: int = 0


@dataclass(frozen=True, slots=True)
class HolderView:
    """One check with all that was ever recorded of its holder, the newest first."""

    credential: CredentialView
    history: tuple[CredentialView, ...]
    may_revoke: bool
    relied: tuple[ReliedView, ...] = ()  # what organisations count on of them, from elsewhere too
