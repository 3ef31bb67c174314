"""Offers: what you give, or the organisation that you act for."""

from typing import Any

from enabler.api.calls import actor
from enabler.api.resource import Resource
from enabler.api.schemas.offers import OfferSchema, OfferSent, OffersPart
from enabler.api.schemas.parts import ListQuery, weekly, windows
from enabler.domain.offer_exceptions import OfferException
from enabler.domain.permissions import Action
from enabler.doors.wiring import now
from enabler.services import lists, offers
from enabler.services.offers import OfferDraft
from enabler.services.views import OfferView
from enabler.services.views.lists import Part

resource = Resource("offers", "What people and organisations give.")


@resource.read("/offers", action=Action.SEE_OWN, gives=OffersPart, query=ListQuery)
def all_mine(limit: int, cursor: str | None) -> Part[OfferView]:
    """What you offer, and the organisations that you act for; the newest first."""
    return lists.offers(actor=actor(), before=cursor, limit=limit, now=now())


@resource.write("/offers", action=Action.POST_OFFER, takes=OfferSent, gives=OfferSchema, makes=True)
def post(key: str, **given: Any) -> OfferView:
    """Offer help, for yourself or for an organisation that you lead."""
    lists_of_codes = {
        name: tuple(given[name]) for name in ("categories", "languages", "meets")
    }  # fmt: skip
    draft = OfferDraft(**given | lists_of_codes | {
        "weekly": weekly(given["weekly"]), "away": windows(given["away"]),
        "exceptions": tuple(OfferException(**one) for one in given["exceptions"]),
    })  # fmt: skip
    return offers.post(actor=actor(), draft=draft, key=key, now=now())


@resource.read("/offers/<ref:ref>", action=Action.SEE_OFFER, gives=OfferSchema)
def one(ref: str) -> OfferView:
    """An offer, for its giver."""
    return offers.show(actor=actor(), ref=ref, now=now())


@resource.write("/offers/<ref:ref>/pause", action=Action.CHANGE_OFFER, gives=OfferSchema)
def pause(ref: str, key: str) -> OfferView:
    """Be asked no more for now."""
    return offers.pause(actor=actor(), ref=ref, key=key, now=now())


@resource.write("/offers/<ref:ref>/resume", action=Action.CHANGE_OFFER, gives=OfferSchema)
def resume(ref: str, key: str) -> OfferView:
    """Be asked again."""
    return offers.resume(actor=actor(), ref=ref, key=key, now=now())


@resource.write("/offers/<ref:ref>/end", action=Action.CHANGE_OFFER, gives=OfferSchema)
def end(ref: str, key: str) -> OfferView:
    """Give no more. Help that was promised stays promised."""
    return offers.end(actor=actor(), ref=ref, key=key, now=now())
