"""Matching without a round: needs are served one after the other, and no answer is taken back.

What a place does that has no engine, for comparison; and what the engine does between rounds, when
the last round's prices say whom to keep back.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bench.places import Ints, Place
from enabler.matching.rows import Rows

Preference = NDArray[np.int64]
"""Per row, the greater the better; a tie goes to the row that comes first."""


@dataclass(frozen=True)
class Served:
    """How many slots were filled, and the total score."""

    filled: int
    objective: int


def in_turn(rows: Rows, place: Place, order: Ints, preference: Preference) -> Served:
    """Each need in this order takes the offers it prefers among those with capacity left."""
    room = place.capacity.copy()
    filled = objective = 0
    for need in order.tolist():
        start, end = int(rows.first[need]), int(rows.first[need + 1])
        free = start + np.flatnonzero(room[rows.offer[start:end]] > 0)
        best = free[np.argsort(-preference[free], kind="stable")[: place.slots[need]]]
        room[rows.offer[best]] -= 1
        filled += len(best)
        objective += int(rows.score[best].sum())
    return Served(filled, objective)


def best_pair_first(rows: Rows, place: Place) -> Served:
    """All pairs by score: the best of all is taken, then the next that still can be."""
    need = needs_of(rows)
    room, open_slots = place.capacity.copy(), place.slots.copy()
    filled = objective = 0
    for row in np.argsort(-rows.score, kind="stable").tolist():
        if open_slots[need[row]] and room[rows.offer[row]]:
            open_slots[need[row]] -= 1
            room[rows.offer[row]] -= 1
            filled += 1
            objective += int(rows.score[row])
    return Served(filled, objective)


def arrival(place: Place, seed: int) -> Ints:
    """The needs in the order in which they came: any order, by this seed."""
    return np.random.default_rng([seed, 1]).permutation(len(place.slots))


def fewest_first(rows: Rows) -> Ints:
    """The needs that have the fewest candidates first."""
    return np.argsort(np.diff(rows.first), kind="stable")


def by_score(rows: Rows, place: Place) -> Preference:
    """Best score first."""
    return rows.score.astype(np.int64)


def by_nearness(rows: Rows, place: Place) -> Preference:
    """Nearest first, in whole metres."""
    wanted, given, need = place.wanted, place.given, needs_of(rows)
    dx = wanted.easting[need].astype(np.float64) - given.easting[rows.offer]
    dy = wanted.northing[need].astype(np.float64) - given.northing[rows.offer]
    return -np.rint(np.hypot(dx, dy)).astype(np.int64)


def by_score_less(price: Ints) -> Callable[[Rows, Place], Preference]:
    """Best score less the offer's price first. A price above the range of the scores says no more
    than *only if there is nobody else*, so it is cut off there.
    """

    def preference(rows: Rows, place: Place) -> Preference:
        score = rows.score.astype(np.int64)
        most = int(score.max(initial=0) - score.min(initial=0))
        return score - np.minimum(price, most)[rows.offer]

    return preference


def needs_of(rows: Rows) -> Ints:
    """The need of each row."""
    return np.repeat(np.arange(len(rows.first) - 1), np.diff(rows.first))
