"""One need: who suits best, and why somebody was not asked."""

from collections.abc import Sequence
from datetime import datetime

from enabler.matching.needs_and_offers import Need, Offer
from enabler.matching.pairs import edges
from enabler.matching.policy import Id, Policy
from enabler.matching.results import Candidate


def rank(
    need: Need,
    offers: Sequence[Offer],
    policy: Policy,
    limit: int,
    *,
    now: datetime | None = None,
) -> list[Candidate]:
    """The best ``limit`` offers for one need, best first, ties by id, with every reason.

    The order of ``offers`` changes nothing. Time: linear in the offers.
    """
    found = edges([need], offers, policy, now=now)
    ids = [offers[row].id for row in found.offer.tolist()]
    best = sorted(range(len(found)), key=lambda row: (-int(found.score[row]), by_id(ids[row])))
    return [found.candidate(row, ids[row]) for row in best[: max(0, limit)]]


def by_id(name: Id) -> tuple[bool, int, str]:
    """The order of ids: whole numbers by size, then texts by their letters."""
    return (True, 0, name) if isinstance(name, str) else (False, name, "")


def why_not(need: Need, offer: Offer, policy: Policy, *, now: datetime | None = None) -> str | None:
    """The code of the first rule that refuses the pair; None if it could be."""
    refused = edges([need], [offer], policy, now=now).because(0)
    return next(iter(refused), None)
