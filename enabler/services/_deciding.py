"""A decision at the desk, in one transaction: found, allowed, held against what was seen, done.

Whoever is late is told so, and what they wrote is kept: nothing is lost.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from enabler.domain.errors import NotFound, WrongMoment
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.persistence.unit_of_work import UnitOfWork, unit_of_work
from enabler.services._decided import Decided
from enabler.services._ground import Ground, ground
from enabler.services._hidden import knows
from enabler.services._holders import found
from enabler.services._once import once
from enabler.services._things import Thing, refuse_own, thing_of


@dataclass(frozen=True, slots=True)
class Wish:
    """What a custodian wants: ``seen`` is the version that they had before them; ``states``: in
    which it can be done; ``more``: what else the key stands for."""

    name: str
    words: str | None
    seen: str | None
    states: Collection[str]
    more: dict[str, Any] | None = None
    members: bool = False


Act = Callable[[UnitOfWork, Thing, Ground], dict[str, Any]]


def carry_out(
    actor: Actor, typed: str, wish: Wish, act: Act, *, key: str, now: datetime
) -> Decided:
    """Do it once, if it is still as it was seen. Raises NotFound, NotAllowed, KeyReused, and
    WrongMoment: *decided_meanwhile*, *changed_at_desk* or *cannot_moderate_when_…*."""
    with unit_of_work() as uow:
        place_id, kind, ref = found(uow, actor, typed)
        require(actor, Action.MODERATE, Subject(place_id))
        if kind == "member" and not wish.members:
            raise NotFound("ref_unknown")
        here = ground(uow, place_id, now)

        def act_once() -> dict[str, Any]:
            thing = thing_of(uow, kind, ref, here)
            if kind == "member" and not knows(uow, actor, thing.id):
                raise NotFound("ref_unknown")
            refuse_own(actor, thing)
            lost = _too_late(thing, wish)
            return _note(uow, actor, thing, wish, lost, here) if lost else act(uow, thing, here)

        arguments = {"ref": ref, "words": wish.words} | (wish.more or {})
        if wish.seen is not None:
            arguments["seen"] = wish.seen
        result = once(
            uow, wish.name, actor=actor, key=key, arguments=arguments, now=now, act=act_once
        )
        uow.commit()
    if "lost" in result:
        raise WrongMoment(result["lost"], state=result["state"], ref=ref)
    return Decided(kind, ref, result["state"])


def _too_late(thing: Thing, wish: Wish) -> str | None:
    """Why it cannot be done any more, as a code."""
    if wish.seen is not None and wish.seen != thing.version:
        same_state = wish.seen.partition(".")[0] == thing.state
        return "changed_at_desk" if same_state else "decided_meanwhile"
    waits = thing.words_wait and "held" in wish.states
    if thing.state not in wish.states and not waits:
        return f"cannot_moderate_when_{thing.state}"
    return None


def _note(
    uow: UnitOfWork, actor: Actor, thing: Thing, wish: Wish, lost: str, here: Ground
) -> dict[str, Any]:
    """Keep what they wrote with the history of the thing, though it decided nothing."""
    told = wish.words is not None and thing.whose is not None
    uow.audit.record(
        actor, f"{thing.kind}.decided-too-late", place_id=here.place.id, subject=thing.subject,
        now=here.now, states=(thing.state, thing.state), why=wish.name.partition(".")[2],
        values={"words": (None, wish.words)} if told else None, whose=thing.whose,
    )  # fmt: skip
    return {"lost": lost, "state": thing.state}
