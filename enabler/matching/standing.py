"""An optimum that stands while the world changes: needs and offers come, go and grow.

Solving a county afresh takes a thousand times as long as placing one more need, and people should
not be shuffled for nothing. So the choice and its prices are kept, and each change mends them along
one shortest path or a few (:mod:`enabler.matching.kernels.places`), exactly: after any sequence of
changes as many slots are filled, and the total is as great, as if all were solved from the start.

Needs and offers are named by the numbers that entering them gave; a number is not used again.
"""

from dataclasses import dataclass
from typing import NoReturn

import numpy as np
from numpy.typing import ArrayLike

from enabler.domain.errors import Invalid, LimitReached
from enabler.matching.arrays import OFFER_BITS, Ints
from enabler.matching.rows import Rows
from enabler.matching.solving import Choice, chosen_of, filling_order
from enabler.matching.whole import whole_column, whole_number, within

MOST_PLACES = 100_000
"""Places of one offer: they are laid out."""

MOST_SLOTS = 2**62
"""Of one need: 64 bits hold them."""

MOST_PRIORITY = 4096
"""Priorities count as they are here, not by rank, so they are bounded."""

NEVER = 2**60
"""The price of an offer that is no more: beyond any value."""

INT64 = np.dtype(np.int64)

GONE = 0
"""The worth of a need that is no more; that of one that is there is greater."""

