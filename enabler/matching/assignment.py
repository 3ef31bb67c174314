"""Many needs at once: which pairs to choose, exactly optimal, with the proof.

First as many slots filled as can be, weighted by priority, then the greatest total score. Both
goals are one whole number per pair,

    value = rank x M + score,    M = 2 x (1 + most pairs that can be chosen) x max |score| + 1,

where rank is the place of the need's priority among the distinct priorities (1, 2, …). M is so
large that no sum of scores outweighs one rank, even with one place more than there is (so that a
price says truly what that place would add). Ranks do for priorities because the sets of slots
that can be filled together are the independent sets of a matroid (a gammoid of the flow network),
where the heaviest set depends on the order of the weights alone (Edmonds, *Matroids and the
greedy algorithm*, 1971). So priorities may be as huge as they like; and since the heaviest sets
are bases, weighting never lowers the number of slots filled.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from enabler.domain.errors import Invalid
from enabler.matching.arrays import Flags, Ints
from enabler.matching.flow import Flow
from enabler.matching.proof import Numbers, prove
from enabler.matching.results import Assignment

SCORE_LIMIT = 2**31
INT64_ROOM = 2**62


def assign(
    need: ArrayLike,
    offer: ArrayLike,
    score: ArrayLike,
    slots: ArrayLike,
    capacity: ArrayLike,
    *,
    priority: ArrayLike | None = None,
) -> Assignment:
    """Choose pairs so that most slots are filled, and among those choices the score is greatest.

    ``need``, ``offer``: positions, one row per pair that may be chosen; where a pair is given
    twice its better row counts. ``score``: whole numbers of any sign (int, or float that is
    whole), below 2**31 in size. ``slots``: per need, ``capacity``: per offer, at least 0.
    ``priority``: per need, whole numbers of any size above 0; without it all are alike.

    The order of the rows changes nothing; among equal optima the positions decide. Raises
    :class:`Invalid` for arguments that make no sense, and :class:`ProofFailed` rather than
    return what is not optimal. Time: one search per slot (see :mod:`enabler.matching.flow`).
    """
    problem = _read(need, offer, score, slots, capacity, priority)
    flow, pair = _solved(problem)
    chosen = np.zeros(len(problem.need), dtype=np.bool_)
    chosen[pair] = True
    need_price = _numbers(flow.need_price, problem.value.dtype)
    offer_price = _numbers(flow.offer_price, problem.value.dtype)
    _check(problem, chosen, need_price, offer_price)
    return Assignment(
        need=problem.need[pair],
        offer=problem.offer[pair],
        pair=pair,
        need_price=need_price,
        offer_price=offer_price,
        worth=problem.worth,
        filled=len(pair),
        objective=int(problem.score[pair].sum()),
        optimal=True,
    )


@dataclass(frozen=True)
class _Problem:
    need: Ints
    offer: Ints
    score: Ints
    slots: Ints
    capacity: Ints
    worth: Numbers
    value: Numbers


def _solved(problem: _Problem) -> tuple[Flow, Ints]:
    """The finished flow, and the chosen rows sorted by need, then offer.

    Needs of high priority and few pairs go first: then few slots are ever moved again.
    """
    order, row = _rows(problem)
    flow = Flow(
        row.tolist(),
        problem.offer[order].tolist(),
        problem.value[order].tolist(),
        problem.capacity.tolist(),
    )
    degree = np.diff(row)
    first = sorted(range(flow.needs), key=lambda i: (-problem.worth[i], degree[i], i))
    flow.fill(first, problem.slots.tolist())
    flow.settle_need_prices()
    pair = order[np.frombuffer(flow.chosen, dtype=np.bool_)]
    return flow, pair[np.lexsort((problem.offer[pair], problem.need[pair]))]


def _rows(problem: _Problem) -> tuple[Ints, Ints]:
    """Rows by need, dearest first, each pair once; and where each need's rows begin."""
    twice = np.lexsort((-problem.score, problem.offer, problem.need))
    need, offer = problem.need[twice], problem.offer[twice]
    again = (np.diff(need, prepend=-1) == 0) & (np.diff(offer, prepend=-1) == 0)
    once = twice[~again]
    order = once[np.lexsort((problem.offer[once], -problem.score[once], problem.need[once]))]
    counts = np.bincount(problem.need[order], minlength=len(problem.slots))
    return order, np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)


