"""Messages of conversations that wait for a custodian's look: passed on, or stopped."""

from datetime import datetime
from typing import Any

from enabler.domain.conversation import is_open
from enabler.domain.errors import NotAllowed, WrongMoment
from enabler.domain.needs import Need
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.vocabulary import LineKind
from enabler.persistence.held_messages import HeldMessage
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services._apart import sides_apart
from enabler.services._asking_side import askers_of
from enabler.services._ground import Ground, ground
from enabler.services._once import once
from enabler.services._progress import helpers_of
from enabler.services._subjects import place_of
from enabler.services._tell_of_words import tell_of_line
from enabler.services.views.held_messages import HeldMessageView, WaitingMessageView


def waiting(*, actor: Actor) -> tuple[WaitingMessageView, ...]:
    """What waits in the actor's place, the oldest first; nobody's words. Raises NotAllowed."""
    require(actor, Action.MODERATE, Subject(actor.place_id))
    with reading() as uow:
        place_id = actor.place_id or 0
        found = uow.held_messages.waiting_in(place_id)
        signals = uow.signals.of(place_id, "message", [one.id for one in found])
        return tuple(WaitingMessageView(one.ref, one.at, signals.get(one.id, ())) for one in found)


def show(*, actor: Actor, ref: str, now: datetime) -> HeldMessageView:
    """One of them with its words, which is a sight. Raises NotFound, NotAllowed."""
    with unit_of_work() as uow:
        message = uow.held_messages.by_ref(place_of(actor), ref)
        require(actor, Action.MODERATE, Subject(message.place_id))
        match = uow.matches.by_id(message.match_id)
        if message.by_member_id is not None:
            uow.sights.log(
                actor, message.by_member_id, ("words",), place_id=message.place_id,
                why="moderation", now=now, subject_ref=message.ref,
            )  # fmt: skip
        found = uow.signals.of(message.place_id, "message", [message.id])
        view = HeldMessageView(
            message.ref, match.ref, message.side, message.words, message.at, message.state,
            found.get(message.id, ()),
        )  # fmt: skip
        uow.commit()
    return view


def decide(*, actor: Actor, ref: str, passing: bool, key: str, now: datetime) -> str:
    """Pass a message on, or stop it; its state now. Its writer reads on the page what became of
    it; the other side is told of a message that is passed on as of any other.

    Raises NotFound, NotAllowed (also for a match of one's own), WrongMoment (also
    *conversation_closed*: one of the two keeps the other away by now, or it is over), KeyReused.
    """
    with unit_of_work() as uow:
        message = uow.held_messages.by_ref(place_of(actor), ref)
        require(actor, Action.MODERATE, Subject(message.place_id))
        need = uow.needs.lock(uow.matches.by_id(message.match_id).need_id)
        here = ground(uow, message.place_id, now)
        result = once(
            uow, "held_messages.decide", actor=actor, key=key, now=now,
            arguments={"ref": message.ref, "passing": passing},
            act=lambda: _decide(uow, actor, message, need, here, passing=passing),
        )  # fmt: skip
        uow.commit()
    return str(result["state"])


def _decide(
    uow: UnitOfWork, actor: Actor, message: HeldMessage, need: Need, here: Ground, *, passing: bool
) -> dict[str, Any]:
    if message.state != "waits":
        raise WrongMoment("message_decided_already", state=message.state)
    match = uow.matches.by_id(message.match_id)
    sides = {"asker": askers_of(uow, need, here.now), "helper": helpers_of(uow, match, here)}
    if actor.member_id in {message.by_member_id, *sides["asker"], *sides["helper"]}:
        raise NotAllowed("own_case")
    if passing and (not is_open(match, need, here.now) or sides_apart(uow, match, need)):
        raise WrongMoment("conversation_closed", state=match.state.value)  # it can be stopped
    state = "passed" if passing else "stopped"
    uow.held_messages.decide(message.id, state, by_name=actor.name, now=here.now)
    uow.signals.let_through(message.place_id, "message", message.id, here.now)
    uow.desk.let_go(here.place.id, "said", message.ref)
    uow.audit.record(
        actor, f"message.{state}", place_id=message.place_id, now=here.now, why="moderation",
        subject=("message", message.id, message.ref), states=("waits", state),
    )  # fmt: skip
    if passing:
        uow.conversations.add(
            place_id=match.place_id, match_id=match.id, by_member_id=message.by_member_id,
            side=message.side, kind=LineKind.SAID, at=here.now, words=message.words,
            holds=message.holds,
        )  # fmt: skip
        others = sides["helper" if message.side == "asker" else "asker"]
        tell_of_line(uow, match, others, here.now)
    return {"state": state}
