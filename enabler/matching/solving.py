"""The solver over rows: which pairs to choose, exactly optimal, with the prices that prove it.

First as many slots filled as can be, weighted by priority, then the greatest total score less what
further matches cost. Both goals are one whole number per pair,

    value = worth + score,    worth = rank x M,    M = 2 x (1 + most pairs) x most points + 1,

where rank is the place of the need's priority among the distinct priorities (1, 2, …) and *most
points* the largest score or cost of a further match. M is so large that no sum of scores and costs
outweighs one rank, even with one place more than there is (so that a price says truly what that
place would add). Ranks do for priorities because the sets of slots that can be filled together are
the independent sets of a matroid (a gammoid of the flow network), where the heaviest set depends on
the order of the weights alone (Edmonds, *Matroids and the greedy algorithm*, 1971). So priorities
may be as huge as they like; and since the heaviest sets are bases, weighting never lowers the
number of slots filled.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enabler.domain.errors import EnablerError
from enabler.matching.arrays import Ints
from enabler.matching.rows import Rows

Numbers = NDArray[Any]
"""int64, or Python's whole numbers (dtype object) where those could overflow."""

INT64_ROOM = 2**61
"""Sums of a few values must fit 63 bits."""

FEW = 4_000
"""Rows up to which loading machine code takes longer than doing without it."""


class ProofFailed(EnablerError):
    """A choice is not what it claims: a fault of the engine, never of what it was given."""

    default_code = "proof_failed"


@dataclass(frozen=True)
class Choice:
    """The best choice of pairs, with the prices that prove it.

    ``row``: the chosen rows, sorted by need, then offer; ``need``, ``offer``, ``score``: theirs.
    ``filled``: how many slots; ``cost``: points for further matches; ``objective``: the chosen
    scores together less ``cost``. ``need_price``, ``offer_price``, ``worth``: see
    :class:`enabler.matching.results.Assignment`.
    """

    row: Ints
    need: Ints
    offer: Ints
    score: Ints
    need_price: Numbers
    offer_price: Numbers
    worth: Numbers
    filled: int
    cost: int
    objective: int


def choose(
    rows: Rows,
    slots: Ints,
    capacity: Ints,
    *,
    priority: Sequence[int] | None = None,
    further: int = 0,
    along: Ints | None = None,
) -> Choice:
    """Choose among rows; ``slots`` per need, ``capacity`` per offer, both at least 0.

    ``priority``: per need, whole numbers above 0 of any size; without it all are alike.
    ``further``: the k-th further match of one offer costs ``further`` x k (k + 1) / 2 points: the
    load spreads among equals, and never at the price of an open slot. ``along``: see
    :func:`filling_order`; it only saves time. Nothing is checked here (see
    :func:`enabler.matching.assign`) but the proof: raises :class:`ProofFailed` rather than return
    what is not optimal. Time: one search per slot (see :mod:`enabler.matching.kernels.paths`).
    """
    from enabler.matching.kernels import markets

    worth = worths(rows, slots, capacity, priority, further)
    market = markets.opened(rows, slots, capacity, worth, further)
    markets.fill(market, filling_order(rows, worth, along))
    markets.settle(market)
    markets.prove(market)
    return chosen_of(market, worth)


def filling_order(rows: Rows, worth: Numbers, along: Ints | None = None) -> Ints:
    """Needs of high priority and few pairs first: then few slots are ever moved again.

    ``along``: numbers that are close where needs are. Those with about as many pairs (to a power of
    two) then follow each other along them: the offers that they share are still in the caches,
    which saves a third of the time where a hundred thousand needs compete.
    """
    degree = np.diff(rows.first)
    rank = np.unique(worth, return_inverse=True)[1]
    if along is None:
        return np.lexsort((degree, -rank))
    return np.lexsort((along, np.frexp(degree)[1], -rank))


def worths(
    rows: Rows,
    slots: Ints,
    capacity: Ints,
    priority: Sequence[int] | None,
    further: int,
    admitted: Ints | None = None,
    span: tuple[int, int] = (0, 0),
) -> Numbers:
    """What a filled slot of each need counts; dtype object where int64 would not hold the sums.

    ``admitted``: how many pairs each need has, where ``rows`` holds only its best, and ``span``:
    the least and the most that a score can be.
    """
    rank = ranks(priority, len(slots))
    pairs = np.diff(rows.first) if admitted is None else admitted
    filled = int(np.minimum(slots, pairs).sum())
    places = np.minimum(capacity, filled)
    most = min(filled, int(places.sum()))
    matches = int(places.max(initial=0))
    points = max(
        max(span[1], int(rows.score.max(initial=0))),
        -min(span[0], int(rows.score.min(initial=0))),
        further * matches * (matches + 1) // 2,
    )
    unit = 2 * (most + 1) * points + 1
    dtype = np.dtype(np.int64 if unit * (int(max(rank, default=1)) + 2) < INT64_ROOM else object)
    return np.array([unit * int(one) for one in rank], dtype=dtype)


def ranks(priority: Sequence[int] | None, needs: int) -> Sequence[int]:
    """1 for the lowest priority, 2 for the next, and so on."""
    if priority is None:
        return [1] * needs
    place = {one: at for at, one in enumerate(sorted(set(priority)), start=1)}
    return [place[one] for one in priority]


def chosen_of(market: Any, worth: Numbers) -> Choice:
    """What a finished market has chosen."""
    row = np.flatnonzero(np.asarray(market.chosen, dtype=np.bool_))
    offer, score = (np.asarray(column)[row] for column in (market.offer, market.score))
    need = _owner(np.asarray(market.begin), np.asarray(market.end), row)
    order = np.lexsort((offer, need))
    row, need, offer, score = row[order], need[order], offer[order], score[order].astype(np.int64)
    cost = further_cost(np.asarray(market.used, dtype=np.int64), market.further)
    return Choice(
        row=row,
        need=need,
        offer=offer.astype(np.int64),
        score=score,
        need_price=np.array(market.need_price, dtype=worth.dtype),
        offer_price=np.array(market.offer_price, dtype=worth.dtype),
        worth=worth,
        filled=len(row),
        cost=cost,
        objective=int(score.sum()) - cost,
    )


def further_cost(used: Ints, further: int) -> int:
    """What offers with so many matches each cost together, exactly: 0 + f + 3f + 6f + … for each,
    n matches f (n - 1) n (n + 1) / 6. In Python's whole numbers: they may be beyond 64 bits.
    """
    matches, offers = (column.tolist() for column in np.unique(used, return_counts=True))
    each = ((n - 1) * n * (n + 1) // 6 for n in matches)
    return int(further) * sum(cost * many for cost, many in zip(each, offers, strict=True))


def _owner(begin: Ints, end: Ints, row: Ints) -> Ints:
    """The need of each row, wherever in the pool needs' rows lie."""
    needs = np.flatnonzero(end > begin)
    needs = needs[np.argsort(begin[needs])]
    owner: Ints = needs[np.searchsorted(begin[needs], row, side="right") - 1]
    return owner
