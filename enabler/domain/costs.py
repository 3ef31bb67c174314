"""What a helper spent for an asker: in pence, beside a match, never in the ledger of hours."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from enabler.domain.errors import WrongMoment
from enabler.domain.matches import Match
from enabler.domain.needs import Need
from enabler.domain.vocabulary import MatchState

MOST_OF_A_MATCH = 20
"""So many things may be noted beside one match."""
NOTED_AFTER = timedelta(days=31)
"""So long after the help it can be noted: nobody hears of money, nor from whoever helped them once,
for ever."""
_MET = frozenset(
    {
        MatchState.ACCEPTED,
        MatchState.ARRANGED,
        MatchState.DONE,
        MatchState.CONFIRMED,
        MatchState.DISPUTED,
    }
)


class CostKind(StrEnum):
    """What the money was for."""

    MATERIALS = "materials"
    FARE = "fare"
    OTHER = "other"


class CostState(StrEnum):
    """How far it is: *agreed*, the asker says that it is right; *disputed*, that it is not;
    *settled*, the helper has the money; *withdrawn*, the helper took it back."""

    NOTED = "noted"
    AGREED = "agreed"
    DISPUTED = "disputed"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"


_C = CostState
MOVES: Mapping[CostState, frozenset[CostState]] = {
    _C.NOTED: frozenset({_C.AGREED, _C.DISPUTED, _C.SETTLED, _C.WITHDRAWN}),
    _C.DISPUTED: frozenset({_C.AGREED, _C.SETTLED, _C.WITHDRAWN}),
    _C.AGREED: frozenset({_C.SETTLED, _C.WITHDRAWN}),
    _C.SETTLED: frozenset(),
    _C.WITHDRAWN: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Cost:
    """One thing that was paid for. ``has_receipt``: its receipt lies beside it."""

    id: int
    place_id: int
    match_id: int
    ref: str
    by_member_id: int
    kind: str
    pence: int
    words: str
    state: CostState
    noted_at: datetime
    answered_by: int | None
    answer_words: str | None
    has_receipt: bool


def is_met(state: MatchState) -> bool:
    """Whether something can have been spent in a match by now."""
    return state in _MET


def is_noted_late(match: Match, need: Need, now: datetime) -> bool:
    """Whether it is too long ago to note what was spent."""
    over = match.confirmed_at or max(match.visit_end or need.needed_by, need.needed_by)
    return now > over + NOTED_AFTER


def moved(cost: Cost, to: CostState) -> CostState:
    """The state that a cost comes to. Raises WrongMoment where it cannot from where it is."""
    if to not in MOVES[cost.state]:
        raise WrongMoment(f"cost_is_{cost.state.value}", state=cost.state.value)
    return to
