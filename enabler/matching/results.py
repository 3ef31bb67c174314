"""What the engine answers with."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from enabler.matching.arrays import Ints
from enabler.matching.policy import Id


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
    """Every pair that could be, as columns sorted by need, then offer.

    ``need``, ``offer``: positions in what was given. ``points``: shape (pairs, factors), in the
    order of ``factors``; a row adds up to its ``score``. ``refused``: for each code of a rule,
    how many offers it refused, by need; over all codes, and with the pairs, these add up to the
    number of offers.
    """

    need: Ints
    offer: Ints
    distance_metres: Ints
    score: Ints
    points: Ints
    factors: tuple[str, ...]
    refused: Mapping[str, Ints]

    def __len__(self) -> int:
        return len(self.need)

    def reasons(self, pair: int) -> tuple[Reason, ...]:
        """Every factor's points for one pair (a row of the columns)."""
        points = self.points[pair].tolist()
        return tuple(Reason(*both) for both in zip(self.factors, points, strict=True))

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
    ``filled``: how many slots are filled. ``objective``: the total score of the chosen pairs.
    ``worth``: what one filled slot of each need counts in prices, far above any score.
    ``need_price``, ``offer_price``: the dual prices, in units of score. A pair is worth
    ``worth[need] + score``; what it falls short of both prices is by how much it missed being
    chosen. ``offer_price`` is the least that proves the optimum: exactly what one more unit of
    that offer's capacity would add. The columns are int64, or Python's whole numbers (dtype
    object) where 63 bits do not hold them.
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
