"""Rules that end before their time: a flood is over, or what was approved is not wanted (pure)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from enabler.domain.ruleset_drafts import DraftState, Version, over_at


@dataclass(frozen=True, slots=True)
class RulesetEnding:
    """What somebody proposes: that a version of the rules ends as soon as another one agrees.

    It is never a draft. ``answer_by``: so long it waits for a second person.
    """

    id: int
    place_id: int
    ref: str
    ruleset_id: int
    state: DraftState
    words: str | None
    proposed_by: int
    proposed_at: datetime
    answer_by: datetime
    decided_by: int | None
    decided_at: datetime | None
    decided_words: str | None

    def state_at(self, now: datetime) -> DraftState:
        """Where it stands at a moment: what nobody answered in time has lapsed by itself."""
        late = self.state is DraftState.PROPOSED and self.answer_by <= now
        return DraftState.LAPSED if late else self.state


def can_end(version: Version, versions: Collection[Version], now: datetime) -> bool:
    """Whether a version can end now: it is not over, and other rules of the whole place, that have
    no end, hold then. So what holds until other rules take its place is never ended, for with it
    would go what everybody goes by: other rules are drafted instead."""
    over = over_at(version, versions)
    if over is not None and over <= now:
        return False
    if not version.covers and version.until_at is None and version.from_at <= now:
        return False
    return any(
        not one.covers and one.until_at is None and one.from_at <= now
        for one in versions if one.id != version.id
    )  # fmt: skip
