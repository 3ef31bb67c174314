"""Markets as the solver's other rooms use them: opened from rows, filled, settled, proved.

Machine code where there are many rows and all numbers fit int64; else the same functions as they
are, over plain lists, whose whole numbers cannot overflow.
"""

from collections.abc import Callable
from typing import Any, ParamSpec

import numpy as np

from enabler.matching.arrays import Flags, Ints, spread
from enabler.matching.kernels.compiling import compiled
from enabler.matching.kernels.heap import UNSEEN
from enabler.matching.kernels.lists import NOBODY, Columns, thread_all
from enabler.matching.kernels.paths import Market, fill_needs, settle_need_prices
from enabler.matching.kernels.proving import CLAIMS, check_needs, check_offers
from enabler.matching.kernels.reopening import mark_doubtful, reenter
from enabler.matching.rows import Codes, Rows
from enabler.matching.solving import FEW, Numbers, ProofFailed

P = ParamSpec("P")

Run = Callable[[Callable[..., Any]], Callable[..., Any]]
"""From a kernel to the form in which it is called."""


def opened(rows: Rows, slots: Ints, capacity: Ints, worth: Numbers, further: int) -> Market:
    """A market in which nothing is chosen yet; all prices 0."""
    pairs = np.bincount(rows.offer, minlength=len(capacity))
    market = _empty(rows.offer, rows.score, np.minimum(capacity, pairs), worth, further)
    return _formed(
        market._replace(
            begin=rows.first[:-1].copy(),
            end=rows.first[1:].copy(),
            slots=np.array(slots, dtype=np.int64),
        )
    )


def _empty(offer: Codes, score: Codes, places: Ints, worth: Numbers, further: int) -> Market:
    """No need has rows or slots."""
    needs, offers = len(worth), len(places)
    total = int(places.sum())
    return Market(
        begin=np.zeros(needs, dtype=np.int64),
        end=np.zeros(needs, dtype=np.int64),
        worth=worth,
        slots=np.zeros(needs, dtype=np.int64),
        filled=np.zeros(needs, dtype=np.int64),
        need_price=np.zeros(needs, dtype=worth.dtype),
        place_begin=np.cumsum(places) - places,
        used=np.zeros(offers, dtype=np.int64),
        capacity=places,
        offer_price=np.zeros(offers, dtype=worth.dtype),
        taken=np.zeros(total, dtype=np.int64),
        taken_by=np.zeros(total, dtype=np.int32),
        offer=offer,
        score=score,
        chosen=np.zeros(len(offer), dtype=np.uint8),
        distance=np.zeros(needs + offers, dtype=worth.dtype),
        via=np.zeros(needs + offers, dtype=np.int64),
        via_need=np.zeros(offers, dtype=np.int32),
        place=np.full(needs + offers, UNSEEN, dtype=np.int32),
        heap=np.zeros(needs + offers, dtype=np.int32),
        seen=np.zeros(needs + offers, dtype=np.int32),
        further=further,
    )


def _formed(market: Market) -> Market:
    """Over lists where no machine code is to work on it."""
    return market if is_compiled(market) else as_lists(market)


def with_rows(market: Market, among: Ints, full: Rows, capacity: Ints) -> Market:
    """The same choice and prices, the rows of the needs ``among`` written anew at the end.

    ``full``: all their rows, in their order; those they have now are its first, and the only ones
    that they see until ``mend`` shows them the rest. ``capacity``: by offer, as it was opened with.
    """
    old = _as_arrays(market)
    pairs = np.bincount(old.offer, minlength=len(capacity))
    pairs += np.bincount(full.offer, minlength=len(capacity))
    offer, score = (
        np.concatenate([column, more])
        for column, more in ((old.offer, full.offer), (old.score, full.score))
    )
    fresh = _empty(offer, score, np.minimum(capacity, pairs), old.worth, old.further)
    fresh.begin[:] = old.begin
    fresh.begin[among] = len(old.offer) + full.first[:-1]
    fresh.end[:] = fresh.begin + (old.end - old.begin)
    moved = fresh.begin - old.begin
    held, at = spread(old.place_begin, old.used)
    to = at + (fresh.place_begin - old.place_begin)[held]
    fresh.taken_by[to] = old.taken_by[at]
    fresh.taken[to] = old.taken[at] + moved[old.taken_by[at]]
    fresh.chosen[fresh.taken[to]] = 1
    for name in ("slots", "filled", "need_price", "used", "offer_price"):
        getattr(fresh, name)[:] = getattr(old, name)
    return _formed(fresh)


