"""An offer as it is shared: a page that anybody may open, without anything of a person."""

from datetime import datetime

from enabler.domain.errors import NotFound
from enabler.domain.offers import Offer
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.vocabulary import OfferState
from enabler.persistence.unit_of_work import UnitOfWork, reading
from enabler.services._apart import are_apart
from enabler.services._checks import giver_is_active
from enabler.services._subjects import of_offer, place_of
from enabler.services.views import PublicOffer

__all__ = ["for_giver", "public"]


def public(*, actor: Actor, ref: str, now: datetime) -> PublicOffer:
    """An open offer of the place, for anybody. Raises NotFound, also while it is not open."""
    with reading() as uow:
        require(actor, Action.SEE_PUBLIC, Subject(place_of(actor)))
        offer = uow.offers.by_ref(place_of(actor), ref)
        if are_apart(uow, actor.member_id, offer.member_id) or _is_hidden(uow, offer):
            raise NotFound("offer_unknown")
        return _public(uow, offer)


def _is_hidden(uow: UnitOfWork, offer: Offer) -> bool:
    return offer.member_id is not None and uow.hidden.of(offer.member_id) is not None


def for_giver(*, actor: Actor, ref: str, now: datetime) -> PublicOffer:
    """What others would see, for whoever may share it. Raises NotFound, NotAllowed."""
    with reading() as uow:
        offer = uow.offers.by_ref(place_of(actor), ref)
        require(actor, Action.CHANGE_OFFER, of_offer(offer))
        return _public(uow, offer)


def _public(uow: UnitOfWork, offer: Offer) -> PublicOffer:
    if offer.state is not OfferState.OPEN or not giver_is_active(uow, offer):
        raise NotFound("offer_unknown")
    if offer.organisation_id is None:
        return PublicOffer(
            ref=offer.ref, categories=offer.categories,
            words=offer.words if offer.words_public else None, organisation=None, ward=None,
            any_time=True, weekly=(), exceptions=(),
        )  # fmt: skip
    return PublicOffer(
        ref=offer.ref, categories=offer.categories, words=offer.words,
        organisation=uow.organisations.by_id(offer.organisation_id).name,
        ward=uow.homes.ward_name(offer.ward_id), any_time=offer.any_time, weekly=offer.weekly,
        exceptions=uow.offer_changes.exceptions([offer.id]).get(offer.id, ()),
    )  # fmt: skip