def _check(problem: _Problem, chosen: Flags, need_price: Numbers, offer_price: Numbers) -> None:
    """Prove it over the rows as they were given; the worse row of a pair given twice is no pair."""
    key = problem.need * max(1, len(problem.capacity)) + problem.offer
    worse = np.isin(key, key[chosen]) & ~chosen
    keep = ~worse
    prove(
        problem.need[keep],
        problem.offer[keep],
        problem.value[keep],
        problem.slots,
        problem.capacity,
        chosen[keep],
        need_price,
        offer_price,
    )


def _read(
    need: ArrayLike,
    offer: ArrayLike,
    score: ArrayLike,
    slots: ArrayLike,
    capacity: ArrayLike,
    priority: ArrayLike | None,
) -> _Problem:
    places, room = _whole("slots", slots), _whole("capacity", capacity)
    left, right, points = _whole("need", need), _whole("offer", offer), _whole("score", score)
    if not len(left) == len(right) == len(points):
        raise Invalid("score", "lengths_differ")
    _within("slots", places, 0, None)
    _within("capacity", room, 0, None)
    _within("need", left, 0, len(places) - 1)
    _within("offer", right, 0, len(room) - 1)
    _within("score", points, 1 - SCORE_LIMIT, SCORE_LIMIT - 1)
    rank = _ranks(priority, len(places))
    most = min(
        int(np.minimum(places, np.bincount(left, minlength=len(places))).sum()),
        int(np.minimum(room, np.bincount(right, minlength=len(room))).sum()),
    )
    unit = 2 * (most + 1) * int(np.abs(points).max(initial=0)) + 1
    dtype = np.dtype(np.int64 if unit * (max(rank, default=1) + 2) < INT64_ROOM else object)
    worth = _numbers([unit * one for one in rank], dtype)
    return _Problem(left, right, points, places, room, worth, worth[left] + points)


def _ranks(priority: ArrayLike | None, needs: int) -> list[int]:
    """1 for the lowest priority, 2 for the next, and so on."""
    if priority is None:
        return [1] * needs
    given = [_whole_number(one) for one in np.asarray(priority, dtype=object).ravel()]
    if len(given) != needs:
        raise Invalid("priority", "lengths_differ")
    if min(given, default=1) < 1:
        raise Invalid("priority", "out_of_range", low=1, high=None)
    rank = {one: place for place, one in enumerate(sorted(set(given)), start=1)}
    return [rank[one] for one in given]


def _whole_number(one: Any) -> int:
    try:
        whole = int(one)
    except (TypeError, ValueError, OverflowError) as wrong:
        raise Invalid("priority", "not_whole") from wrong
    if whole != one:
        raise Invalid("priority", "not_whole")
    return whole


def _whole(name: str, given: ArrayLike) -> Ints:
    """A column of whole numbers from ints or from floats that are whole."""
    column = np.asarray(given)
    if column.size == 0:
        return np.zeros(0, dtype=np.int64)
    if column.ndim != 1 or column.dtype.kind not in "iuf":
        raise Invalid(name, "not_whole")
    with np.errstate(invalid="ignore"):
        whole: NDArray[np.int64] = column.astype(np.int64)
    if not np.array_equal(whole, column):
        raise Invalid(name, "not_whole")
    return whole


def _within(name: str, column: Ints, low: int, high: int | None) -> None:
    if len(column) and (column.min() < low or (high is not None and column.max() > high)):
        raise Invalid(name, "out_of_range", low=low, high=high)


def _numbers(numbers: Sequence[int], dtype: np.dtype[Any]) -> Numbers:
    return np.array(numbers, dtype=dtype)
