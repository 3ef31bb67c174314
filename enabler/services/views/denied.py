"""The deny list as the safeguarding lead reads it: refs, codes and moments, nobody's name."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class DenialView:
    """Somebody who was removed, and until when they are known again."""

    ref: str
    member_ref: str
    reason: str
    at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account that may be theirs: ``kinds`` say by what (phone, mail, name-postcode,
    name-home)."""

    ref: str
    kinds: tuple[str, ...]
    reason: str
    denied_ref: str
    since: datetime


@dataclass(frozen=True, slots=True)
class DeniedView:
    """The page: accounts that wait for the lead, the oldest first, and the list itself."""

    waiting: tuple[AccountView, ...]
    denied: tuple[DenialView, ...]


@dataclass(frozen=True, slots=True)
class PersonView:
    """One person, before the lead decides: their name is a sight. ``accounts``: how many reasons
    to look wait about them; ``years``: for how long they would be known again."""

    ref: str
    name: str
    state: str
    waiting: tuple[AccountView, ...]
    years: int
