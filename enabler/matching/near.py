"""Which pairs agree in category and lie within reach: the search that leaves most pairs out.

Needs are sorted by category and square kilometre, row by row, so that all squares of one row
that an offer reaches are one contiguous run. Each offer asks two binary searches per category
and row; only needs inside its box are ever looked at (points are whole metres, so whatever is
at a distance that rounds to the reach lies in the box of the reach). With n needs, s rows of
(offer, category) and reach r the cost is O(n log n + s (r / 1 km) log n + pairs looked at).
"""

from collections.abc import Iterator

import numpy as np

from enabler.matching.arrays import Ints, spread
from enabler.matching.crossing import Pairs, Question

SQUARE = 1000
AT_ONCE = 2_000_000
"""Pairs looked at in one go: bounds the memory, not the result."""


def near(question: Question) -> Pairs:
    """All pairs of one category within both reaches, sorted by need and offer.

    A held need has none (law 6).
    """
    squares = _Squares(question)
    found = [_within_reach(Pairs.of(question, need, offer)) for need, offer in squares.candidates()]
    if not found:
        return Pairs.of(question, np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
    need = np.concatenate([pairs.need for pairs in found])
    offer = np.concatenate([pairs.offer for pairs in found])
    order = np.lexsort((offer, need))
    return Pairs.of(question, need[order], offer[order])


def _within_reach(pairs: Pairs) -> Pairs:
    needs, offers = pairs.question.needs, pairs.question.offers
    return pairs.where(
        (pairs.metres <= offers.reach[pairs.offer]) & (pairs.metres <= needs.reach[pairs.need])
    )


class _Squares:
    """The needs in order of (category, row of squares, column of squares)."""

    def __init__(self, question: Question) -> None:
        self._offers, self._skills = question.offers, question.skills
        needs = question.needs
        open_needs = np.flatnonzero(~needs.held)
        self._west = int(needs.easting[open_needs].min(initial=2**40))
        self._south = int(needs.northing[open_needs].min(initial=2**40))
        column = (needs.easting[open_needs] - self._west) // SQUARE
        row = (needs.northing[open_needs] - self._south) // SQUARE
        self._columns = int(column.max(initial=0)) + 1
        self._rows = int(row.max(initial=0)) + 1
        key = self._key(needs.category[open_needs], row, column)
        order = np.argsort(key, kind="stable")
        self._need, self._sorted = open_needs[order], key[order]

    def _key(self, category: Ints, row: Ints, column: Ints) -> Ints:
        return (category * self._rows + row) * self._columns + column

    def candidates(self) -> Iterator[tuple[Ints, Ints]]:
        """Needs and offers whose category agrees and whose squares are in the offer's box."""
        offer, first, count = self._runs()
        filled = np.flatnonzero(count)
        offer, first, count = offer[filled], first[filled], count[filled]
        share = np.cumsum(count) // AT_ONCE
        for part in np.split(np.arange(len(count)), np.flatnonzero(np.diff(share)) + 1):
            if len(part):
                owner, at = spread(first[part], count[part])
                yield self._need[at], offer[part][owner]

    def _runs(self) -> tuple[Ints, Ints, Ints]:
        """Each offer's runs of needs: (offer, position of the first, how many)."""
        offers, skills = self._offers, self._skills
        reach = offers.reach[skills.offer]
        east = offers.easting[skills.offer] - self._west
        north = offers.northing[skills.offer] - self._south
        low_row = np.maximum((north - reach) // SQUARE, 0)
        high_row = np.minimum((north + reach) // SQUARE, self._rows - 1)
        low = np.maximum((east - reach) // SQUARE, 0)
        high = np.minimum((east + reach) // SQUARE, self._columns - 1)
        rows = np.where(low <= high, np.maximum(high_row - low_row + 1, 0), 0)
        skill, row = spread(low_row, rows)
        category = skills.category[skill]
        first = np.searchsorted(self._sorted, self._key(category, row, low[skill]), "left")
        last = np.searchsorted(self._sorted, self._key(category, row, high[skill]), "right")
        return skills.offer[skill], first, last - first
