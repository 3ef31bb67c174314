"""Why a giver was not asked lately: counts of last week, and nothing about any single need.

Law 7. Nothing is said unless at least three people asked for help within the giver's reach and the
giver was not asked; it is said of all of a giver's offers together, whatever has become of them
since, and of a whole week that is over. So nobody learns when or where somebody asked by looking
often, by giving several offers with different reaches, or by pausing some of them. Needs of those
whom the giver is kept apart from, or lives with, never count, nor does any rule that is about the
asker alone.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta

from enabler.domain.considerations import Consideration, Ranked
from enabler.domain.offers import Offer
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import Verdict
from enabler.domain.weeks import week_of
from enabler.matching.policy import RULES
from enabler.persistence.matches import organisation_key
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._ground import Ground
from enabler.services.views import PassedOver

FEWEST = 3
"""People who asked; fewer could be guessed."""

MOST_LOOKED_AT = 500
"""Considerations of a week that are read, the newest: it bounds what a page costs."""

_TOLD_AS_THEY_ARE = (Verdict.LATE, Verdict.CAP, Verdict.FULL)
PREFERENCE, ELSEWHERE, BETTER = "preference", "elsewhere", "suited-better"
SAYABLE = frozenset({"time", "away", "capacity", "cap", "credential", "language"})
"""Rules of which a giver may read that they stood between them and somebody."""

FOREMOST = {
    "nearness": "nearer", "time_fit": "freer", "asked_least": "asked-less", "rotation": "turn",
}  # fmt: skip
"""What may be said of the others, by the factor that spoke for them most. That somebody has helped
this person before is theirs alone to know."""


def passed_over(uow: UnitOfWork, actor: Actor, offer: Offer, here: Ground) -> PassedOver | None:
    """Why the offer's giver was not asked last week; None for others, and where too few asked."""
    if not _is_givers(actor, offer):
        return None
    given = uow.offers.all_of((offer.member_id, offer.organisation_id))
    reasons: dict[int, str] = {}
    askers: set[int] = set()
    for one in _of_last_week(uow, offer, given, here):
        why = _why(one, {each.id: each for each in given})
        if why is not None:
            reasons[one.need_id] = why
            askers.add(one.asker_id)
    if len(askers) < FEWEST:
        return None
    return PassedOver(needs=len(reasons), because=dict(Counter(reasons.values())))


def _is_givers(actor: Actor, offer: Offer) -> bool:
    if offer.organisation_id is not None:
        return offer.organisation_id in actor.organisations()
    return offer.member_id == actor.member_id


def _of_last_week(
    uow: UnitOfWork, offer: Offer, given: Sequence[Offer], here: Ground
) -> list[Consideration]:
    """The last of each need that was near and for which the giver was never asked.

    The same whichever of the giver's offers is looked at.
    """
    week = week_of(here.week.start - timedelta(days=1), here.place.timezone)
    served = {each for one in given for each in uow.rulesets.served_by(one.place_id)}
    found = uow.considerations.near(
        _around(given), categories=sorted({slug for each in given for slug in each.categories}),
        place_ids=sorted(served), within=week, most=MOST_LOOKED_AT,
    )  # fmt: skip
    last: dict[int, Consideration] = {}
    for one in found:
        last.setdefault(one.need_id, one)
    before = uow.matches.givers_before(last)
    who = organisation_key(offer.organisation_id) if offer.organisation_id else offer.member_id
    return [one for one in last.values() if who not in before.get(one.need_id, ())]


def _around(given: Sequence[Offer]) -> tuple[int, int, int, int]:
    """West, south, east and north of all that the offers reach."""
    return (
        min(each.easting - each.reach_metres for each in given),
        min(each.northing - each.reach_metres for each in given),
        max(each.easting + each.reach_metres for each in given),
        max(each.northing + each.reach_metres for each in given),
    )


def _why(one: Consideration, given: Mapping[int, Offer]) -> str | None:
    """Why none of the offers was asked; None where it is not to be told, or none was looked at."""
    ranked = [each for each in one.ranked if each.offer_id in given]
    if ranked:
        return _why_not_asked(one, ranked[0], given[ranked[0].offer_id])
    codes = {code for code, ids in one.named.items() if not set(ids).isdisjoint(given)}
    told = sorted(codes & SAYABLE)
    if told:
        return told[0]
    return PREFERENCE if codes and codes.isdisjoint((*RULES, "asked", "other-offer")) else None


def _why_not_asked(one: Consideration, mine: Ranked, offer: Offer) -> str | None:
    if mine.verdict is Verdict.BEYOND:
        return _better(one.asked[-1], mine, offer) if one.asked else BETTER
    if mine.verdict is Verdict.NOT_CHOSEN:
        return ELSEWHERE
    return mine.verdict.value if mine.verdict in _TOLD_AS_THEY_ARE else None


def _better(theirs: Ranked, mine: Ranked, offer: Offer) -> str:
    """What spoke most for the last who was asked, against this one: only what is so."""
    if mine.score > theirs.score:
        return ELSEWHERE  # the last round's price kept it back: it is needed more elsewhere
    points = {reason.factor: reason.points for reason in mine.reasons}
    more = {each.factor: each.points - points.get(each.factor, 0) for each in theirs.reasons}
    factor = max(sorted(more), key=lambda factor: more[factor], default="")
    if more.get(factor, 0) <= 0 or not _is_so(factor, theirs, mine, offer):
        return BETTER
    return FOREMOST.get(factor, BETTER)


def _is_so(factor: str, theirs: Ranked, mine: Ranked, offer: Offer) -> bool:
    """Nearness is scored against each helper's own reach: more points need not be nearer. Turns
    are between organisations.
    """
    if factor == "nearness":
        return theirs.distance_metres < mine.distance_metres
    return factor != "rotation" or offer.organisation_id is not None
