"""A need, as the hall works with it."""

from dataclasses import dataclass
from datetime import datetime

from enabler.domain.meeting import Setting
from enabler.domain.members import CellPoint
from enabler.domain.vocabulary import NeedState, NextStep, Outcome
from enabler.domain.windows import Window


@dataclass(frozen=True, slots=True)
class Need:
    """What somebody asks for. Its exact address is not here: it is read where it may be shown."""

    id: int
    place_id: int
    ref: str
    asker_id: int
    category: str
    words: str
    cell: CellPoint
    duration_minutes: int
    slots: int
    slots_filled: int
    priority: int
    circumstance: int
    requires: tuple[str, ...]
    languages_required: tuple[str, ...]
    preferences: tuple[str, ...]
    reach_metres: int | None
    windows: tuple[Window, ...]  # empty: any time
    state: NeedState
    held_because: str | None
    ruleset_id: int
    wave: int
    next_step: NextStep | None
    next_step_at: datetime | None
    repeats_id: int | None
    outcome: Outcome | None
    posted_at: datetime
    needed_by: datetime
    ended_at: datetime | None = None
    version: int = 1
    chased: int = 0  # how often its people were asked about its next step
    setting: Setting | None = None  # where it happens; None: nobody said
    circumstances: tuple[str, ...] = ()
    organisation_id: int | None = None  # that asks; ``asker_id`` is then who wrote it down for it
