"""What the views of a list are made from, read at once: as many queries for fifty as for one.

Each view is made by the same function as a single one; it only finds known what it asks for.
"""

from collections.abc import Sequence
from datetime import datetime

from enabler.domain.matches import Match
from enabler.domain.needs import Need
from enabler.domain.offers import Offer
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import NeedState, NextStep, OfferState
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._ground import Ground
from enabler.services._match_views import match_view
from enabler.services._need_views import need_view
from enabler.services._offer_views import offer_view
from enabler.services.views import MatchView, NeedView, OfferView


def listed_needs(
    uow: UnitOfWork, actor: Actor, needs: Sequence[Need], here: Ground
) -> tuple[NeedView, ...]:
    """Needs of one place in a list, in this order: nobody else's name or address is in it."""
    if not needs:
        return ()
    refused = [need.id for need in needs if need.state is NeedState.REFUSED]
    others = [need.id for need in needs if need.state is not NeedState.REFUSED]
    uow.homes.know_wards(need.cell.ward_id for need in needs)
    uow.organisations.know(_organisations(needs))
    uow.needs.know(need.repeats_id for need in needs if need.repeats_id is not None)
    uow.matches.know_of_needs(
        [need.id for need in needs],
        [need.id for need in needs if need.next_step is NextStep.AWAIT_ANSWERS],
    )
    uow.audit.know_words("need", refused, "need.refused", none_of=others)
    return tuple(need_view(uow, actor, need, here, listed=True) for need in needs)


def listed_offers(
    uow: UnitOfWork, actor: Actor, offers: Sequence[Offer], here: Ground
) -> tuple[OfferView, ...]:
    """Offers of one place in a list, in this order."""
    if not offers:
        return ()
    refused = [offer.id for offer in offers if offer.state is OfferState.REFUSED]
    others = [offer.id for offer in offers if offer.state is not OfferState.REFUSED]
    uow.homes.know_wards(offer.ward_id for offer in offers)
    uow.organisations.know(_organisations(offers))
    uow.credentials.know(((offer.member_id, offer.organisation_id) for offer in offers), here.now)
    uow.matches.know_of_offers(offer.id for offer in offers)
    uow.audit.know_words("offer", refused, "offer.refused", none_of=others)
    return tuple(offer_view(uow, actor, offer, here, listed=True) for offer in offers)


def listed_matches(
    uow: UnitOfWork, actor: Actor, matches: Sequence[Match], now: datetime
) -> tuple[MatchView, ...]:
    """Matches in a list, in this order: nobody else's name or address is in it."""
    if not matches:
        return ()
    know_matches(uow, matches, now)
    return tuple(match_view(uow, actor, match, now, listed=True) for match in matches)


def know_matches(uow: UnitOfWork, matches: Sequence[Match], now: datetime) -> None:
    """Read all that lists of these matches show, at once for a page that has several lists."""
    uow.needs.know(match.need_id for match in matches)
    uow.offers.know_of_matches(match.offer_id for match in matches)
    needs = [uow.needs.by_id(match.need_id) for match in matches]
    uow.rulesets.know((need.place_id for need in needs), now)
    uow.homes.know_wards(need.cell.ward_id for need in needs)
    uow.organisations.know(_organisations(needs))


def _organisations(found: Sequence[Offer] | Sequence[Need]) -> list[int]:
    return [one.organisation_id for one in found if one.organisation_id is not None]
