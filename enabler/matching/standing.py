"""An optimum that stands while the world changes: needs and offers come, go and grow.

Solving a county afresh takes a thousand times as long as placing one more need, and people should
not be shuffled for nothing. So the choice and its prices are kept, and each change mends them along
one shortest path or a few (:mod:`enabler.matching.kernels.places`), exactly: after any sequence of
changes as many slots are filled, and the total is as great, as if all were solved from the start.

Needs and offers are named by the numbers that entering them gave; a number is not used again.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from enabler.domain.errors import Invalid, LimitReached
from enabler.matching.arrays import Ints
from enabler.matching.rows import Rows
from enabler.matching.solving import INT64_ROOM, Choice, chosen_of, filling_order

MOST_PLACES = 100_000
"""Places of one offer: they are laid out."""

MOST_PRIORITY = 4096
"""Priorities count as they are here, not by rank, so they are bounded."""

OFFER_BITS = 32
"""Room for an offer's number beside a score, in one whole number of 64 bits."""

NEVER = 2**60
"""The price of an offer that is no more: beyond any value."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a standing choice can grow to: the most pairs chosen at once, and points of a pair."""

    pairs: int = 2**21
    points: int = 2**12

    @property
    def unit(self) -> int:
        """What a filled slot counts at priority 1: more than all scores and costs together."""
        unit = 2 * (self.pairs + 1) * self.points + 1
        if unit * (MOST_PRIORITY + 2) >= min(INT64_ROOM, NEVER):
            raise LimitReached("limits", limit=min(INT64_ROOM, NEVER))
        return unit


class Standing:
    """A choice of pairs, optimal after each call. Not for two threads at once.

    Every call takes time in proportion to the pairs that its search sees, usually those of one
    need or offer; memory grows by doubling.
    """

    def __init__(self, *, further: int = 0, limits: Limits | None = None) -> None:
        from enabler.matching.kernels.growing import Pools

        self._limits = limits or Limits()
        self._unit = self._limits.unit
        self._pools = Pools(further)

    @classmethod
    def of(
        cls,
        rows: Rows,
        slots: Ints,
        capacity: Ints,
        *,
        priority: Ints | None = None,
        further: int = 0,
        limits: Limits | None = None,
    ) -> "Standing":
        """The optimum over rows, standing: needs and offers have the numbers of their positions.

        Raises :class:`Invalid` for priorities and capacities out of range.
        """
        standing = cls(further=further, limits=limits)
        if int(np.max(capacity, initial=0)) > MOST_PLACES:
            raise Invalid("capacity", "out_of_range", low=0, high=MOST_PLACES)
        order = np.ones(len(slots), dtype=np.int64) if priority is None else np.asarray(priority)
        if len(order) and not 1 <= int(order.min()) <= int(order.max()) <= MOST_PRIORITY:
            raise Invalid("priority", "out_of_range", low=1, high=MOST_PRIORITY)
        worth = order * standing._unit
        standing._pools.start(rows, slots, capacity, worth, filling_order(rows, worth))
        return standing

    @property
    def filled(self) -> int:
        """How many slots are filled."""
        return self._pools.filled

    def enter_need(
        self, offers: ArrayLike, scores: ArrayLike, *, slots: int = 1, priority: int = 1
    ) -> int:
        """A need is asked, with its pairs; its number.

        Raises :class:`Invalid` for an offer that is not there or twice, and
        :class:`LimitReached` beyond the limits.
        """
        if not 1 <= priority <= MOST_PRIORITY:
            raise Invalid("priority", "out_of_range", low=1, high=MOST_PRIORITY)
        offer, score = self._pairs("offers", offers, scores, self._pools.offers)
        best_first = np.sort(
            (-score << OFFER_BITS) + offer
        )  # one column sorts thrice as fast as two
        return self._pools.enter_need(
            best_first & ((1 << OFFER_BITS) - 1),
            -(best_first >> OFFER_BITS),
            _between("slots", slots, None),
            priority * self._unit,
        )

    def enter_offer(self, needs: ArrayLike, scores: ArrayLike, *, capacity: int = 1) -> int:
        """An offer is made, with its pairs; its number. Raises as :meth:`enter_need` does."""
        need, score = self._pairs("needs", needs, scores, self._pools.needs)
        return self._pools.enter_offer(need, score, _between("capacity", capacity, MOST_PLACES))

    def withdraw_need(self, need: int) -> None:
        """A need is no more. Its helpers are free for others."""
        self._known("need", need, self._pools.needs)
        self._pools.withdraw_need(need)

    def withdraw_offer(self, offer: int) -> None:
        """An offer is no more. Its needs look for others."""
        self._known("offer", offer, self._pools.offers)
        self._pools.withdraw_offer(offer, NEVER)

    def resize_need(self, need: int, slots: int) -> None:
        """A need wants more helpers, or fewer."""
        self._known("need", need, self._pools.needs)
        self._pools.resize_need(need, _between("slots", slots, None))

    def resize_offer(self, offer: int, capacity: int) -> None:
        """An offer has more places, or fewer."""
        self._known("offer", offer, self._pools.offers)
        self._pools.resize_offer(offer, _between("capacity", capacity, MOST_PLACES))

    def prove(self) -> None:
        """Raise :class:`ProofFailed` unless the choice is optimal. Linear in all pairs."""
        self._pools.prove()

    def choice(self) -> Choice:
        """What stands now, with its prices; ``row`` numbers the pairs by need."""
        market = self._pools.told()
        return chosen_of(market, market.worth)

    def _pairs(
        self, name: str, others: ArrayLike, scores: ArrayLike, count: int
    ) -> tuple[Ints, Ints]:
        from enabler.matching.kernels.compiling import compiled
        from enabler.matching.kernels.sorting import NOT_THERE, TOO_MANY_POINTS, TWICE, unfit

        other = np.asarray(others, dtype=np.int64).ravel()
        score = np.asarray(scores, dtype=np.int64).ravel()
        if len(other) != len(score):
            raise Invalid("scores", "lengths_differ")
        found = compiled(unfit)(np.sort(other), score, count, self._limits.points)
        if found == NOT_THERE:
            raise Invalid(name, "out_of_range", low=0, high=count - 1)
        if found == TWICE:
            raise Invalid(name, "given_twice")
        if found == TOO_MANY_POINTS:
            raise LimitReached("points", limit=self._limits.points)
        return other, score

    def _known(self, name: str, one: int, count: int) -> None:
        if not 0 <= one < count:
            raise Invalid(name, "out_of_range", low=0, high=count - 1)


def _between(name: str, number: int, most: int | None) -> int:
    if number < 0 or (most is not None and number > most):
        raise Invalid(name, "out_of_range", low=0, high=most)
    return number
