"""What a custodian's decision about an organisation does. The organisation is locked."""

from typing import Any

from enabler.domain.errors import NotAllowed, WrongMoment
from enabler.domain.lifecycle import OFFER_MOVES, advance
from enabler.domain.members import Organisation
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import OfferState, OrganisationState, Priority
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._ground import Ground
from enabler.services._opening import open_if_clear
from enabler.services._organisation_words import decide_words
from enabler.services._tell import tell


def on_organisation(
    uow: UnitOfWork, actor: Actor, organisation: Organisation, words: str | None, here: Ground, *,
    approving: bool,
) -> dict[str, Any]:  # fmt: skip
    """A held organisation is open to everybody from now on, or refused; its owner is told."""
    waits = organisation.about_waiting is not None
    if organisation.state is OrganisationState.ACTIVE and waits:
        state = decide_words(uow, actor, organisation, words, here.now, approving=approving)
        return {"state": state}
    if organisation.state is not OrganisationState.HELD:
        standing = organisation.state.value
        raise WrongMoment(f"cannot_moderate_when_{standing}", state=standing)
    acting = uow.colleagues.of(organisation.id, here.now)
    if actor.member_id in {one.member_id for one in acting}:
        raise NotAllowed("own_case")
    decided = OrganisationState.ACTIVE if approving else OrganisationState.REFUSED
    uow.organisations.change(organisation.id, state=decided)
    uow.signals.let_through(organisation.place_id, "organisation", organisation.id, here.now)
    whose = acting[0].member_id if acting and words is not None else None
    uow.audit.record(
        actor, f"organisation.{decided.value}", place_id=organisation.place_id,
        subject=("organisation", organisation.id, organisation.ref), now=here.now,
        states=(OrganisationState.HELD.value, decided.value), why="moderation", whose=whose,
        values={"words": (None, words)} if whose is not None else None,
    )  # fmt: skip
    follow = _open if approving else _end
    follow(uow, actor, organisation, here)
    _tell(uow, organisation, "organisation_approved" if approving else "organisation_refused", here)
    return {"state": decided.value}


def _open(uow: UnitOfWork, actor: Actor, organisation: Organisation, here: Ground) -> None:
    """What waited for the organisation alone is open with it; what waits for a look, waits on."""
    for offer in uow.offers.standing_of((None, organisation.id)):
        if offer.state is OfferState.HELD and offer.held_because == "organisation_new":
            open_if_clear(uow, actor, offer, here)


def _end(uow: UnitOfWork, actor: Actor, organisation: Organisation, here: Ground) -> None:
    for offer in uow.offers.standing_of((None, organisation.id)):
        advance(OFFER_MOVES, offer.state, OfferState.ENDED)
        uow.offers.change(offer.id, state=OfferState.ENDED, ended_at=here.now)
        uow.audit.record(
            actor, "offer.ended", place_id=offer.place_id, subject=("offer", offer.id, offer.ref),
            now=here.now, states=(offer.state.value, OfferState.ENDED.value),
            why="organisation_refused",
        )  # fmt: skip


def _tell(uow: UnitOfWork, organisation: Organisation, template: str, here: Ground) -> None:
    for member_id in uow.organisations.leads(organisation.id, here.now):
        tell(
            uow, place_id=organisation.place_id, member_id=member_id, template=template,
            parameters={"organisation": organisation.ref}, priority=Priority.MATCH,
            dedupe_key=f"{template}:{organisation.ref}:{member_id}", now=here.now,
        )  # fmt: skip
