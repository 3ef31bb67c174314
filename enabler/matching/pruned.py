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
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from enabler.matching.arrays import Flags, Ints
from enabler.matching.numbering import Numbering
from enabler.matching.rows import Rows
from enabler.matching.search import Found, Grid, Wanted, search
from enabler.matching.solving import Choice, chosen_of, filling_order, worths

InFull = Callable[[Ints], Rows]
"""From needs' positions to all their rows, in that order."""

KEEP = 32
"""Pairs kept by need at first. Where places are fewer than twice the slots, twice as many."""


@dataclass(frozen=True)
class Pruned:
    """A choice, and what it took; ``choice.row`` is for its market alone.

    ``market``: what it was made from, numbered along the map by ``numbering``. ``admitted``: how
    many pairs each need has in all; ``reopened``: needs searched for in full; ``passes``: how often
    some were.
    """

    choice: Choice
    market: Any
    numbering: Numbering
    admitted: Ints
    reopened: int
    passes: int

    @cached_property
    def rows(self) -> Rows:
        """The pairs that the needs saw, by position; ties within a need as they lie on the map."""
        return self.numbering.rows_by_position(self.market)


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
    by = Numbering.of(wanted.along, grid.along)
    near = grid.numbered(by.number_of_offer)
    slots, capacity = np.asarray(slots)[by.need], np.asarray(capacity)[by.offer]
    ranked = None if priority is None else [priority[need] for need in by.need]

    def found(among: Ints, best: int | None) -> Found:
        return search(near, wanted, nearness=nearness, keep=best, among=by.need[among])

    kept = found(np.arange(len(wanted)), keep)
    span = (wanted.span[0] + grid.span[0], wanted.span[1] + grid.span[1] + nearness)
    worth = worths(kept.rows, slots, capacity, ranked, further, kept.admitted, span)
    market = markets.opened(kept.rows, slots, capacity, worth, further)
    mended = _mended(kept, market, capacity, lambda among: found(among, None).rows)
    admitted = np.empty_like(kept.admitted)
    admitted[by.need] = kept.admitted
    return Pruned(by.choice_by_position(mended.choice), mended.market, by, admitted, *mended.took)


def kept_at_first(slots: Ints, capacity: Ints) -> int:
    """How many pairs to keep by need: more where places are scarce."""
    return KEEP if int(capacity.sum()) >= 2 * int(slots.sum()) else 2 * KEEP


class _Mended(NamedTuple):
    """A choice by number, its market, and (needs reopened, passes)."""

    choice: Choice
    market: Any
    took: tuple[int, int]


def _mended(found: Found, market: Any, capacity: Ints, in_full: InFull) -> _Mended:
    """Solve over what was found, then search in full for whom it could matter, and mend."""
    from enabler.matching.kernels import markets

    worth = np.asarray(market.worth)
    markets.fill(market, filling_order(found.rows, worth, along=np.arange(len(worth))))
    cut: Flags = found.admitted > np.diff(found.rows.first)
    reopened, passes = 0, 0
    while True:
        markets.settle(market)
        among = markets.doubtful(market, cut)
        if not len(among):
            break
        full = in_full(among)
        if not markets.upset(market, among, full):
            break  # no row that was cut off is worth more than its need's price
        cut[among] = False
        market = markets.with_rows(market, among, full, capacity)
        markets.mend(market, among, full)
        reopened, passes = reopened + len(among), passes + 1
    markets.prove(market)
    return _Mended(chosen_of(market, worth), market, (reopened, passes))
