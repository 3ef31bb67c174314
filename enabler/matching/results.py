"""What the engine answers with."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enabler.matching.arrays import Ints, spread
from enabler.matching.crossing import Pairs
from enabler.matching.policy import Id
from enabler.matching.rows import Rows
from enabler.matching.scores import FACTORS, points_of

BLOCK = 4096
"""Pairs whose points are worked out together."""


@dataclass(frozen=True, slots=True)
class Reason:
    """What one factor gave to a score."""

    factor: str
    points: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """An offer that could meet a need. The reasons' points add up to the score.

    ``kept_back``: points by which a round's price moved it down the ranking (:mod:`.prices`).
    """

    offer: Id
    distance_metres: int
    score: int
    reasons: tuple[Reason, ...]
    kept_back: int = 0


@dataclass(frozen=True)
class Edges:
    """Every pair that could be, by need, then offer; or of each need the best of these.

    ``pairs``: their positions in what was given, distances and usable time; ``score``: theirs.
    ``admitted``: how many pairs each need has, those that were not kept among them.
    ``refused``: for each code of a rule, how many offers it refused, by need; over all codes, and
    with ``admitted``, these add up to the number of offers.
    """

    pairs: Pairs
    score: Ints
    admitted: Ints
    refused: Mapping[str, Ints]

    @property
    def need(self) -> Ints:
        """Each pair's need, as a position in what was given."""
        return self.pairs.need

    @property
    def offer(self) -> Ints:
        """Each pair's offer, likewise."""
        return self.pairs.offer

    @property
    def distance_metres(self) -> Ints:
        """How far apart the two are."""
        return self.pairs.metres

    @property
    def factors(self) -> tuple[str, ...]:
        """The names of what gives points, in the order of the columns of ``points``."""
        return tuple(FACTORS)

    @cached_property
    def points(self) -> Ints:
        """What each factor gave, shape (pairs, factors); a row adds up to its ``score``.

        Worked out when it is asked for: for very many pairs it is larger than all the rest.
        """
        return points_of(self.pairs)

    def __len__(self) -> int:
        return len(self.pairs)

    def rows(self, among: Ints | None = None) -> Rows:
        """The pairs as the solver takes them, of all needs or of those ``among`` (positions)."""
        named = np.arange(len(self.admitted)) if among is None else among
        start = np.searchsorted(self.need, named)
        count = np.searchsorted(self.need, named, side="right") - start
        owner, at = spread(start, count)
        at = at[np.lexsort((-self.score[at], owner))]  # stable: ties stay by offer
        first = np.concatenate([[0], np.cumsum(count)]).astype(np.int64)
        return Rows(first, self.offer[at].astype(np.int32), self.score[at].astype(np.int32))

    def reasons(self, pair: int) -> tuple[Reason, ...]:
        """Every factor's points for one pair (a row of the columns)."""
        points = self._block(pair // BLOCK)[pair % BLOCK].tolist()
        return tuple(Reason(*both) for both in zip(self.factors, points, strict=True))

    def _block(self, number: int) -> Ints:
        """The points of some pairs: whoever asks for one will ask for its neighbours."""
        known, points = self.__dict__.get("_last_block", (None, None))
        if known != number:
            points = points_of(self.pairs.at(slice(number * BLOCK, (number + 1) * BLOCK)))
            self.__dict__["_last_block"] = number, points
        return points

    def candidate(self, pair: int, offer: Id) -> Candidate:
        """One pair (a row of the columns) as a candidate whose offer has this id."""
        return Candidate(
            offer=offer,
            distance_metres=int(self.distance_metres[pair]),
            score=int(self.score[pair]),
            reasons=self.reasons(pair),
        )

    def because(self, need: int) -> dict[str, int]:
        """How many offers were refused for a need (a position), by code; no zeros."""
        counts = {code: int(count[need]) for code, count in self.refused.items()}
        return {code: count for code, count in counts.items() if count}


@dataclass(frozen=True)
class Assignment:
    """The best choice of pairs, with the prices that prove it.

    ``need``, ``offer``: the chosen pairs, sorted; ``pair``: their rows in what was given.
    ``filled``: how many slots are filled. ``objective``: the total score of the chosen pairs, less
    what further matches cost.
    ``worth``: what one filled slot of each need counts in prices, far above any score.
    ``need_price``, ``offer_price``: the dual prices, in units of score. A pair is worth
    ``worth[need] + score``; what it falls short of both prices is by how much it missed being
    chosen. ``offer_price`` is the least that proves the optimum: exactly what one more unit of
    that offer's capacity would add. Where further matches cost points, it has these as well: of an
    offer with n matches that is full, what one more place would add and what its n-th further match
    would cost; with places to spare, from what the dearest it has cost to what the next would.
    The columns are int64, or Python's whole numbers (dtype object) where 63 bits do not hold
    them.
    """

    need: Ints
    offer: Ints
    pair: Ints
    need_price: NDArray[Any]
    offer_price: NDArray[Any]
    worth: NDArray[Any]
    filled: int
    objective: int
    optimal: bool
