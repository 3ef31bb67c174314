"""A round over columns: search for the best pairs only, solve, and prove it over all there are.

Keeping the best K pairs of each need makes a round small, and dangerous where helpers are scarce: a
need may have to take its fortieth choice. But whatever was cut off scores at most what the last
pair kept does, and a place costs at least 0; so a need whose own price u_i is at least the value of
its last pair is beyond doubt, and its rows need no second look. The others are searched again in
full, the optimum is mended for them alone, and this until nobody is in doubt. Then the prices prove
the choice over every pair there is, kept or not.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from enabler.matching.arrays import Flags, Ints, spread
from enabler.matching.rows import Rows
from enabler.matching.search import Found, Grid, Wanted, search
from enabler.matching.solving import Choice, chosen_of, filling_order, worths

InFull = Callable[[Ints], Rows]
"""From needs' positions to all their rows, in that order."""

KEEP = 32
"""Pairs kept by need at first. Where places are fewer than twice the slots, twice as many."""


@dataclass(frozen=True)
class Pruned:
    """A choice, the rows it was made from, and what it took.

    ``admitted``: how many pairs each need has in all; ``reopened``: needs searched for in full;
    ``passes``: how often some were.
    """

    choice: Choice
    rows: Rows
    admitted: Ints
    reopened: int
    passes: int


def choose_from(
    grid: Grid,
    wanted: Wanted,
    slots: Ints,
    capacity: Ints,
    *,
    nearness: int,
    keep: int | None = None,
    priority: Sequence[int] | None = None,
    further: int = 0,
) -> Pruned:
    """The exact optimum over all pairs that a search admits: see :func:`.solving.choose`.

    ``keep``: pairs kept by need at first; it changes how long this takes, not how much is filled
    or the total score. Raises :class:`ProofFailed` rather than return what is not optimal.
    """
    from enabler.matching.kernels import markets

    keep = keep if keep is not None else kept_at_first(slots, capacity)
    found = search(grid, wanted, nearness=nearness, keep=keep)
    rows = found.rows
    span = (wanted.span[0] + grid.span[0], wanted.span[1] + grid.span[1] + nearness)
    worth = worths(rows, slots, capacity, priority, further, found.admitted, span)
    return _mended(
        found,
        markets.opened(rows, slots, capacity, worth, further),
        capacity,
        lambda among: search(grid, wanted, nearness=nearness, among=among).rows,
        wanted.along,
    )


def kept_at_first(slots: Ints, capacity: Ints) -> int:
    """How many pairs to keep by need: more where places are scarce."""
    return KEEP if int(capacity.sum()) >= 2 * int(slots.sum()) else 2 * KEEP


def _mended(found: Found, market: Any, capacity: Ints, in_full: InFull, along: Ints) -> Pruned:
    """Solve over what was found, then search in full for whom it could matter, and mend."""
    from enabler.matching.kernels import markets

    rows = found.rows
    worth = np.asarray(market.worth)
    markets.fill(market, filling_order(rows, worth, along))
    cut: Flags = found.admitted > np.diff(rows.first)
    reopened, passes = 0, 0
    while True:
        markets.settle(market)
        among = markets.doubtful(market, cut)
        if not len(among):
            break
        rows = merged(rows, among, in_full(among))
        cut[among] = False
        market = markets.with_rows(market, rows, capacity)
        markets.mend(market, among, rows)
        reopened, passes = reopened + len(among), passes + 1
    markets.prove(market)
    return Pruned(chosen_of(rows, market, worth), rows, found.admitted, reopened, passes)


def merged(rows: Rows, among: Ints, full: Rows) -> Rows:
    """The rows with those of the needs ``among`` replaced by their full ones, in that order."""
    count = np.diff(rows.first)
    source = rows.first[:-1].copy()
    count[among] = np.diff(full.first)
    source[among] = len(rows) + full.first[:-1]
    _, at = spread(source, count)
    first = np.concatenate([[0], np.cumsum(count)]).astype(np.int64)
    offer = np.concatenate([rows.offer, full.offer])[at]
    return Rows(first, offer, np.concatenate([rows.score, full.score])[at])
