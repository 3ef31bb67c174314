"""Why: who was considered for a need, and why an offer was asked for it or was not."""

from dataclasses import dataclass
from datetime import datetime

from enabler.domain.errors import NotFound
from enabler.domain.needs import Need
from enabler.domain.offers import Offer
from enabler.domain.permissions import Action, Actor, require
from enabler.persistence.unit_of_work import UnitOfWork, unit_of_work
from enabler.services._explaining import (
    ConsiderationView,
    Explanation,
    Present,
    RankedOffer,
    explanation,
    without_where,
)
from enabler.services._ground import Ground, ground
from enabler.services._hidden import those_unknown
from enabler.services._not_asked import Finding, findings
from enabler.services._subjects import of_need, place_of

__all__ = [
    "ConsiderationView", "Explanation", "Finding", "OfferExplained", "Present", "RankedOffer",
    "about_need", "about_offer",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class OfferExplained:
    """What became of one offer each time when a need was worked, the oldest first."""

    need_ref: str
    offer_ref: str
    findings: tuple[Finding, ...]


def about_need(*, actor: Actor, need_ref: str, now: datetime, present: bool = False) -> Explanation:
    """Who was considered, asked and refused for a need up to now, and why: for custodians.

    ``present`` adds what would hold at this moment. Raises NotFound, NotAllowed.
    """
    with unit_of_work() as uow:
        need = uow.needs.by_ref(place_of(actor), need_ref)
        require(actor, Action.PROPOSE, of_need(need))
        _log(uow, actor, need, need.asker_id, now)
        found = explanation(uow, need, ground(uow, need.place_id, now, need.cell), present=present)
        found = _known_where(uow, actor, need, found)
        uow.commit()
    return found


def _known_where(uow: UnitOfWork, actor: Actor, need: Need, found: Explanation) -> Explanation:
    """Of somebody hidden from the actor there is no distance, whichever side they are on."""
    unknown = those_unknown(uow, actor, need.place_id)
    if need.asker_id in unknown:
        return without_where(found, None)
    refs = {one.ref for each in unknown for one in uow.offers.all_of((each, None))}
    return without_where(found, refs) if refs else found


def about_offer(*, actor: Actor, need_ref: str, offer_ref: str, now: datetime) -> OfferExplained:
    """Why this offer was asked for the need, or was not, up to now: for custodians.

    The offer is of the need's place or of one that shares with it. It can tell of two people that
    they live together or keep apart: reading it is a sight of both. Raises NotFound, NotAllowed.
    """
    with unit_of_work() as uow:
        need = uow.needs.by_ref(place_of(actor), need_ref)
        require(actor, Action.PROPOSE, of_need(need))
        here = ground(uow, need.place_id, now, need.cell)
        offer = _offer(uow, actor, offer_ref, here)
        for member_id in (need.asker_id, offer.member_id):
            _log(uow, actor, need, member_id, now)
        found = OfferExplained(need.ref, offer.ref, findings(uow, need, offer, here))
        uow.commit()
    return found


def _offer(uow: UnitOfWork, actor: Actor, offer_ref: str, here: Ground) -> Offer:
    """The offer: of the need's place or of one that lends it supply; any for the command line."""
    offer = uow.offers.by_ref(None, offer_ref)
    if place_of(actor) is not None and offer.place_id not in here.place_ids:
        raise NotFound("offer_unknown")
    return offer


def _log(uow: UnitOfWork, actor: Actor, need: Need, member_id: int | None, now: datetime) -> None:
    if member_id is not None:
        uow.sights.log(
            actor, member_id, ("case",), place_id=need.place_id, why="explain", now=now,
            subject_ref=need.ref,
        )  # fmt: skip
