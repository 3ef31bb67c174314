"""The proof of a choice, computed again from its columns alone, over every pair there is.

Independent of the engine's own check: it searches all pairs anew, slice by slice, and adds up both
sides of the duality with numpy.
"""

from dataclasses import dataclass

import numpy as np

from bench.cases import Case, needs_of
from bench.places import NEARNESS, Ints
from enabler.matching.search import search
from enabler.matching.solving import Choice

SLICE = 20_000
"""Needs looked at in one go: bounds the memory."""


@dataclass
class Proof:
    """Sums over all pairs.

    ``primal``: the chosen values together; ``dual``: the bound that the prices give, which no
    choice can exceed; equal, both are optimal. ``violations``: pairs, needs and offers that break a
    rule of the problem or of complementary slackness. ``pairs``: how many were looked at.
    """

    primal: int = 0
    dual: int = 0
    violations: int = 0
    pairs: int = 0


def proof(case: Case, choice: Choice) -> Proof:
    """Look at every pair of the case. Time: a search, and a few passes of numpy.

    With value v = worth + score, slots s, prices u and p, and capacities c (no more than an offer
    has pairs), the dual is ``sum s u + sum c p + sum max(0, v - u - p)`` (Dantzig 1951).
    """
    place, found = case.place, Proof()
    worth, u, p = (
        np.asarray(column, dtype=np.int64)
        for column in (choice.worth, choice.need_price, choice.offer_price)
    )
    degree = np.zeros(len(p), dtype=np.int64)
    for start in range(0, len(u), SLICE):
        among = np.arange(start, min(start + SLICE, len(u)))
        rows = search(case.grid, place.wanted, nearness=NEARNESS, among=among).rows
        need, offer = among[needs_of(rows)], rows.offer.astype(np.int64)
        value = worth[need] + rows.score
        _look_at(found, value - u[need] - p[offer], _is_chosen(choice, among, need, offer), value)
        degree += np.bincount(offer, minlength=len(p))
    room = np.minimum(place.capacity, degree)
    found.dual += int((place.slots * u).sum()) + int((room * p).sum())
    found.violations += _broken_by_side(choice, place.slots, u, choice.need)
    found.violations += _broken_by_side(choice, room, p, choice.offer)
    return found


def _look_at(found: Proof, over: Ints, chosen: Ints, value: Ints) -> None:
    """Pairs worth more than their prices must be chosen, those worth less must not."""
    found.pairs += len(over)
    found.primal += int(value[chosen].sum())
    found.dual += int(np.maximum(over, 0).sum())
    found.violations += int((over[~chosen] > 0).sum()) + int((over[chosen] < 0).sum())


def _is_chosen(choice: Choice, among: Ints, need: Ints, offer: Ints) -> np.ndarray:
    first, last = np.searchsorted(choice.need, [among[0], among[-1] + 1])
    offers = len(choice.offer_price)
    keys = choice.need[first:last] * offers + choice.offer[first:last]
    return np.isin(need * offers + offer, keys)


def _broken_by_side(choice: Choice, room: Ints, price: Ints, chosen: Ints) -> int:
    """Needs or offers that have more than their room, a negative price, or one while room is."""
    used = np.bincount(chosen, minlength=len(room))
    return int((used > room).sum() + (price < 0).sum() + ((price > 0) & (used < room)).sum())