def columned(market: Market) -> Columns:
    """The rows of a market by offer."""
    rows = len(market.offer)
    columns = Columns(
        head=np.full(len(market.used), NOBODY, dtype=np.int32),
        link=np.full(4 * rows, NOBODY, dtype=np.int32),
        node=np.full(rows, NOBODY, dtype=np.int32),
    )
    at, slots = np.zeros(len(market.used) + 1, dtype=np.int64), np.zeros(rows, dtype=np.int32)
    run(market, thread_all)(market, columns, at, slots)
    return columns


def is_compiled(market: Market) -> bool:
    """Whether machine code works on this market."""
    return (
        isinstance(market.worth, np.ndarray)
        and market.worth.dtype != object
        and len(market.offer) > FEW
    )


def as_lists(market: Market) -> Market:
    """The same over plain lists."""
    columns = {
        name: column.tolist() if isinstance(column, np.ndarray) else column
        for name, column in market._asdict().items()
    }
    return Market(**columns)


def _as_arrays(market: Market) -> Market:
    """The same over arrays."""
    if isinstance(market.worth, np.ndarray):
        return market
    big = np.array(market.worth).dtype == object
    columns: dict[str, Any] = {}
    for name, column in market._asdict().items():
        wide = big and name in ("worth", "need_price", "offer_price", "distance")
        columns[name] = np.array(column, dtype=object if wide else np.int64)
    return Market(**columns | {"further": market.further})


def run(market: Market, kernel: Callable[P, Any]) -> Callable[P, Any]:
    """The form of a kernel that works on this market."""
    return compiled(kernel) if is_compiled(market) else kernel


def fill(market: Market, order: Ints) -> None:
    """Fill all needs, in this order."""
    plain = order if is_compiled(market) else order.tolist()
    run(market, fill_needs)(market, plain)


def doubtful(market: Market, cut: Flags) -> Ints:
    """The needs whose rows were cut short (``cut``) where it could matter: see ``reopening``."""
    flags = cut.astype(np.uint8)
    if is_compiled(market):
        compiled(mark_doubtful)(market, flags)
    else:
        mark_doubtful(market, flags)
    return np.flatnonzero(flags)


def upset(market: Market, among: Ints, full: Rows) -> bool:
    """Whether any of the needs ``among`` could do better with a row that it does not see yet.

    ``full``: all their rows, in their order; those that they see are its first.
    """
    old = _as_arrays(market)
    need, at = spread(full.first[:-1], np.diff(full.first))
    seen = at - full.first[need] < (old.end - old.begin)[among][need]
    need = among[need]
    value = old.worth[need] + full.score[at]
    return bool(((value - old.offer_price[full.offer[at]] > old.need_price[need]) & ~seen).any())


def mend(market: Market, among: Ints, full: Rows) -> None:
    """Show the needs ``among`` all their rows, and bring the choice back to the optimum."""
    columns = columned(market)
    ends = np.asarray(market.begin)[among] + np.diff(full.first)
    if is_compiled(market):
        compiled(reenter)(market, columns, among, ends)
    else:
        columns = Columns(*(column.tolist() for column in columns))
        reenter(market, columns, among.tolist(), ends.tolist())


def settle(market: Market) -> None:
    """Settle the needs' prices."""
    run(market, settle_need_prices)(market)


def prove(market: Market) -> None:
    """Raise :class:`ProofFailed` unless the choice fits and the prices prove it optimal.

    For then with w_e = max(0, v_e - u_i - p_j) the dual objective, sum s_i u_i + sum w_e + sum over
    each offer's places k of max(0, p_j - t_k), equals the sum of the chosen values less the costs
    t_k of the matches, and no choice can exceed it (complementary slackness; Dantzig 1951; Ahuja,
    Magnanti & Orlin 1993, §9.4 and ch. 14). Linear in the rows, apart from the search.
    """
    wrong, used = np.zeros(len(CLAIMS), np.int64), np.zeros(len(market.used), np.int64)
    counts: Any = (used, wrong) if is_compiled(market) else (used.tolist(), wrong.tolist())
    for check in (check_needs, check_offers):
        run(market, check)(market, *counts)
    for claim, count in zip(CLAIMS, counts[1], strict=True):
        if count:
            raise ProofFailed(claim, count=int(count))