MOST_POINTS = 2**31 - 1
"""Scores are held in four bytes."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a standing choice can grow to: the most needs at once, and points of a pair."""

    needs: int = 2**21
    points: int = 2**12

    def unit(self, further: int) -> int:
        """What a filled slot counts at priority 1, so that no score or cost outweighs it:

            M = 2 x (1 + needs) x points + further x m (m + 1) / 2 + 1,    m = most matches.

        For two choices differ by paths, each of which can be taken alone, passes a need once (and
        so changes its score by 2 x points at most) and brings one further match at most.
        Raises :class:`LimitReached` where 60 bits would not hold the priorities' worth.
        """
        if not 0 <= self.points <= MOST_POINTS or self.needs < 0:
            raise LimitReached("limits", limit=MOST_POINTS)
        matches = min(MOST_PLACES, self.needs)
        unit = 2 * (1 + self.needs) * self.points + further * (matches * (matches + 1) // 2) + 1
        if unit * (MOST_PRIORITY + 2) >= NEVER:
            raise LimitReached("limits", limit=NEVER)
        return unit


class Standing:
    """A choice of pairs, optimal after each call. Not for two threads at once.

    Every call takes time in proportion to the pairs that its search sees, usually those of one
    need or offer; memory grows by doubling.
    """

    def __init__(self, *, further: int = 0, limits: Limits | None = None) -> None:
        from enabler.matching.kernels.growing import Pools

        further = _between("further", further, 0, None)
        self._limits = limits or Limits()
        self._unit = self._limits.unit(further)
        self._pools = Pools(further)
        self._alive = 0

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

        Raises :class:`Invalid` for numbers that are not whole or out of range, and
        :class:`LimitReached` beyond the limits.
        """
        standing = cls(further=further, limits=limits)
        wanted, room = whole_column("slots", slots), whole_column("capacity", capacity)
        order = np.ones_like(wanted) if priority is None else whole_column("priority", priority)
        for name, column, low, high in (
            ("slots", wanted, 0, None),
            ("capacity", room, 0, MOST_PLACES),
            ("priority", order, 1, MOST_PRIORITY),
        ):
            within(name, column, low, high)
        if not len(wanted) == len(order) == len(rows.first) - 1:
            raise Invalid("slots", "lengths_differ")
        standing._hold(len(wanted), rows.score)
        worth = order * standing._unit
        standing._pools.start(rows, wanted, room, worth, filling_order(rows, worth))
        return standing

    @property
    def filled(self) -> int:
        """How many slots are filled."""
        return self._pools.filled

    def enter_need(
        self, offers: ArrayLike, scores: ArrayLike, *, slots: int = 1, priority: int = 1
    ) -> int:
        """A need is asked, with its pairs; its number.

        Raises :class:`Invalid` for an offer that is not there or twice and for numbers that are
        not whole or out of range, and :class:`LimitReached` beyond the limits.
        """
        slots = _between("slots", slots, 0, MOST_SLOTS)
        worth = _between("priority", priority, 1, MOST_PRIORITY) * self._unit
        offer, score = _two_columns("offers", offers, scores)
        self._hold(1)
        best_first = np.sort((-score << OFFER_BITS) + offer)  # one column sorts thrice as fast
        pools, points = self._pools, self._limits.points
        found = pools.enter_need(offer, score, best_first, slots, worth, NEVER, points)
        if found:
            self._alive -= 1
            self._refuse(found, "offers", pools.offers)
        return pools.needs - 1

    def enter_offer(self, needs: ArrayLike, scores: ArrayLike, *, capacity: int = 1) -> int:
        """An offer is made, with its pairs; its number. Raises as :meth:`enter_need` does."""
        places, pools = _between("capacity", capacity, 0, MOST_PLACES), self._pools
        need, score = _two_columns("needs", needs, scores)
        found = pools.unfit(need, score, GONE, self._limits.points)
        if found:
            self._refuse(found, "needs", pools.needs)
        return pools.enter_offer(need, score, places)

    def withdraw_need(self, need: int) -> None:
        """A need is no more. Its helpers are free for others."""
        need = self._known_need(need)
        self._pools.withdraw_need(need)
        self._pools.market.worth[need] = GONE
        self._alive -= 1

    def withdraw_offer(self, offer: int) -> None:
        """An offer is no more. Its needs look for others."""
        offer = self._known_offer(offer)
        self._pools.withdraw_offer(offer, NEVER)

    def resize_need(self, need: int, slots: int) -> None:
        """A need wants more helpers, or fewer."""
        need = self._known_need(need)
        self._pools.resize_need(need, _between("slots", slots, 0, MOST_SLOTS))

    def resize_offer(self, offer: int, capacity: int) -> None:
        """An offer has more places, or fewer."""
        offer = self._known_offer(offer)
        self._pools.resize_offer(offer, _between("capacity", capacity, 0, MOST_PLACES))

    def prove(self) -> None:
        """Raise :class:`ProofFailed` unless the choice is optimal. Linear in all pairs."""
        self._pools.prove()

    def choice(self) -> Choice:
        """What stands now, with its prices; ``row`` numbers the pairs by need."""
        market = self._pools.told()
        return chosen_of(market, market.worth)

    def _refuse(self, found: int, name: str, count: int) -> NoReturn:
        """Say what is wrong with pairs, whose other side has so many numbers."""
        from enabler.matching.kernels import fitness

        if found == fitness.NOT_THERE:
            raise Invalid(name, "out_of_range", low=0, high=count - 1)
        if found == fitness.WITHDRAWN:
            raise Invalid(name, "withdrawn")
        if found == fitness.TWICE:
            raise Invalid(name, "given_twice")
        raise LimitReached("points", limit=self._limits.points)

    def _hold(self, needs: int, scores: ArrayLike = ()) -> None:
        """Count so many more needs; raise :class:`LimitReached` beyond the limits."""
        most = self._limits
        if self._alive + needs > most.needs:
            raise LimitReached("needs", limit=most.needs)
        if np.size(scores) and max(int(np.max(scores)), -int(np.min(scores))) > most.points:
            raise LimitReached("points", limit=most.points)
        self._alive += needs

    def _known(self, name: str, one: int, count: int, marks: Ints, gone: int) -> int:
        number = _between(name, one, 0, count - 1)
        if marks[number] == gone:
            raise Invalid(name, "withdrawn")
        return number

    def _known_need(self, need: int) -> int:
        return self._known("need", need, self._pools.needs, self._pools.market.worth, GONE)

    def _known_offer(self, offer: int) -> int:
        prices = self._pools.market.offer_price
        return self._known("offer", offer, self._pools.offers, prices, NEVER)


def _column(name: str, given: ArrayLike) -> Ints:
    """Whole numbers in a column; what is one already is taken as it is."""
    column = np.asarray(given)
    return column if column.dtype is INT64 and column.ndim == 1 else whole_column(name, column)


def _two_columns(name: str, others: ArrayLike, scores: ArrayLike) -> tuple[Ints, Ints]:
    """The other side's numbers and scores, as long as each other."""
    other, score = _column(name, others), _column("scores", scores)
    if len(other) != len(score):
        raise Invalid("scores", "lengths_differ")
    return other, score


def _between(name: str, given: int, low: int, high: int | None) -> int:
    number = given if type(given) is int else whole_number(name, given)
    if number < low or (high is not None and number > high):
        raise Invalid(name, "out_of_range", low=low, high=high)
    return number
