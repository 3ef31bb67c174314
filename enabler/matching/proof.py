"""The check that an assignment is the best there is: linear in the pairs, apart from the search.

For values v_e, a choice that fits slots and capacities, and prices u_i, p_j >= 0, the choice is
optimal if

* a need whose price is above 0 has all slots filled, an offer whose price is above 0 is full;
* u_i + p_j >= v_e for every pair not chosen and u_i + p_j <= v_e for every chosen one.

For then with w_e = max(0, v_e - u_i - p_j) the dual objective, sum s_i u_i + sum c_j p_j + sum w_e,
equals the sum of the chosen values, and no choice can exceed it (complementary slackness;
Dantzig 1951; Ahuja, Magnanti & Orlin 1993, §9.4).
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from enabler.domain.errors import EnablerError
from enabler.matching.arrays import Flags, Ints

Numbers = NDArray[Any]
"""int64, or Python's whole numbers (dtype object) where those could overflow."""


class ProofFailed(EnablerError):
    """An assignment is not what it claims: a fault of the engine, never of what it was given."""

    default_code = "proof_failed"


def prove(
    need: Ints,
    offer: Ints,
    value: Numbers,
    slots: Ints,
    capacity: Ints,
    chosen: Flags,
    need_price: Numbers,
    offer_price: Numbers,
) -> None:
    """Raise :class:`ProofFailed` unless the choice fits and the prices prove it optimal."""
    filled = np.bincount(need[chosen], minlength=len(slots))
    used = np.bincount(offer[chosen], minlength=len(capacity))
    over = need_price[need] + offer_price[offer] - value
    claims = {
        "slots_exceeded": filled <= slots,
        "capacity_exceeded": used <= capacity,
        "need_price_below_zero": need_price >= 0,
        "offer_price_below_zero": offer_price >= 0,
        "open_slot_priced": (need_price == 0) | (filled == slots),
        "spare_place_priced": (offer_price == 0) | (used == capacity),
        "better_pair_left": over[~chosen] >= 0,
        "worse_pair_chosen": over[chosen] <= 0,
    }
    for code, holds in claims.items():
        if not np.all(holds):
            raise ProofFailed(code, count=int(np.sum(~np.asarray(holds, dtype=np.bool_))))
