"""Between rounds: whoever the last round needs more elsewhere is kept for it.

A round's price p_j of an offer says what one more place of it would add to the round, and so what
to lose one costs (the dual of the assignment: :mod:`.solving`), besides what its further matches in
the round cost (``Policy.further_match``), which makes those who have several wait for others. To
serve needs one at a time, take the offer with the greatest

    score - min(p_j, M),    M = the greatest score there can be (all weights together).

This is bid-price control (Talluri & van Ryzin, *An analysis of bid-price controls for network
revenue management*, Management Science 44, 1998) with the last round as the forecast. In prices a
filled slot counts far more than any score (``worth``), so that p_j is either a difference of
scores, or beyond all scores: then some need would go without this offer. Cut off at M such a price
says *only if there is nobody else*, and among several of the kind the scores decide again, where
the uncut sums would compare how worthy the needs were that somebody else has.

It changes the order alone, never a score or its reasons, and bars nobody. A need that came after
the round may be worth more than one that was in it; whoever is asked may say yes to it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from enabler.matching.policy import DEFAULT_WEIGHTS, Id, Policy
from enabler.matching.results import Candidate


def greatest_score(policy: Policy) -> int:
    """M: no pair scores more, and none less than 0."""
    return sum(policy.weight(factor) for factor in DEFAULT_WEIGHTS)


def cut_off(prices: Mapping[Id, int], policy: Policy) -> dict[Id, int]:
    """Prices at most M, without those of 0: see above."""
    most = greatest_score(policy)
    return {offer: min(int(price), most) for offer, price in prices.items() if price > 0}


def by_price(
    ranked: Sequence[Candidate], prices: Mapping[Id, int], policy: Policy
) -> list[Candidate]:
    """Candidates that are ranked by score, ranked by score less price; ties as they were.

    ``prices``: of a round, by offer; without one it is 0. Whoever stands further down than before
    carries by how many points as ``kept_back``. Time: O(n log n).
    """
    prices = cut_off(prices, policy)
    order = sorted(
        range(len(ranked)), key=lambda at: prices.get(ranked[at].offer, 0) - ranked[at].score
    )
    return [
        replace(ranked[at], kept_back=prices.get(ranked[at].offer, 0)) if place > at else ranked[at]
        for place, at in enumerate(order)
    ]
