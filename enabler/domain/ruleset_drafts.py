"""A draft of a place's rules, and versions of them, of drafts or of the place's files (pure)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class DraftState(StrEnum):
    """Where a draft stands."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class RulesetDraft:
    """A draft of a place's rules. ``version`` counts its edits; ``policy`` is as in a ruleset row.

    ``from_at`` None: as soon as it is approved. ``wards`` are the codes that its area was made of;
    with an ``area`` and no wards the area was drawn. ``answer_by``: so long a proposal waits.
    """

    id: int
    place_id: int
    ref: str
    version: int
    name: str
    state: DraftState
    policy: Mapping[str, Any]
    based_on_id: int
    from_at: datetime | None
    until_at: datetime | None
    wards: tuple[str, ...]
    drafted_by: int
    drafted_at: datetime
    changed_by: int
    changed_at: datetime
    words: str | None
    proposed_by: int | None
    proposed_at: datetime | None
    answer_by: datetime | None
    decided_by: int | None
    decided_at: datetime | None
    decided_words: str | None
    ruleset_id: int | None

    def state_at(self, now: datetime) -> DraftState:
        """Where it stands at a moment: what nobody answered in time has lapsed by itself."""
        late = self.state is DraftState.PROPOSED and (self.answer_by or now) <= now
        return DraftState.LAPSED if late else self.state


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a place's rules that was approved, or came with the place's files.

    ``covers``: the area alone, where it has one. ``desk``: approved by a second person; else it
    came with the files. ``name`` and ``draft_ref`` are its draft's.
    """

    id: int
    number: int
    policy: Mapping[str, Any]
    from_at: datetime
    until_at: datetime | None
    covers: bool
    desk: bool
    name: str
    wards: tuple[str, ...]
    proposed_by: int | None
    approved_by: int | None
    draft_ref: str | None


def over_at(version: Version, others: Collection[Version]) -> datetime | None:
    """When a version of the whole place is over for good: at its end, or when the next one without
    an end begins. None: it is not known to be over. Of an area's rules: their end alone."""
    if version.covers or version.until_at is not None:
        return version.until_at
    begun = (version.from_at, version.number)
    later = [
        one.from_at for one in others
        if not one.covers and one.until_at is None and (one.from_at, one.number) > begun
    ]  # fmt: skip
    return min(later, default=None)
