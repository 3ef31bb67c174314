"""Why one offer was asked for a need, or was not: from what was kept when the need was worked."""

from dataclasses import dataclass
from datetime import datetime
from math import dist

from enabler.domain.considerations import Consideration
from enabler.domain.needs import Need
from enabler.domain.offers import Offer
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._ground import Ground

CATEGORY, PLACE, REACH = "category", "place", "reach"
TOO_NEW, NOT_OPEN, NOT_KEPT = "too-new", "not-open", "not-kept"
"""What was not kept by name follows from facts that do not change: the kinds of help of an offer,
from when on it is there, where it is given. Else the place kept only the number, or the offer was
not open at that moment."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of an offer in one consideration.

    With a ``place`` (from 1, of ``possible``) it could be asked, and ``code`` is a verdict;
    without, ``code`` is what kept it from the need. ``in_place``: others were looked for while the
    wave ran, in place of those who had said no or nothing.
    """

    at: datetime
    wave: int
    by_round: bool
    code: str
    place: int | None
    possible: int
    in_place: bool = False


def findings(uow: UnitOfWork, need: Need, offer: Offer, here: Ground) -> tuple[Finding, ...]:
    """What became of the offer each time when the need was worked, the oldest first."""
    return tuple(
        _finding(need, offer, one, is_of=offer.place_id in here.place_ids)
        for one in uow.considerations.of_need(need.id, here.now)
    )


def _finding(need: Need, offer: Offer, one: Consideration, *, is_of: bool) -> Finding:
    ranking = one.ranking_of(offer.id)
    if ranking is not None:
        code, place = ranking.verdict.value, ranking.place
    else:
        code, place = one.refusal_of(offer.id) or _follows(need, offer, one, is_of=is_of), None
    possible = len(one.ranked) + one.beyond
    return Finding(one.at, one.wave, one.by_round, code, place, possible, one.in_place > 0)


def _follows(need: Need, offer: Offer, one: Consideration, *, is_of: bool) -> str:
    apart = round(dist((need.cell.easting, need.cell.northing), (offer.easting, offer.northing)))
    furthest = apart if need.reach_metres is None else need.reach_metres
    unnamed = {code: many - len(one.named.get(code, ())) for code, many in one.refused.items()}
    for code, holds in (
        (CATEGORY, need.category not in offer.categories),
        (PLACE, not is_of),
        (TOO_NEW, offer.posted_at > one.at),
        (REACH, apart > min(offer.reach_metres, furthest)),
        (NOT_KEPT, one.beyond + sum(unnamed.values()) - unnamed.get(REACH, 0) > 0),
    ):
        if holds:
            return code
    return NOT_OPEN
