"""Room for a market that grows: columns double, rows move, a pool is swept when half empty."""

from collections.abc import Callable
from typing import Any

import numpy as np

from enabler.matching.arrays import Ints, spread
from enabler.matching.kernels import markets
from enabler.matching.kernels.compiling import compiled
from enabler.matching.kernels.fitness import FIT, TWICE, enter_need, has_twins, unfit
from enabler.matching.kernels.heap import UNSEEN
from enabler.matching.kernels.lists import NOBODY, Columns
from enabler.matching.kernels.moving import add_pairs
from enabler.matching.kernels.paths import Market, fill_need, fill_needs, settle_need_prices
from enabler.matching.kernels.places import (
    enter_offer,
    fill_offer,
    shrink_need,
    shrink_offer,
    withdraw_need,
)
from enabler.matching.rows import Rows

BY_NEED = ("begin", "end", "worth", "slots", "filled", "need_price")
BY_OFFER = ("place_begin", "used", "capacity", "offer_price", "via_need")
BY_ROW = ("offer", "score", "chosen")
BY_PLACE = ("taken", "taken_by")
BY_NODE = ("distance", "via", "place", "heap", "seen")

KINDS = {
    "offer": np.int32, "score": np.int32, "chosen": np.uint8, "place": np.int32,
    "heap": np.int32, "seen": np.int32, "taken_by": np.int32, "via_need": np.int32,
}  # fmt: skip
"""Types of columns that are not int64."""

Kernel = Callable[..., Any]


