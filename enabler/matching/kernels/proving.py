"""The check of an optimum by its prices, linear in the pairs, one need after the other."""

from typing import Any

from enabler.matching.kernels.compiling import kernel
from enabler.matching.kernels.paths import Market, cost_of

CLAIMS = (
    "slots_exceeded",
    "capacity_exceeded",
    "need_price_below_zero",
    "offer_price_below_cost",
    "open_slot_priced",
    "spare_place_priced",
    "better_pair_left",
    "worse_pair_chosen",
    "count_wrong",
)
"""What can be wrong, by number."""


@kernel
def check_pairs(market: Market, need: int, used: Any, wrong: Any) -> int:
    """Count the pairs of a need that break (*) of :mod:`.paths`; how many are chosen."""
    filled = 0
    for row in range(market.begin[need], market.end[need]):
        value = market.worth[need] + market.score[row]
        over = market.need_price[need] + market.offer_price[market.offer[row]] - value
        if market.chosen[row]:
            filled += 1
            used[market.offer[row]] += 1
            if over > 0:
                wrong[7] += 1
        elif over < 0:
            wrong[6] += 1
    return filled


@kernel
def check_needs(market: Market, used: Any, wrong: Any) -> None:
    """Count what breaks (*) by need and pair; ``used`` comes to hold the pairs by offer."""
    for need in range(len(market.begin)):
        filled = check_pairs(market, need, used, wrong)
        if filled > market.slots[need]:
            wrong[0] += 1
        if market.need_price[need] < 0:
            wrong[2] += 1
        if market.need_price[need] > 0 and filled < market.slots[need]:
            wrong[4] += 1
        if filled != market.filled[need]:
            wrong[8] += 1


@kernel
def check_offers(market: Market, used: Any, wrong: Any) -> None:
    """Count the offers that break (*)."""
    for offer in range(len(market.used)):
        matches, price = used[offer], market.offer_price[offer]
        if matches > market.capacity[offer]:
            wrong[1] += 1
        if price < 0 or (matches > 0 and price < cost_of(market.further, matches - 1)):
            wrong[3] += 1
        if matches < market.capacity[offer] and price > cost_of(market.further, matches):
            wrong[5] += 1
        if matches != market.used[offer]:
            wrong[8] += 1
