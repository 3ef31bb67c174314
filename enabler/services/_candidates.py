"""Who could help with a need: rows become the engine's values, the engine decides."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from enabler.domain.considerations import ASKED_BEFORE, OTHER_OFFER
from enabler.domain.needs import Need
from enabler.domain.vocabulary import NeedState
from enabler.matching import Candidate, Offer, Policy, by_price, edges, rank, refusals
from enabler.matching import Need as Asked
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._asking_side import not_to_be_asked
from enabler.services._checks import demanded
from enabler.services._ground import Ground


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look at the offers near a need found: who could be asked, best first and each giver
    once; and by the code of what kept them from it the ids of the others.
    """

    ranked: Sequence[Candidate]
    refused: Mapping[str, Sequence[int]]


def candidates(uow: UnitOfWork, need: Need, ground: Ground) -> Looked:
    """Everyone who could be asked for the need now, best first; each giver once, by best offer.

    Nobody who has been asked for it before: a no is final, and so is no answer.
    """
    near = uow.supply.near(need.cell, need.category, ground.place_ids, ground.terms)
    before = givers_before(uow, need)
    offers = [offer for offer in near if giver(offer) not in before]
    asked, policy = told(uow, [need], ground)[0], ground.policy(need.category)
    ranked = ranked_now(uow, asked, offers, policy, ground)
    first = _one_each(ranked, {offer.id: giver(offer) for offer in offers})
    possible, foremost = {one.offer for one in ranked}, {one.offer for one in first}
    others = [offer for offer in offers if offer.id not in possible]
    refused = refusals(asked, others, policy, now=ground.now) | {
        ASKED_BEFORE: tuple(offer.id for offer in near if giver(offer) in before),
        OTHER_OFFER: tuple(one.offer for one in ranked if one.offer not in foremost),
    }
    return Looked(first, {code: [int(one) for one in ids] for code, ids in refused.items()})


def still_fitting(
    uow: UnitOfWork, needs: Sequence[Need], offer_ids: Iterable[int], ground: Ground
) -> frozenset[tuple[int, int]]:
    """Which of these needs and offers no rule keeps from one another now: pairs of their ids.

    Everything is read anew: who keeps apart from whom, who is away, whose checks and account stand.
    """
    offers = uow.supply.of_ids(offer_ids, ground.place_ids, ground.terms)
    policy = ground.policy(*{need.category for need in needs})
    found = edges(told(uow, needs, ground), offers, policy, now=ground.now)
    pairs = zip(found.need.tolist(), found.offer.tolist(), strict=True)
    return frozenset((needs[need].id, int(offers[offer].id)) for need, offer in pairs)


def ranked_now(
    uow: UnitOfWork, asked: Asked, offers: Sequence[Offer], policy: Policy, ground: Ground
) -> list[Candidate]:
    """The offers that could meet a need, the first to ask first: by score, less the price of an
    offer in the last round, for as long as the ruleset has it (see :mod:`enabler.matching.prices`).
    """
    ranked = rank(asked, offers, policy, len(offers), now=ground.now)
    prices = fresh_prices(uow, ground, [int(one.offer) for one in ranked])
    return by_price(ranked, prices, policy)


def fresh_prices(
    uow: UnitOfWork, ground: Ground, offer_ids: Iterable[int]
) -> Mapping[int | str, int]:
    """What these offers cost in the last rounds of this place and of those it shares with; none
    where the last is older than the ruleset has prices count."""
    hours = ground.ruleset.price_hours
    if not hours:
        return {}
    since = ground.now - timedelta(hours=hours)
    return uow.rounds.prices(ground.place_ids, offer_ids, since, ground.now)


def _one_each(ranked: Sequence[Candidate], givers: dict[int | str, int | str]) -> list[Candidate]:
    seen: set[int | str] = set()
    found = []
    for candidate in ranked:
        who = givers[candidate.offer]
        if who not in seen:
            seen.add(who)
            found.append(candidate)
    return found


def giver(offer: Offer) -> int | str:
    """Whose offer it is: a member's id or an organisation's key."""
    who = offer.member if offer.organisation is None else offer.organisation
    return who if who is not None else ""


def givers_before(uow: UnitOfWork, need: Need) -> frozenset[int | str]:
    """Who has a match with this need already, whatever came of it."""
    return uow.matches.givers_before([need.id]).get(need.id, frozenset())


def told(uow: UnitOfWork, needs: Sequence[Need], here: Ground) -> list[Asked]:
    """Needs as the engine is told of them: at their cells' points, with the slots still free.

    An organisation is nobody's household and no member: whom it keeps away says so by itself.
    """
    askers = {need.id: need.asker_id for need in needs if need.organisation_id is None}
    asks = {_sort(need): demanded(need, here.ruleset) for need in _one_of_each(needs)}
    homes, blocked = uow.homes.households(askers.values()), not_to_be_asked(uow, needs, here.now)
    return [
        Asked(
            id=need.id,
            easting=need.cell.easting,
            northing=need.cell.northing,
            category=need.category,
            windows=tuple((one.start, one.end) for one in need.windows) or None,
            duration_minutes=need.duration_minutes,
            slots=need.slots - need.slots_filled,
            priority=need.priority,
            requires=asks[_sort(need)],
            languages_required=frozenset(need.languages_required),
            preferences=frozenset(need.preferences),
            circumstance=need.circumstance,
            held=need.state is not NeedState.OPEN,
            reach_metres=need.reach_metres,
            member=askers.get(need.id),
            household=homes.get(askers.get(need.id, 0)),
            place=need.place_id,
            blocked=blocked[need.id],
            waiting_since=need.posted_at,
        )
        for need in needs
    ]


def _one_of_each(needs: Sequence[Need]) -> Iterable[Need]:
    """A need of each sort: what is asked of a helper is the same for all of it."""
    return {_sort(need): need for need in needs}.values()


def _sort(need: Need) -> tuple[Any, ...]:
    return need.category, need.setting, need.circumstances, need.requires
