"""One optimal round: many needs and offers to the best choice of matches, explained.

Works on ids: the answer is the same for every order of what was given. Nothing is stored or
sent here, and no clock is read but the one handed in.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np

from enabler.matching.assignment import assign
from enabler.matching.needs_and_offers import Need, Offer
from enabler.matching.pairs import edges
from enabler.matching.policy import Id, Policy
from enabler.matching.priority import priority_of
from enabler.matching.ranked import Ranked
from enabler.matching.ranking import by_id
from enabler.matching.results import Assignment, Candidate, Edges

Clock = Callable[[], float]
"""Seconds from some fixed moment, for telling how long things took."""


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A need with a slot still open, and how many offers which rule kept from it.

    Offers that were admitted but serve other needs count under ``capacity``.
    """

    need: Id
    because: Mapping[str, int]


@dataclass(frozen=True)
class Round:
    """What a round found. ``matches``: (need, candidate), by need's id, then offer's.

    ``need_prices``, ``offer_prices``: see :class:`Assignment`. ``pairs``: how many were
    admitted. ``seconds``: of the steps ``edges`` and ``solve``; 0 without a clock. ``ranked``:
    everybody who could have been chosen, by need.
    """

    matches: tuple[tuple[Id, Candidate], ...]
    unmatched: tuple[Unmatched, ...]
    need_prices: Mapping[Id, int]
    offer_prices: Mapping[Id, int]
    objective: int
    filled: int
    optimal: bool
    pairs: int
    seconds: Mapping[str, float]
    ranked: Ranked = field(repr=False, compare=False)


def settle(
    needs: Sequence[Need],
    offers: Sequence[Offer],
    policy: Policy,
    *,
    now: datetime | None = None,
    clock: Clock = lambda: 0.0,
) -> Round:
    """Match as many needs as can be, those of high priority first, with the greatest total score.

    An offer is chosen at most as often as its capacity and its cap of asks allow, and among equals
    they spread as ``policy.further_match`` says; what that costs is in ``objective``.
    """
    needs = sorted(needs, key=lambda need: by_id(need.id))
    offers = sorted(offers, key=lambda offer: by_id(offer.id))
    started = clock()
    found = edges(needs, offers, policy, now=now)
    sifted = clock()
    best = assign(
        found.need,
        found.offer,
        found.score,
        [need.slots for need in needs],
        [offer.room for offer in offers],
        priority=[priority_of(need, now) for need in needs],
        further=policy.further_match,
    )
    solved = clock()
    return Round(
        matches=_matches(needs, offers, found, best),
        unmatched=_unmatched(needs, found, best),
        need_prices=_prices([need.id for need in needs], best.need_price.tolist()),
        offer_prices=_prices([offer.id for offer in offers], best.offer_price.tolist()),
        objective=best.objective,
        filled=best.filled,
        optimal=best.optimal,
        pairs=len(found),
        seconds={"edges": sifted - started, "solve": solved - sifted},
        ranked=Ranked([need.id for need in needs], [offer.id for offer in offers], found),
    )


def _matches(
    needs: Sequence[Need], offers: Sequence[Offer], found: Edges, best: Assignment
) -> tuple[tuple[Id, Candidate], ...]:
    matches = []
    for row in best.pair.tolist():
        need, offer = needs[found.need[row]], offers[found.offer[row]]
        matches.append((need.id, found.candidate(row, offer.id)))
    return tuple(matches)


def _unmatched(needs: Sequence[Need], found: Edges, best: Assignment) -> tuple[Unmatched, ...]:
    filled = np.bincount(best.need, minlength=len(needs))
    lost = np.bincount(found.need, minlength=len(needs)) - filled
    short = []
    for row, need in enumerate(needs):
        if filled[row] < need.slots:
            because = found.because(row)
            if lost[row]:
                because["capacity"] = because.get("capacity", 0) + int(lost[row])
            short.append(Unmatched(need.id, because))
    return tuple(short)


def _prices(ids: Sequence[Id], prices: Sequence[int]) -> dict[Id, int]:
    return dict(zip(ids, prices, strict=True))
