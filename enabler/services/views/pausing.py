"""A member's rest, and what they decide about before it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class NeedToKeep:
    """One open need that may be kept or taken back. ``helpers``: how many said yes."""

    ref: str
    category: str
    words: str
    helpers: int


@dataclass(frozen=True, slots=True)
class PauseView:
    """How a member stands: ``paused``, since when and until when (None: until they come back).

    ``needs`` are asked about, ``offers`` rest with them, ``visits`` that they agreed to stand.
    """

    paused: bool
    since: datetime | None
    until: datetime | None
    needs: tuple[NeedToKeep, ...]
    offers: int
    visits: int
