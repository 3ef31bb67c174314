"""A suspension ends, whether a custodian lifts it or an appeal is won."""

from typing import Any

from enabler.domain.errors import NotAllowed
from enabler.domain.permissions import Action, Actor, Subject, allowed
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services import _suspending
from enabler.services._denying import take_off
from enabler.services._ground import Ground
from enabler.services._statements import end_decisions
from enabler.services._things import Thing


def _off_the_list(uow: UnitOfWork, actor: Actor, thing: Thing, here: Ground) -> None:
    for denial in uow.denials.in_force(here.place.id, here.now):
        if denial.member_ref == thing.ref:
            if not allowed(actor, Action.BAR_PERSON, Subject(here.place.id)):
                raise NotAllowed("lead_decides")
            take_off(uow, actor, denial, here.now)


def lift_now(
    uow: UnitOfWork, actor: Actor, thing: Thing, words: str, here: Ground, *, told: bool = True
) -> dict[str, Any]:
    """Lift it, keep the words, tell whose it is unless they are ``told`` of it otherwise. The thing
    is locked. Raises WrongMoment, and NotAllowed for somebody who was removed for safety: whoever
    may remove them takes them off the list with it."""
    if thing.kind == "member":
        _off_the_list(uow, actor, thing, here)
    state = _suspending.lift(uow, actor, thing, here)
    uow.audit.record(
        actor, f"{thing.kind}.lifted", place_id=here.place.id, subject=thing.subject, now=here.now,
        states=(state, state), why="moderation", whose=thing.whose,
        values={"words": (None, words)} if thing.whose is not None else None,
    )  # fmt: skip
    end_decisions(uow, thing, here, kinds=("suspend",), told=told)
    return {"state": state}
