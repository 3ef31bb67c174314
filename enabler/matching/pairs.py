"""Which pairs there are: everything that could be matched, as columns, with scores and refusals."""

from collections.abc import Sequence
from datetime import datetime

from enabler.matching.judging import Judge
from enabler.matching.needs_and_offers import Need, Offer
from enabler.matching.policy import Policy
from enabler.matching.results import Edges


def edges(
    needs: Sequence[Need],
    offers: Sequence[Offer],
    policy: Policy,
    *,
    now: datetime | None = None,
    keep: int | None = None,
) -> Edges:
    """Every pair that no hard rule refuses, with its score and the points behind it.

    ``now``: what lies before it is over; without it nothing is. ``keep``: of each need's pairs
    only the best so many by score, ties by the order of the offers. Positions are those of the
    arguments: their order decides the order of the columns and nothing else.

    Time: linear in what is given, then that of :mod:`enabler.matching.judging`.
    """
    return Judge(needs, offers, policy, now).edges(keep=keep)
