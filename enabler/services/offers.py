"""Offers: giving help, pausing, coming back, ending."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from typing import Any

from enabler.domain.errors import Invalid, WrongMoment
from enabler.domain.lifecycle import CHANGEABLE_OFFERS, OFFER_MOVES, advance
from enabler.domain.members import Member, Organisation
from enabler.domain.offers import Offer
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.vocabulary import (
    MatchState,
    OfferState,
    Priority,
)
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services._ground import Ground, ground
from enabler.services._need_drafts import FURTHEST_AHEAD
from enabler.services._offer_changes import change_offer, draft_of, keep_exceptions
from enabler.services._offer_drafts import OfferDraft, checked_draft
from enabler.services._offer_holding import why_held
from enabler.services._offer_views import offer_view
from enabler.services._once import once
from enabler.services._opening import open_offer
from enabler.services._progress import move_match
from enabler.services._signals import keep, look
from enabler.services._standing import require_standing
from enabler.services._subjects import of_offer, place_of
from enabler.services._tell import tell
from enabler.services._written import written_offer
from enabler.services.views import OfferToChange, OfferView

__all__ = [
    "OfferDraft", "change", "check_draft", "end", "pause", "post", "preferences", "resume",
    "show", "to_change",
]  # fmt: skip


def post(*, actor: Actor, draft: OfferDraft, key: str, now: datetime) -> OfferView:
    """Offer help, for oneself or for an organisation: open, or held for a custodian.

    Raises NotAllowed, NotFound (the organisation), Invalid, KeyReused.
    """
    with unit_of_work() as uow:
        organisation = _organisation(uow, actor, draft)
        require(
            actor,
            Action.POST_OFFER,
            Subject(actor.place_id, organisation_id=organisation.id if organisation else None),
        )
        giver = uow.homes.member(actor.member_id or 0)
        here = ground(uow, giver.place_id, now)
        result = once(
            uow, "offers.post", actor=actor, key=key, arguments=asdict(draft), now=now,
            act=lambda: _post(uow, actor, giver, organisation, draft, here),
        )  # fmt: skip
        offer = uow.offers.by_ref(giver.place_id, result["ref"])
        view = offer_view(uow, actor, offer, here)
        uow.commit()
    return view


def check_draft(
    *, actor_place_id: int, draft: OfferDraft, now: datetime, field: str | None = None
) -> None:
    """Whether a draft means something, before it is sent; ``field`` asks about one question.

    Raises Invalid(field, code), as ``post`` would.
    """
    with reading() as uow:
        here = ground(uow, actor_place_id, now)
        off = uow.rulesets.category_off(actor_place_id)
        checked_draft(draft, off=off, ruleset=here.ruleset, now=now, field=field)


def preferences(
    *, actor_place_id: int, categories: Collection[str], now: datetime
) -> dict[str, str]:
    """What askers of these kinds of help may wish of a helper here, each with its reason's code."""
    with reading() as uow:
        listed = ground(uow, actor_place_id, now).ruleset.preferences
    return {wish: why for slug in categories for wish, why in listed.get(slug, {}).items()}


def show(*, actor: Actor, ref: str, now: datetime) -> OfferView:
    """An offer, for its giver and the staff. Raises NotFound, NotAllowed."""
    with unit_of_work() as uow:
        offer = uow.offers.by_ref(place_of(actor), ref)
        require(actor, Action.SEE_OFFER, of_offer(offer))
        view = offer_view(uow, actor, offer, ground(uow, offer.place_id, now))
        uow.commit()
    return view


def to_change(*, actor: Actor, ref: str, now: datetime) -> OfferToChange:
    """What its giver offers, to be changed. Raises NotFound, NotAllowed."""
    with reading() as uow:
        offer = uow.offers.by_ref(place_of(actor), ref)
        require(actor, Action.CHANGE_OFFER, of_offer(offer))
        return OfferToChange(
            ref=offer.ref, state=offer.state, version=offer.version, draft=draft_of(uow, offer),
            changeable=offer.state in CHANGEABLE_OFFERS,
        )  # fmt: skip


