"""Which pairs there are: everything that could be matched, as columns, with scores and refusals."""

from collections.abc import Sequence
from datetime import datetime

from enabler.matching.crossing import Question
from enabler.matching.needs_and_offers import Need, Offer
from enabler.matching.policy import Policy
from enabler.matching.results import Edges
from enabler.matching.rules import sift
from enabler.matching.scores import FACTORS, points_of


def edges(
    needs: Sequence[Need],
    offers: Sequence[Offer],
    policy: Policy,
    *,
    now: datetime | None = None,
) -> Edges:
    """Every pair that no hard rule refuses, with its score and the points behind it.

    ``now``: what lies before it is over; without it nothing is. Positions are those of the
    arguments: their order decides the order of the columns and nothing else. Time: that of
    :mod:`enabler.matching.near` plus array steps over the pairs within reach.
    """
    sifted = sift(Question.of(needs, offers, policy, now))
    points = points_of(sifted.pairs)
    return Edges(
        need=sifted.pairs.need,
        offer=sifted.pairs.offer,
        distance_metres=sifted.pairs.metres,
        score=points.sum(axis=1),
        points=points,
        factors=tuple(FACTORS),
        refused=sifted.refused,
    )
