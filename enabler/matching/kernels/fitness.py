"""Whether pairs can enter what stands, and a need's entry with them in a single call: a call of a
kernel costs as much as the search that a usual need starts."""

from typing import Any

from enabler.matching.arrays import OFFER_BITS
from enabler.matching.kernels.compiling import kernel
from enabler.matching.kernels.lists import Columns, join
from enabler.matching.kernels.paths import Market, best_net, fill_need

FIT, NOT_THERE, WITHDRAWN, TWICE, TOO_MANY_POINTS = range(5)
"""What can be wrong with pairs."""


@kernel
def unfit(others: Any, scores: Any, count: int, marks: Any, gone: int, points: int) -> int:
    """What is wrong with pairs: a number that is not below ``count`` or whose mark says that it is
    ``gone``, a score beyond ``points`` either way; else :data:`FIT`."""
    for k in range(len(others)):
        if others[k] < 0 or others[k] >= count:
            return NOT_THERE
    for k in range(len(others)):
        if marks[others[k]] == gone:
            return WITHDRAWN
    for k in range(len(others)):
        if scores[k] > points or scores[k] < -points:
            return TOO_MANY_POINTS
    return FIT


@kernel
def has_twins(ordered: Any) -> bool:
    """Whether a sorted column has a number twice."""
    for k in range(1, len(ordered)):  # noqa: SIM110 - a kernel has no generators
        if ordered[k] == ordered[k - 1]:
            return True
    return False


@kernel
def write_row(market: Market, columns: Columns, need: int, begin: int, best_first: Any) -> bool:
    """Write a need's pairs from row ``begin`` on, behind all that is written, and thread them;
    ``best_first``: less the score, times 2 to the power :data:`OFFER_BITS`, plus the offer. Where
    an offer comes twice nothing is threaded and the answer is no."""
    for k in range(len(best_first)):
        row = begin + k
        offer = best_first[k] & ((1 << OFFER_BITS) - 1)
        if columns.head[offer] >= begin:
            while k > 0:
                k -= 1
                row = begin + k
                columns.head[market.offer[row]] = columns.link[4 * row]
            return False
        market.offer[row] = offer
        market.score[row] = -(best_first[k] >> OFFER_BITS)
        market.chosen[row] = 0
        join(columns, offer, row, need, market.score[row])
    return True


@kernel
def enter_need(
    market: Market, columns: Columns, need: int, begin: int, slots: int, worth: int,
    offers: Any, scores: Any, best_first: Any, count: int, never: int, points: int,
) -> int:  # fmt: skip
    """A need is new: write its pairs (see :func:`write_row`) and fill its slots; or what is wrong
    with them, and nothing is changed. ``count``: how many offers there are; ``never``: the price
    of one that is no more."""
    wrong = unfit(offers, scores, count, market.offer_price, never, points)
    if wrong != FIT:
        return wrong
    if not write_row(market, columns, need, begin, best_first):
        return TWICE
    market.begin[need] = begin
    market.end[need] = begin + len(best_first)
    market.worth[need] = worth
    market.slots[need] = slots
    market.need_price[need] = best_net(market, need)
    fill_need(market, need)
    return FIT
