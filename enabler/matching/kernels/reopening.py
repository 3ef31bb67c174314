"""Rows that come late: a need cut short gets the rest, and the optimum is mended for it alone."""

from typing import Any

from enabler.matching.kernels.compiling import kernel
from enabler.matching.kernels.lists import Columns, own, thread
from enabler.matching.kernels.paths import Market, best_net, fill_need
from enabler.matching.kernels.places import release


@kernel
def mark_doubtful(market: Market, cut: Any) -> int:
    """Keep in ``cut`` only needs for which a row that was cut off could still matter; how many.

    Whatever was cut off scores at most what the last row kept does, and costs a price of at least
    0. So a need is beyond doubt when its own price is at least the value of its last row.
    """
    doubtful = 0
    for need in range(len(market.begin)):
        if cut[need]:
            last = market.end[need] - 1
            kept = last >= market.begin[need]
            if kept and market.need_price[need] >= market.worth[need] + market.score[last]:
                cut[need] = 0
            else:
                doubtful += 1
    return doubtful


@kernel
def is_upset(market: Market, need: int) -> bool:
    """Whether a pair that the need does not have is worth more than its price says."""
    for row in range(market.begin[need], market.end[need]):
        value = market.worth[need] + market.score[row]
        if value <= market.need_price[need]:
            return False
        price = market.offer_price[market.offer[row]]
        if not market.chosen[row] and value - price > market.need_price[need]:
            return True
    return False


@kernel
def reenter(market: Market, columns: Columns, needs: Any, ends: Any) -> int:
    """Let needs see all their rows, up to ``ends``, one need at a time; how many that upset.

    One at a time, since a search is right only where every pair that it can see keeps (*).
    """
    upset = 0
    for k in range(len(needs)):
        need = needs[k]
        seen = market.end[need]
        market.end[need] = ends[k]
        thread(market, columns, need, seen)
        if is_upset(market, need):
            upset += 1
            release(market, columns, need)
            for row in range(market.begin[need], market.end[need]):
                own(columns, row, need)
            market.need_price[need] = best_net(market, need)
            fill_need(market, need)
    return upset
