"""Hidden members, as the safeguarding leads read of them."""

from dataclasses import dataclass, field
from datetime import datetime

from enabler.services.views.cases import HandView


@dataclass(frozen=True, slots=True)
class HiddenView:
    """One of them; ``readers`` are the staff who may know beside the leads, ``waiting`` the refs of
    help that is agreed with somebody who does not know them by name yet."""

    ref: str
    name: str = field(repr=False)
    since: datetime
    words: str = field(repr=False)
    readers: tuple[HandView, ...]
    waiting: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HiddenListView:
    """All of a place, and which staff could be named."""

    hidden: tuple[HiddenView, ...]
    staff: tuple[HandView, ...]
