"""Who could serve whom, found fast: every pair by category, reach, hours and demands, or the best.

A pair is admitted when

- the need's category is among the offer's,
- the distance (:mod:`enabler.matching.distance`) is within both reaches,
- their hours of the week share a bit, and
- the offer holds every bit that the need demands.

Its score is ``need's points + offer's points + nearness * (reach - distance) // reach`` with the
offer's reach (the whole ``nearness`` where that is 0): whole numbers, alike on every machine.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from enabler.domain.errors import Invalid
from enabler.matching.arrays import Ints
from enabler.matching.kernels.compiling import compiled
from enabler.matching.policy import MOST_WEIGHT
from enabler.matching.rows import Codes, Rows
from enabler.matching.sides import ANY_REACH, Given, Wanted, span_of, typed
from enabler.matching.strips import Strips, strips_of

__all__ = ["ANY_REACH", "Found", "Given", "Grid", "Wanted", "search"]

NEARBY = 2048
"""Entries noted as near before they are weighed: they stay in the nearest cache."""

KEYS = 2**18
"""Keys gathered before they are laid aside: two megabytes."""

SLICE = 512
"""Needs searched in one go by one thread."""

BAND = 2000
"""Needs are searched for from west to east in bands so many metres high."""

SCORE_LIMIT = 2**31


@dataclass(frozen=True)
class Found:
    """``rows``: what is kept, by need. ``admitted``: how many offers are, by need, kept or not.

    One row of both for each need that was searched for, in the order in which they were named.
    """

    rows: Rows
    admitted: Ints


@dataclass(frozen=True)
class Grid:
    """The index over some offers (:mod:`enabler.matching.strips`): built once, searched often."""

    strips: Strips
    span: tuple[int, int]
    along: Ints  # by offer: see Given.along

    @classmethod
    def of(cls, given: Given) -> "Grid":
        """The index over ``given``."""
        return cls(strips_of(given), span_of(given.points), given.along)

    def numbered(self, number: Codes) -> "Grid":
        """The same index in which each offer is named by its number instead of its position."""
        return replace(self, strips=self.strips._replace(offer=number[self.strips.offer]))

    def best(
        self, wanted: Wanted, need: int, *, nearness: int, limit: int
    ) -> tuple[Codes, Codes, int]:
        """The best ``limit`` offers for the one need at a position of ``wanted``, best first.

        Returns (offers, scores, how many are admitted): what :func:`search` finds, without its
        preparations. Raises :class:`Invalid` as it does.
        """
        from enabler.matching.kernels.search import LAST, search_needs

        _check(self, wanted, nearness, limit)
        if not 0 <= need < len(wanted):
            raise Invalid("need", "out_of_range", low=0, high=len(wanted) - 1)
        keys = np.empty(min(limit, len(self.strips.offer)), dtype=np.int64)
        count = np.empty((2, 1), dtype=np.int64)
        one = np.array([need], dtype=np.int64)
        compiled(search_needs)(
            self.strips, wanted.asked, one, nearness, len(keys), True, _scratch(), keys, *count
        )
        keys = keys[: count[0, 0]]
        offers = (LAST - (keys & LAST)).astype(np.int32)
        return offers, (keys >> 32).astype(np.int32), int(count[1, 0])


def search(
    grid: Grid,
    wanted: Wanted,
    *,
    nearness: int,
    keep: int | None = None,
    among: ArrayLike | None = None,
    ordered: bool = True,
    threads: int | None = None,
) -> Found:
    """All admitted pairs of each need, or the best ``keep``, and how many are admitted in all.

    ``among``: positions of the needs to search for (row k of the answer is need ``among[k]``);
    without it all, in their order. ``ordered`` False leaves each need's rows as they come, which
    saves half the time where all are wanted. ``threads``: how many share the work, by default one
    for each core; it changes nothing else.

    Raises :class:`Invalid` for a negative ``nearness``, ``keep`` or position, and where a score
    might not fit in 32 bits. Time: O(log e) for each strip touched plus O(1) for each entry near
    enough and O(log keep) for each pair kept; memory: what is kept, twice.
    """
    _check(grid, wanted, nearness, keep)
    named = np.arange(len(wanted), dtype=np.int64) if among is None else _positions(among, wanted)
    hunt = _Hunt(grid.strips, wanted, named, nearness, keep, ordered)
    order = searching_order(wanted, named)
    slices = [order[at : at + SLICE] for at in range(0, len(order), SLICE)]
    workers = min(threads or cores(), len(slices))
    if workers <= 1:
        pieces = [hunt.search(one) for one in slices]
    else:
        with ThreadPoolExecutor(workers) as pool:
            pieces = list(pool.map(hunt.search, slices))
    return hunt.joined([piece for some in pieces for piece in some])


def searching_order(wanted: Wanted, named: Ints) -> Ints:
    """The places in ``named`` so that needs of one category that are neighbours come together:
    what one has looked at lies in the caches for the next.
    """
    band = wanted.northing[named] // BAND
    return np.lexsort((wanted.easting[named], band, wanted.category[named]))


class _Piece(NamedTuple):
    """What is found for some needs: ``row`` of the answer, keys ``held``, offers ``admitted``."""

    row: Ints
    held: Ints
    admitted: Ints
    keys: Ints


@dataclass(frozen=True)
class _Hunt:
    """One search: ``named``, the needs' positions, are the rows of the answer."""

    strips: Strips
    wanted: Wanted
    named: Ints
    nearness: int
    keep: int | None
    ordered: bool

    def search(self, rows: Ints) -> list[_Piece]:
        """Search for some rows, a buffer of keys at a time."""
        from enabler.matching.kernels.search import search_needs

        entries = len(self.strips.offer)
        keep = entries if self.keep is None else min(self.keep, entries)
        keys = np.empty(max(min(KEYS, keep * len(rows)), 1), dtype=np.int64)
        near, pieces = _scratch(), []
        while len(rows):
            held, admitted = np.empty((2, len(rows)), dtype=np.int64)
            needs = self.named[rows]
            done = compiled(search_needs)(
                self.strips,
                self.wanted.asked,
                needs,
                self.nearness,
                keep,
                self.ordered,
                near,
                keys,
                held,
                admitted,
            )
            if done:
                held = held[:done]
                kept = keys[: held.sum()].copy()
                pieces.append(_Piece(rows[:done], held, admitted[:done], kept))
                rows = rows[done:]
            else:
                keys = np.empty(2 * len(keys), dtype=np.int64)
        return pieces

    def joined(self, pieces: list[_Piece]) -> Found:
        """The pieces as one answer; each is let go as soon as it is laid out."""
        from enabler.matching.kernels.search import lay_out

        count = np.zeros(len(self.named) + 1, dtype=np.int64)
        admitted = np.zeros(len(self.named), dtype=np.int64)
        for piece in pieces:
            count[piece.row + 1] = piece.held
            admitted[piece.row] = piece.admitted
        first = np.cumsum(count)
        offer, score = np.empty((2, first[-1]), dtype=np.int32)
        while pieces:
            piece = pieces.pop()
            compiled(lay_out)(piece.keys, piece.row, piece.held, first, offer, score)
        return Found(Rows(first, offer, score), admitted)


def cores() -> int:
    """How many cores this computer lets us have."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _scratch() -> Ints:
    return np.empty(NEARBY, dtype=np.int64)


def _check(grid: Grid, wanted: Wanted, nearness: int, keep: int | None) -> None:
    """Raise :class:`Invalid` for numbers that make no sense, or might give too great a score."""
    if not 0 <= nearness <= MOST_WEIGHT:
        raise Invalid("nearness", "out_of_range", low=0, high=MOST_WEIGHT)
    if keep is not None and keep < 0:
        raise Invalid("keep", "out_of_range", low=0, high=None)
    least = wanted.span[0] + grid.span[0]
    most = wanted.span[1] + grid.span[1] + nearness
    if least < -SCORE_LIMIT or most >= SCORE_LIMIT:
        raise Invalid("points", "out_of_range", low=-SCORE_LIMIT, high=SCORE_LIMIT - 1)


def _positions(among: ArrayLike, wanted: Wanted) -> Ints:
    named = typed("among", np.asarray(among), np.dtype(np.int64))
    if len(named) and not 0 <= int(named.min()) <= int(named.max()) < len(wanted):
        raise Invalid("among", "out_of_range", low=0, high=len(wanted) - 1)
    return named
