"""Messages that wait for a look: as custodians see them, and as the two sides do."""

from dataclasses import dataclass
from datetime import datetime

from enabler.domain.signals import Signal


@dataclass(frozen=True, slots=True)
class WaitingMessageView:
    """One in the list: why it waits, nobody's words."""

    ref: str
    at: datetime
    signals: tuple[Signal, ...]


@dataclass(frozen=True, slots=True)
class HeldMessageView:
    """One of them, to decide about. ``side``: asker or helper wrote it; ``state``: waits, passed
    or stopped."""

    ref: str
    match_ref: str
    side: str
    words: str
    at: datetime
    state: str
    signals: tuple[Signal, ...]


@dataclass(frozen=True, slots=True)
class NotPassedView:
    """A message that the other side does not have. ``words`` are for its writer alone; anybody
    else learns that one waits."""

    at: datetime
    state: str
    mine: bool
    words: str | None
