"""An offer as its giver or the staff see it at this moment."""

from datetime import datetime

from enabler.domain.demands import AMONG_OTHERS, settings_of
from enabler.domain.lifecycle import CHANGEABLE_OFFERS, OFFER_MOVES
from enabler.domain.offers import Offer
from enabler.domain.permissions import Action, Actor, allowed
from enabler.domain.vocabulary import MatchState, OfferState
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._checks import helps_left
from enabler.services._ground import Ground
from enabler.services._hidden import knows
from enabler.services._lacking import missing
from enabler.services._passed_over import passed_over
from enabler.services._signals import held_for
from enabler.services._staff_looks import log_look
from enabler.services._subjects import of_offer
from enabler.services.views import OfferView, Roughly

_HELPED = (MatchState.DONE, MatchState.CONFIRMED)


def offer_view(
    uow: UnitOfWork, actor: Actor, offer: Offer, ground: Ground, *, listed: bool = False
) -> OfferView:
    """The offer as this actor sees it now. A giver's name shown to staff is a sight, written in
    the same transaction; in a list (``listed``) there is none."""
    organisation = uow.organisations.by_id(offer.organisation_id) if offer.organisation_id else None
    counts = uow.matches.counts_of_offer(offer.id)
    return OfferView(
        ref=offer.ref, state=offer.state, words=offer.words, categories=offer.categories,
        terms=offer.terms, stated_terms=offer.stated_terms,
        giver_name=None if listed else _giver_name(uow, actor, offer, ground),
        organisation=organisation.name if organisation else None,
        organisation_ref=organisation.ref if organisation else None,
        where=Roughly(uow.homes.ward_name(offer.ward_id)), reach_metres=offer.reach_metres,
        any_time=offer.any_time, weekly=offer.weekly,
        away=tuple(gap for gap in offer.away if gap.end > ground.now), capacity=offer.capacity,
        held_because=offer.held_because, posted_at=offer.posted_at,
        times_asked=sum(counts.values()),
        times_helped=sum(counts.get(state, 0) for state in _HELPED),
        missing_credentials=missing(uow, offer, ground.ruleset, ground.now), meets=offer.meets,
        may=may_do(actor, offer, ground.now),
        capacity_per_day=offer.capacity_per_day,
        held_for=() if listed or not allowed(actor, Action.CHANGE_OFFER, of_offer(offer))
        else held_for(uow, "offer", offer),
        refused_words=uow.audit.words_of("offer", offer.id, "offer.refused"),
        exceptions=() if listed else uow.offer_changes.exceptions([offer.id]).get(offer.id, ()),
        paused_until=offer.paused_until, words_public=offer.words_public,
        passed_over=None if listed else passed_over(uow, actor, offer, ground),
        helps_left=0 if listed or not allowed(actor, Action.CHANGE_OFFER, of_offer(offer))
        else _helps_left(uow, offer, ground),
    )  # fmt: skip


def _giver_name(uow: UnitOfWork, actor: Actor, offer: Offer, ground: Ground) -> str | None:
    if offer.member_id is None:
        return None
    mine = offer.member_id == actor.member_id
    if not mine and not allowed(actor, Action.SEE_PERSON, of_offer(offer)):
        return None
    if not knows(uow, actor, offer.member_id):
        return None
    log_look(
        uow, actor, offer.member_id, ("name",), place_id=offer.place_id, why="offer",
        now=ground.now, subject_ref=offer.ref,
    )  # fmt: skip
    return uow.homes.member(offer.member_id).shown_name


def _helps_left(uow: UnitOfWork, offer: Offer, ground: Ground) -> int:
    """How often a new giver still helps where others are about, before they are asked into homes
    and cars; 0 where that does not keep them from anything."""
    inside = any(not AMONG_OTHERS.issuperset(settings_of(slug)) for slug in offer.categories)
    return helps_left(uow, offer, ground.ruleset, ground.now) if inside else 0


def _is_asked_about(offer: Offer, now: datetime) -> bool:
    """Whether its giver was asked if it is still right, and has not said so since."""
    nudged, said = offer.nudged_at, offer.confirmed_at
    return (
        offer.state is OfferState.OPEN and nudged is not None and nudged <= now
        and (said is None or said < nudged)
    )  # fmt: skip


def may_do(actor: Actor, offer: Offer, now: datetime) -> frozenset[str]:
    """What the actor can do with the offer now."""
    subject, deeds = of_offer(offer), set()
    if allowed(actor, Action.CHANGE_OFFER, subject):
        deeds |= _of_givers(offer, now)
    if offer.state is OfferState.HELD and allowed(actor, Action.MODERATE, subject):
        deeds |= {"approve", "refuse"}
    return frozenset(deeds)


def _of_givers(offer: Offer, now: datetime) -> set[str]:
    ends = OfferState.ENDED in OFFER_MOVES[offer.state]
    possible = {
        "change": offer.state in CHANGEABLE_OFFERS,
        "pause": offer.state is OfferState.OPEN,
        "resume": offer.state is OfferState.PAUSED,
        "share": offer.state is OfferState.OPEN,
        "poster": offer.state is OfferState.OPEN and offer.organisation_id is not None,
        "still-right": _is_asked_about(offer, now),
        "end": ends,
        "away": ends,
        "back": ends and any(gap.end > now for gap in offer.away),
    }
    return {deed for deed, can in possible.items() if can}
