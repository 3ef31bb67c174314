"""Markets as the solver's other rooms use them: opened from rows, filled, settled, proved.

Machine code where there are many rows and all numbers fit int64; else the same functions as they
are, over plain lists, whose whole numbers cannot overflow.
"""

from collections.abc import Callable
from typing import Any, ParamSpec

import numpy as np

from enabler.matching.arrays import Ints
from enabler.matching.kernels.compiling import compiled
from enabler.matching.kernels.heap import UNSEEN
from enabler.matching.kernels.paths import Market, fill_needs, settle_need_prices
from enabler.matching.kernels.proving import CLAIMS, check_needs, check_offers
from enabler.matching.rows import Rows
from enabler.matching.solving import FEW, Numbers, ProofFailed

P = ParamSpec("P")

Run = Callable[[Callable[..., Any]], Callable[..., Any]]
"""From a kernel to the form in which it is called."""


def opened(rows: Rows, slots: Ints, capacity: Ints, worth: Numbers, further: int) -> Market:
    """A market in which nothing is chosen yet; all prices 0."""
    needs, offers = len(slots), len(capacity)
    places = np.minimum(capacity, np.bincount(rows.offer, minlength=offers))
    place_begin = np.cumsum(places) - places
    total = int(places.sum())
    market = Market(
        begin=rows.first[:-1].copy(),
        end=rows.first[1:].copy(),
        worth=worth,
        slots=np.array(slots, dtype=np.int64),
        filled=np.zeros(needs, dtype=np.int64),
        need_price=np.zeros(needs, dtype=worth.dtype),
        place_begin=place_begin,
        used=np.zeros(offers, dtype=np.int64),
        capacity=places,
        offer_price=np.zeros(offers, dtype=worth.dtype),
        taken=np.zeros(total, dtype=np.int64),
        taken_by=np.zeros(total, dtype=np.int32),
        offer=rows.offer,
        score=rows.score,
        chosen=np.zeros(len(rows), dtype=np.uint8),
        distance=np.zeros(needs + offers, dtype=worth.dtype),
        via=np.zeros(needs + offers, dtype=np.int64),
        via_need=np.zeros(offers, dtype=np.int32),
        place=np.full(needs + offers, UNSEEN, dtype=np.int32),
        heap=np.zeros(needs + offers, dtype=np.int32),
        seen=np.zeros(needs + offers, dtype=np.int32),
        further=further,
    )
    return market if is_compiled(market) else as_lists(market)


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


def run(market: Market, kernel: Callable[P, Any]) -> Callable[P, Any]:
    """The form of a kernel that works on this market."""
    return compiled(kernel) if is_compiled(market) else kernel


def fill(market: Market, order: Ints) -> None:
    """Fill all needs, in this order."""
    plain = order if is_compiled(market) else order.tolist()
    run(market, fill_needs)(market, plain)


def settle(market: Market) -> None:
    """Settle the needs' prices."""
    run(market, settle_need_prices)(market)


def prove(market: Market) -> None:
    """Raise :class:`ProofFailed` unless the choice fits and the prices prove it optimal.

    For then with w_e = max(0, v_e - u_i - p_j) the dual objective, sum s_i u_i + sum w_e + sum over
    each offer's places k of max(0, p_j - t_k), equals the sum of the chosen values less the costs
    t_k of the tasks, and no choice can exceed it (complementary slackness; Dantzig 1951; Ahuja,
    Magnanti & Orlin 1993, §9.4 and ch. 14). Linear in the rows, apart from the search.
    """
    wrong, used = np.zeros(len(CLAIMS), np.int64), np.zeros(len(market.used), np.int64)
    counts: Any = (used, wrong) if is_compiled(market) else (used.tolist(), wrong.tolist())
    for check in (check_needs, check_offers):
        run(market, check)(market, *counts)
    for claim, count in zip(CLAIMS, counts[1], strict=True):
        if count:
            raise ProofFailed(claim, count=int(count))
