"""What a custodian's decision about an organisation does. The organisation is locked."""

from typing import cast

from enabler.domain.errors import WrongMoment
from enabler.domain.lifecycle import OFFER_MOVES, ORGANISATION_MOVES, advance
from enabler.domain.members import Organisation
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import OfferState, OrganisationState, Priority
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._ground import Ground
from enabler.services._opening import open_if_clear
from enabler.services._organisation_words import decide_words
from enabler.services._tell import tell
from enabler.services._things import Thing

REFUSED = "organisation_refused"
"""Why an offer has ended that ended with its organisation."""


def on_organisation(
    uow: UnitOfWork, actor: Actor, thing: Thing, words: str | None, here: Ground, approving: bool,
    why: str,
) -> str:  # fmt: skip
    """A held organisation is open to everybody from now on, or refused; what was its alone
    follows. Its new state."""
    organisation = cast(Organisation, thing.row)
    if thing.words_wait:
        return decide_words(uow, actor, thing, words, here, approving=approving)
    if approving and not thing.authors:
        raise WrongMoment(
            "account_waits"
        )  # nobody who leads it may: their accounts wait, or stopped
    state = OrganisationState.ACTIVE if approving else OrganisationState.REFUSED
    advance(ORGANISATION_MOVES, organisation.state, state)
    uow.organisations.change(organisation.id, state=state)
    uow.signals.let_through(here.place.id, "organisation", organisation.id, here.now)
    told = words is not None and thing.whose is not None
    uow.audit.record(
        actor, f"organisation.{state.value}", place_id=organisation.place_id,
        subject=thing.subject, now=here.now,
        states=(OrganisationState.HELD.value, state.value), why=why, whose=thing.whose,
        values={"words": (None, words)} if told else None,
    )  # fmt: skip
    if approving:
        _open(uow, actor, organisation, here)
        if why != "appeal":  # the letter about their appeal says so
            _tell_approved(uow, thing, here)
    else:
        _end(uow, actor, organisation, here)
    return state.value


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
            now=here.now, states=(offer.state.value, OfferState.ENDED.value), why=REFUSED,
        )  # fmt: skip


def _tell_approved(uow: UnitOfWork, thing: Thing, here: Ground) -> None:
    for member_id in thing.authors:
        tell(
            uow, place_id=here.place.id, member_id=member_id, template="organisation_approved",
            parameters={"organisation": thing.ref}, priority=Priority.MATCH,
            dedupe_key=f"organisation_approved:{thing.ref}:{member_id}:{here.now.isoformat()}",
            now=here.now,
        )  # fmt: skip
