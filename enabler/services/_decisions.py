"""What a custodian's decision does. The thing decided about is locked by the caller."""

from typing import Any, cast

from enabler.domain.errors import WrongMoment
from enabler.domain.lifecycle import NEED_MOVES, OFFER_MOVES, advance
from enabler.domain.needs import Need
from enabler.domain.offers import Offer
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import (
    MemberState,
    NeedState,
    OfferState,
    Priority,
)
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._checks import giver_state
from enabler.services._ground import Ground
from enabler.services._opening import open_need, open_offer
from enabler.services._organisation_decisions import on_organisation
from enabler.services._recognise import MAY_GIVE
from enabler.services._statements import Against, keep_decision
from enabler.services._tell import tell
from enabler.services._things import Thing, refuse_own

Given = dict[str, Any]
APPEAL = "appeal"
"""Why a thing opens whose author appealed and was right."""


def decide(
    uow: UnitOfWork, actor: Actor, thing: Thing, words: str | None, here: Ground, *,
    approving: bool, why: str = "moderation",
) -> Given:  # fmt: skip
    """A held thing is opened or refused; its authors are told, of a refusal with its reasons.

    Raises WrongMoment, NotAllowed (of one's own).
    """
    if thing.state != "held" and not thing.words_wait:
        raise WrongMoment(f"cannot_moderate_when_{thing.state}", state=thing.state)
    refuse_own(actor, thing)
    uow.decisions.end_questions(thing.kind, thing.id, here.now)
    act = {"need": _on_need, "offer": _on_offer, "organisation": on_organisation}[thing.kind]
    state = act(uow, actor, thing, words, here, approving, why)
    if not approving and not thing.words_wait:
        keep_decision(uow, actor, thing, Against("refuse", words or ""), here)
    uow.desk.let_go(here.place.id, thing.kind, thing.ref)
    return {"state": state}


def _on_need(
    uow: UnitOfWork, actor: Actor, thing: Thing, words: str | None, here: Ground, approving: bool,
    why: str,
) -> str:  # fmt: skip
    need = cast(Need, thing.row)
    if approving:
        if uow.homes.member(need.asker_id).state is MemberState.HELD:
            raise WrongMoment("account_waits")  # their account is looked at first, by whoever may
        _tell_approved(uow, thing, here, why)
        _record(uow, actor, thing, words, here, approving=True, why=why)
        open_need(uow, actor, uow.needs.by_id(need.id), here)
        return NeedState.OPEN.value
    advance(NEED_MOVES, need.state, NeedState.REFUSED)
    uow.needs.change(
        need.id, state=NeedState.REFUSED, next_step=None, next_step_at=None, ended_at=here.now
    )
    _record(uow, actor, thing, words, here, approving=False, why=why)
    return NeedState.REFUSED.value


def _on_offer(
    uow: UnitOfWork, actor: Actor, thing: Thing, words: str | None, here: Ground, approving: bool,
    why: str,
) -> str:  # fmt: skip
    offer = cast(Offer, thing.row)
    if approving:
        giver = giver_state(uow, offer)
        if giver is MemberState.HELD:
            raise WrongMoment("account_waits")
        if giver.value not in MAY_GIVE:
            raise WrongMoment("giver_not_active")
        _tell_approved(uow, thing, here, why)
        _record(uow, actor, thing, words, here, approving=True, why=why)
        open_offer(uow, actor, uow.offers.by_id(offer.id), here)
        return OfferState.OPEN.value
    advance(OFFER_MOVES, offer.state, OfferState.REFUSED)
    uow.offers.change(offer.id, state=OfferState.REFUSED, ended_at=here.now)
    _record(uow, actor, thing, words, here, approving=False, why=why)
    return OfferState.REFUSED.value


def _record(
    uow: UnitOfWork, actor: Actor, thing: Thing, words: str | None, here: Ground, *,
    approving: bool, why: str,
) -> None:  # fmt: skip
    """A refusal with its reason; of an approval the reason, where one was written: what opened it
    is recorded by itself."""
    told = words is not None and thing.whose is not None
    if approving and not told and why == "moderation":
        return
    uow.audit.record(
        actor, f"{thing.kind}.approved" if approving else f"{thing.kind}.refused",
        place_id=here.place.id, subject=thing.subject, now=here.now, why=why,
        states=("held", "held" if approving else "refused"),
        values={"words": (None, words)} if told else None, whose=thing.whose,
    )  # fmt: skip


def _tell_approved(uow: UnitOfWork, thing: Thing, here: Ground, why: str) -> None:
    if why == APPEAL:
        return  # the letter about their appeal says so
    for member_id in thing.authors:
        tell(
            uow, place_id=here.place.id, member_id=member_id, template="approved",
            parameters={thing.kind: thing.ref}, priority=Priority.MATCH, now=here.now,
            dedupe_key=f"approved:{thing.ref}:{member_id}:{here.now.isoformat()}",
        )  # fmt: skip