def change(
    *, actor: Actor, ref: str, draft: OfferDraft, version: int, key: str, now: datetime
) -> OfferView:
    """Offer it otherwise. What was promised stands; asks for what is not offered any more are
    taken back; what a custodian looks at when it is posted is looked at again.

    ``version``: which the giver had before them. Whose offer it is does not change. Raises
    NotFound, NotAllowed, WrongMoment (*changed_meanwhile*), Invalid, KeyReused.
    """
    with unit_of_work() as uow:
        offer = uow.offers.by_ref(place_of(actor), ref)
        require(actor, Action.CHANGE_OFFER, of_offer(offer))
        here = ground(uow, offer.place_id, now)
        once(
            uow, "offers.change", actor=actor, key=key, now=now,
            arguments={"ref": offer.ref, "version": version, **asdict(draft)},
            act=lambda: _rewrite(uow, actor, offer, draft, here, version),
        )  # fmt: skip
        view = offer_view(uow, actor, uow.offers.by_id(offer.id), here)
        uow.commit()
    return view


def pause(
    *, actor: Actor, ref: str, until: datetime | None = None, key: str, now: datetime
) -> OfferView:
    """Ask no more for now; what was asked can still be answered. It opens by itself ``until``.

    Raises NotFound, NotAllowed, WrongMoment, Invalid("until", code), KeyReused.
    """
    if until is not None and until <= now:
        raise Invalid("until", "day_is_past")
    if until is not None and until > now + FURTHEST_AHEAD:
        raise Invalid("until", "window_too_far_ahead", days=FURTHEST_AHEAD.days)
    return _change(actor, ref, OfferState.PAUSED, key, now, until)


def resume(*, actor: Actor, ref: str, key: str, now: datetime) -> OfferView:
    """Come back after a pause. Raises NotFound, NotAllowed, WrongMoment, KeyReused."""
    return _change(actor, ref, OfferState.OPEN, key, now)


def end(*, actor: Actor, ref: str, key: str, now: datetime) -> OfferView:
    """Give no more. Asks that wait are taken back; help that was promised stays promised.

    Raises NotFound, NotAllowed, WrongMoment, KeyReused.
    """
    return _change(actor, ref, OfferState.ENDED, key, now)


def _change(
    actor: Actor, ref: str, state: OfferState, key: str, now: datetime,
    until: datetime | None = None,
) -> OfferView:  # fmt: skip
    with unit_of_work() as uow:
        offer = uow.offers.by_ref(place_of(actor), ref)
        require(actor, Action.CHANGE_OFFER, of_offer(offer))
        here = ground(uow, offer.place_id, now)
        once(
            uow, f"offers.{state.value}", actor=actor, key=key,
            arguments={"ref": offer.ref} | ({} if until is None else {"until": until}),
            now=now, act=lambda: _move(uow, actor, offer, state, here, until),
        )  # fmt: skip
        view = offer_view(uow, actor, uow.offers.by_id(offer.id), here)
        uow.commit()
    return view


def _organisation(uow: UnitOfWork, actor: Actor, draft: OfferDraft) -> Organisation | None:
    if draft.organisation_ref is None:
        return None
    return uow.organisations.by_ref(actor.place_id, draft.organisation_ref)


def _post(
    uow: UnitOfWork, actor: Actor, giver: Member, organisation: Organisation | None,
    draft: OfferDraft, here: Ground,
) -> dict[str, Any]:  # fmt: skip
    require_standing(giver, organisation)
    off = uow.rulesets.category_off(giver.place_id)
    draft = checked_draft(draft, off=off, ruleset=here.ruleset, now=here.now)
    written = written_offer(giver.id, draft, organisation)
    looked = look(uow, written, here)
    held = why_held(uow, giver, organisation, draft, here, looked.codes)
    offer = uow.offers.add(
        categories=draft.categories, weekly=draft.weekly, away=draft.away,
        reach_metres=draft.reach_metres, place_id=giver.place_id,
        ref=uow.refs.new(giver.place_id, "offer"), words=draft.words, terms=draft.terms,
        stated_terms=draft.stated_terms, any_time=draft.any_time, capacity=draft.capacity,
        capacity_per_day=draft.capacity_per_day,
        languages=list(draft.languages), meets=list(draft.meets),
        words_public=draft.words_public, state=OfferState.HELD,
        held_because=held, posted_by=giver.id, posted_at=here.now,
        **_spot(uow, giver, organisation),
    )  # fmt: skip
    if draft.exceptions:
        keep_exceptions(uow, offer.id, draft.exceptions, here)
    uow.audit.record(
        actor, "offer.posted", place_id=offer.place_id, subject=("offer", offer.id, offer.ref),
        now=here.now, states=(None, OfferState.HELD.value), why=held,
    )  # fmt: skip
    keep(uow, actor, written, (offer.id, offer.ref), looked, here)
    if held is None:
        open_offer(uow, actor, offer, here)
    else:
        if not actor.texts_as(giver.id):
            _tell_held(uow, giver.id, offer, here)
    return {"ref": offer.ref}


