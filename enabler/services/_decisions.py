"""What a custodian's decision does. The thing decided about is locked by the caller."""

from datetime import datetime
from typing import Any

from enabler.domain.errors import NotAllowed, WrongMoment
from enabler.domain.lifecycle import NEED_MOVES, OFFER_MOVES, advance
from enabler.domain.needs import Need
from enabler.domain.offers import Offer
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import (
    CredentialKind,
    NeedState,
    OfferState,
    Priority,
)
from enabler.persistence.credentials import Holder
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._asking import givers
from enabler.services._asking_side import askers_of
from enabler.services._checks import giver_state
from enabler.services._ground import Ground
from enabler.services._opening import open_need, open_offer
from enabler.services._recognise import MAY_COME_IN
from enabler.services._subjects import asks
from enabler.services._tell import tell

Given = dict[str, Any]


def on_need(
    uow: UnitOfWork, actor: Actor, need: Need, words: str | None, here: Ground, *, approving: bool
) -> Given:
    """A held need is opened, and asks its first helpers, or refused; its asker is told."""
    _require_held(need.state is NeedState.HELD, need.state.value)
    _refuse_own(need.asker_id == actor.member_id or asks(actor, need))
    template = "approved" if approving else "refused"
    _tell_authors(uow, askers_of(uow, need, here.now), {"need": need.ref}, template, here)
    if approving:
        _record(uow, actor, ("need", need.id, need.ref), need.asker_id, words, here, approving=True)
        open_need(uow, actor, need, here)
        return {"state": NeedState.OPEN.value}
    advance(NEED_MOVES, need.state, NeedState.REFUSED)
    uow.needs.change(
        need.id, state=NeedState.REFUSED, next_step=None, next_step_at=None, ended_at=here.now
    )
    _record(uow, actor, ("need", need.id, need.ref), need.asker_id, words, here, approving=False)
    return {"state": NeedState.REFUSED.value}


def on_offer(
    uow: UnitOfWork, actor: Actor, offer: Offer, words: str | None, here: Ground, *, approving: bool
) -> Given:
    """A held offer is opened or refused; its giver is told."""
    _require_held(offer.state is OfferState.HELD, offer.state.value)
    authors = givers(uow, offer, here.now)
    _refuse_own(actor.member_id in authors)
    if approving and giver_state(uow, offer).value not in MAY_COME_IN:
        raise WrongMoment("giver_not_active")
    template = "approved" if approving else "refused"
    _tell_authors(uow, authors, {"offer": offer.ref}, template, here)
    whose = offer.member_id or (authors[0] if authors else None)
    subject = ("offer", offer.id, offer.ref)
    if approving:
        _record(uow, actor, subject, whose, words, here, approving=True)
        open_offer(uow, actor, offer, here)
        return {"state": OfferState.OPEN.value}
    advance(OFFER_MOVES, offer.state, OfferState.REFUSED)
    uow.offers.change(offer.id, state=OfferState.REFUSED, ended_at=here.now)
    _record(uow, actor, subject, whose, words, here, approving=False)
    return {"state": OfferState.REFUSED.value}


def _require_held(held: bool, state: str) -> None:
    if not held:
        raise WrongMoment(f"cannot_moderate_when_{state}", state=state)


def _refuse_own(own: bool) -> None:
    """Nobody decides about what is their own: a second person does."""
    if own:
        raise NotAllowed("own_case")


def _record(
    uow: UnitOfWork, actor: Actor, subject: tuple[str, int, str], whose: int | None,
    words: str | None, here: Ground, *, approving: bool,
) -> None:  # fmt: skip
    """A refusal with its reason; of an approval the reason, where one was written: what opened it
    is recorded by itself."""
    if approving and (words is None or whose is None):
        return
    kind, _, _ = subject
    uow.audit.record(
        actor, f"{kind}.approved" if approving else f"{kind}.refused", place_id=here.place.id,
        subject=subject, now=here.now, why="moderation",
        states=("held", "held" if approving else "refused"),
        values={"words": (None, words)} if whose is not None else None, whose=whose,
    )  # fmt: skip


def _tell_authors(
    uow: UnitOfWork, authors: list[int], parameters: Given, template: str, here: Ground
) -> None:
    ref = "".join(parameters.values())
    for member_id in authors:
        tell(
            uow, place_id=here.place.id, member_id=member_id, template=template,
            parameters=parameters, priority=Priority.MATCH,
            dedupe_key=f"{template}:{ref}:{member_id}:{here.now.isoformat()}", now=here.now,
        )  # fmt: skip


def record_credential(
    uow: UnitOfWork, actor: Actor, holder: Holder, ref: str, kind: CredentialKind,
    times: tuple[datetime, datetime], here: Ground,
) -> Given:  # fmt: skip
    """Keep a check; needs that waited for somebody who holds it are looked at again."""
    member_id, organisation_id = holder
    uow.credentials.add(
        place_id=here.place.id, holder=holder, kind=kind, seen_on=times[0], valid_until=times[1],
        checked_by=actor.name,
    )  # fmt: skip
    subject = ("member", member_id) if member_id is not None else ("organisation", organisation_id)
    uow.audit.record(
        actor, "credential.recorded", place_id=here.place.id,
        subject=(subject[0], subject[1] or 0, ref), now=here.now,
        columns=("kind", "seen_on", "valid_until"), why=kind.value,
    )  # fmt: skip
    if member_id is not None:
        uow.sights.log(actor, member_id, ("credential",), place_id=here.place.id,
                       why="moderation", now=here.now, subject_ref=ref)  # fmt: skip
    for offer in uow.offers.open_of(holder):
        uow.needs.wake(uow.rulesets.served_by(offer.place_id), offer.categories, here.now)
    return {"kind": kind.value}