class Pools:
    """A market with its columns by offer, some of its room still free.

    ``needs``, ``offers``: how many numbers are given out; ``rows``, ``places``: how much of the
    pools is written; ``room[j]``: places laid out for offer j.
    """

    def __init__(self, further: int) -> None:
        self.needs = self.offers = self.row_count = self.place_count = 0
        self.room: list[int] = []
        groups = BY_NEED + BY_OFFER + BY_ROW + BY_PLACE + BY_NODE
        empty = {name: np.zeros(0, KINDS.get(name, np.int64)) for name in groups}
        self.market = Market(**empty, further=further)
        nothing = np.zeros(0, np.int32)
        self.columns = Columns(nothing, nothing, nothing)

    @property
    def filled(self) -> int:
        """How many slots are filled."""
        return int(self.market.filled.sum())

    def call(self, kernel: Kernel, *arguments: Any) -> Any:
        """Run a kernel on the market and its columns."""
        return compiled(kernel)(self.market, self.columns, *arguments)

    def enter_need(
        self, offers: Ints, scores: Ints, best_first: Ints, slots: int, worth: int, never: int,
        points: int,
    ) -> int:  # fmt: skip
        """A need with its pairs, or what is wrong with them (see :mod:`.fitness`)."""
        self._reserve(needs=1, rows=len(offers))
        wrong: int = self.call(
            enter_need, self.needs, self.row_count, slots, worth,
            offers, scores, best_first, self.offers, never, points,
        )  # fmt: skip
        if wrong == FIT:
            self.needs += 1
            self.row_count += len(offers)
        return wrong

    def unfit(self, needs: Ints, scores: Ints, gone: int, points: int) -> int:
        """What is wrong with the pairs of an offer (see :mod:`.fitness`)."""
        wrong: int = compiled(unfit)(needs, scores, self.needs, self.market.worth, gone, points)
        return wrong or (TWICE if compiled(has_twins)(np.sort(needs)) else FIT)

    def enter_offer(self, need: Ints, score: Ints, capacity: int) -> int:
        """An offer with its pairs, one of needs that are there."""
        offer = self.offers
        moved = int((self.market.end[need] - self.market.begin[need]).sum()) + len(need)
        self._reserve(offers=1, rows=moved, places=capacity)
        market = self.market
        market.place_begin[offer], market.capacity[offer] = self.place_count, capacity
        self.place_count += capacity
        self.room.append(capacity)
        self.offers += 1
        if len(need):
            self.row_count = self.call(add_pairs, offer, need, score, self.row_count)
            self.call(enter_offer, offer)
        return offer

    def withdraw_need(self, need: int) -> None:
        """Its rows are no more."""
        self.call(withdraw_need, need)

    def withdraw_offer(self, offer: int, never: int) -> None:
        """Nobody will want it: its places are gone and its price is beyond any value."""
        compiled(shrink_offer)(self.market, offer, 0)
        self.market.offer_price[offer] = never
        self.columns.head[offer] = NOBODY

    def resize_need(self, need: int, slots: int) -> None:
        """More slots are filled, or some given up."""
        if slots < self.market.slots[need]:
            self.call(shrink_need, need, slots)
        else:
            self.market.slots[need] = slots
            compiled(fill_need)(self.market, need)

    def resize_offer(self, offer: int, capacity: int) -> None:
        """More places are filled, or some given up."""
        if capacity > self.room[offer]:
            self._widen(offer, capacity)
        if capacity < self.market.capacity[offer]:
            compiled(shrink_offer)(self.market, offer, capacity)
        else:
            self.market.capacity[offer] = capacity
            self.call(fill_offer, offer)

    def start(self, rows: Rows, slots: Ints, capacity: Ints, worth: Ints, order: Ints) -> None:
        """Take in many at once, and solve."""
        room = np.asarray(capacity, dtype=np.int64)
        self._reserve(
            needs=len(slots), offers=len(capacity), rows=len(rows), places=int(room.sum())
        )
        market, needs, offers = self.market, len(slots), len(capacity)
        market.begin[:needs], market.end[:needs] = rows.first[:-1], rows.first[1:]
        market.worth[:needs], market.slots[:needs] = worth, slots
        market.place_begin[:offers], market.capacity[:offers] = np.cumsum(room) - room, room
        market.offer[: len(rows)], market.score[: len(rows)] = rows.offer, rows.score
        self.needs, self.offers, self.row_count = needs, offers, len(rows)
        self.room, self.place_count = room.tolist(), int(room.sum())
        self.columns = markets.columned(market)
        compiled(fill_needs)(market, order)
        compiled(settle_need_prices)(market)

    def told(self) -> Market:
        """The market over just the rows that are, by need; its needs' prices settled."""
        compiled(settle_need_prices)(self.market)
        market, needs, offers = self.market, self.needs, self.offers
        count = (market.end - market.begin)[:needs]
        at = spread(market.begin[:needs], count)[1]
        first = np.concatenate([[0], np.cumsum(count)]).astype(np.int64)
        cut: dict[str, Any] = {name: getattr(market, name)[:needs] for name in BY_NEED}
        cut |= {name: getattr(market, name)[:offers] for name in BY_OFFER}
        cut |= {name: getattr(market, name)[at] for name in BY_ROW}
        cut |= {"begin": first[:-1], "end": first[1:]}
        return self.market._replace(**cut)

    def prove(self) -> None:
        """Raise ProofFailed unless the choice is optimal."""
        markets.prove(self.market)

    def _widen(self, offer: int, capacity: int) -> None:
        """Lay the places of an offer out anew, at the end."""
        self._reserve(places=capacity)
        market, at = self.market, self.place_count
        begin, used = int(market.place_begin[offer]), int(market.used[offer])
        for name in BY_PLACE:
            column = getattr(market, name)
            column[at : at + used] = column[begin : begin + used]
        market.place_begin[offer], self.room[offer] = at, capacity
        self.place_count += capacity

    def _reserve(self, *, needs: int = 0, offers: int = 0, rows: int = 0, places: int = 0) -> None:
        """Make sure that there is room for so many more of each."""
        market = self.market
        if (
            self.row_count + rows <= len(market.offer)
            and self.needs + needs <= len(market.begin)
            and self.offers + offers <= len(market.used)
            and self.place_count + places <= len(market.taken)
        ):
            return
        if self._alive() * 2 < self.row_count:
            self._sweep()
        wanted = {
            BY_NEED: (self.needs + needs, len(market.begin)),
            BY_OFFER: (self.offers + offers, len(market.used)),
            BY_ROW: (self.row_count + rows, len(market.offer)),
            BY_PLACE: (self.place_count + places, len(market.taken)),
        }
        short = {names: want for names, (want, have) in wanted.items() if want > have}
        if short:
            self._grow(short)

    def _grow(self, short: dict[tuple[str, ...], int]) -> None:
        fresh: dict[str, Any] = {}
        for names, want in short.items():
            for name in names:
                fresh[name] = _longer(getattr(self.market, name), 2 * want + 64)
        market = self.market._replace(**fresh)
        nodes = len(market.begin) + len(market.used)
        search: dict[str, Any] = {
            name: np.zeros(nodes, KINDS.get(name, np.int64)) for name in BY_NODE
        }
        search["place"][:] = UNSEEN
        self.market = market._replace(**search)
        head, link, node = self.columns
        self.columns = Columns(
            _longer(head, len(market.used), NOBODY),
            _longer(link, 4 * len(market.offer), NOBODY),
            _longer(node, len(market.offer), NOBODY),
        )

    def _alive(self) -> int:
        return int((self.market.end - self.market.begin).sum())

    def _sweep(self) -> None:
        """Write the rows that still are, by need, from the pool's beginning."""
        market = self.market
        count = market.end - market.begin
        at = spread(market.begin, count)[1]
        moved = (np.cumsum(count) - count) - market.begin
        place = spread(market.place_begin, market.used)[1]
        market.taken[place] += moved[market.taken_by[place]]
        for name in BY_ROW:
            column = getattr(market, name)
            column[: len(at)] = column[at]
            column[len(at) :] = 0
        market.begin[:] += moved
        market.end[:] += moved
        self.row_count = len(at)
        self.columns = markets.columned(market)


def _longer(column: Any, length: int, rest: int = 0) -> Any:
    longer = np.full(length, rest, dtype=column.dtype)
    longer[: len(column)] = column
    return longer