def _rewrite(
    uow: UnitOfWork, actor: Actor, offer: Offer, draft: OfferDraft, here: Ground, version: int
) -> dict[str, Any]:
    uow.needs.lock_many(one.need_id for one in uow.matches.of_offer(offer.id, MatchState.ASKED))
    offer = uow.offers.lock(offer.id)
    giver = uow.homes.member(offer.member_id or actor.member_id or 0)
    organisation = uow.organisations.by_id(offer.organisation_id) if offer.organisation_id else None
    held = why_held(uow, giver, organisation, draft, here)
    change_offer(uow, actor, offer, draft, here, version=version, why_held=held)
    return {"ref": offer.ref}


def _spot(uow: UnitOfWork, giver: Member, organisation: Organisation | None) -> dict[str, Any]:
    """From where it is given: an organisation's door, or the cell of a member's home (law 7)."""
    if organisation is not None:
        return {
            "organisation_id": organisation.id, "ward_id": organisation.ward_id,
            "easting": organisation.easting, "northing": organisation.northing,
        }  # fmt: skip
    cell = uow.homes.cell_of(giver.id)
    if cell is None:
        raise Invalid("postcode", "postcode_missing")
    return {
        "member_id": giver.id, "cell_id": cell.cell_id, "ward_id": cell.ward_id,
        "easting": cell.easting, "northing": cell.northing,
    }  # fmt: skip


def _tell_held(uow: UnitOfWork, member_id: int, offer: Offer, here: Ground) -> None:
    tell(
        uow, place_id=offer.place_id, member_id=member_id, template="held",
        parameters={"offer": offer.ref}, priority=Priority.ANSWER,
        dedupe_key=f"held:{offer.ref}", now=here.now,
    )  # fmt: skip


def _move(
    uow: UnitOfWork, actor: Actor, offer: Offer, state: OfferState, here: Ground,
    until: datetime | None = None,
) -> dict[str, Any]:  # fmt: skip
    if state is OfferState.ENDED:  # its needs are held before it is, as by whoever says yes
        uow.needs.lock_many(one.need_id for one in uow.matches.of_offer(offer.id, MatchState.ASKED))
    offer = uow.offers.lock(offer.id)
    if state is OfferState.ENDED:
        _take_back_asks(uow, actor, offer, here)
    if state is OfferState.OPEN:
        if offer.state is not OfferState.PAUSED:  # a held one is a custodian's to open
            raise WrongMoment(f"cannot_open_when_{offer.state.value}", state=offer.state.value)
        open_offer(uow, actor, offer, here)
        return {"ref": offer.ref}
    advance(OFFER_MOVES, offer.state, state)
    ended_at = here.now if state is OfferState.ENDED else None
    uow.offers.change(offer.id, state=state, ended_at=ended_at, paused_until=until)
    uow.audit.record(
        actor, f"offer.{state.value}", place_id=offer.place_id,
        subject=("offer", offer.id, offer.ref), now=here.now,
        states=(offer.state.value, state.value),
    )  # fmt: skip
    return {"ref": offer.ref}


def _take_back_asks(uow: UnitOfWork, actor: Actor, offer: Offer, here: Ground) -> None:
    """Also those made a moment ago: whoever would say yes to one now waits for the offer."""
    for match in uow.matches.of_offer(offer.id, MatchState.ASKED):
        move_match(uow, actor, match, MatchState.WITHDRAWN, here, why="offer_ended",
                   ended_because="offer_ended")  # fmt: skip
