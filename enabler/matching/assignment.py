"""Many needs at once: which pairs to choose, exactly optimal, with the proof.

The door to :mod:`enabler.matching.solving`: pairs in any order, checked, sorted into rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from enabler.domain.errors import Invalid
from enabler.matching.arrays import Ints
from enabler.matching.results import Assignment
from enabler.matching.rows import Rows
from enabler.matching.solving import FEW, choose
from enabler.matching.whole import whole_column, whole_number, whole_numbers, within

SCORE_LIMIT = 2**31


def assign(
    need: ArrayLike,
    offer: ArrayLike,
    score: ArrayLike,
    slots: ArrayLike,
    capacity: ArrayLike,
    *,
    priority: ArrayLike | None = None,
    further: int = 0,
) -> Assignment:
    """Choose pairs so that most slots are filled, and among those choices the score is greatest.

    ``need``, ``offer``: positions, one row per pair that may be chosen; where a pair is given
    twice its better row counts. ``score``: whole numbers of any sign (int, or float that is
    whole), below 2**31 in size. ``slots``: per need, ``capacity``: per offer, at least 0.
    ``priority``: per need, whole numbers of any size above 0; without it all are alike.
    ``further``: points, a whole number of any size from 0; the k-th further match of one offer
    costs ``further`` x k (k + 1) / 2.

    The order of the rows changes nothing; among equal optima the positions decide. Raises
    :class:`Invalid` for arguments that make no sense, and :class:`ProofFailed` rather than
    return what is not optimal. Time: sorting the rows, then one search per slot.
    """
    problem = _read(need, offer, score, slots, capacity, priority)
    rows, order = _rows(problem)
    choice = choose(
        rows, problem.slots, problem.capacity,
        priority=problem.priority, further=_not_below_zero("further", further),
    )  # fmt: skip
    return Assignment(
        need=choice.need,
        offer=choice.offer,
        pair=order[choice.row],
        need_price=choice.need_price,
        offer_price=choice.offer_price,
        worth=choice.worth,
        filled=choice.filled,
        objective=choice.objective,
        optimal=True,
    )


@dataclass(frozen=True)
class _Problem:
    need: Ints
    offer: Ints
    score: Ints
    slots: Ints
    capacity: Ints
    priority: Sequence[int] | None


def _rows(problem: _Problem) -> tuple[Rows, Ints]:
    """The pairs as rows, and which given row each is."""
    from enabler.matching.kernels.compiling import compiled
    from enabler.matching.kernels.sorting import sort_into_rows

    first = np.zeros(len(problem.slots) + 1, dtype=np.int64)
    sort = compiled(sort_into_rows) if len(problem.need) > FEW else sort_into_rows
    order = sort(problem.need, problem.offer, problem.score, len(problem.capacity), first)
    offer, score = problem.offer[order], problem.score[order]
    return Rows(first, offer.astype(np.int32), score.astype(np.int32)), order


def _read(
    need: ArrayLike,
    offer: ArrayLike,
    score: ArrayLike,
    slots: ArrayLike,
    capacity: ArrayLike,
    priority: ArrayLike | None,
) -> _Problem:
    places, room = whole_column("slots", slots), whole_column("capacity", capacity)
    left, right, points = (
        whole_column("need", need),
        whole_column("offer", offer),
        whole_column("score", score),
    )
    if not len(left) == len(right) == len(points):
        raise Invalid("score", "lengths_differ")
    within("slots", places, 0, None)
    within("capacity", room, 0, None)
    within("need", left, 0, len(places) - 1)
    within("offer", right, 0, len(room) - 1)
    within("score", points, 1 - SCORE_LIMIT, SCORE_LIMIT - 1)
    return _Problem(left, right, points, places, room, _priorities(priority, len(places)))


def _priorities(priority: ArrayLike | None, needs: int) -> Sequence[int] | None:
    if priority is None:
        return None
    given = whole_numbers("priority", priority)
    if len(given) != needs:
        raise Invalid("priority", "lengths_differ")
    if min(given, default=1) < 1:
        raise Invalid("priority", "out_of_range", low=1, high=None)
    return given


def _not_below_zero(name: str, given: int) -> int:
    number = whole_number(name, given)
    if number < 0:
        raise Invalid(name, "out_of_range", low=0, high=None)
    return number
