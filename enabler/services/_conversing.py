"""One change of a conversation: load, require, do it once while it is open, keep, look again."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from enabler.domain.conversation import is_open
from enabler.domain.errors import NotAllowed, WrongMoment
from enabler.domain.permissions import Action, Actor, require
from enabler.persistence.unit_of_work import UnitOfWork, unit_of_work
from enabler.services._apart import sides_apart, somebody_gone
from enabler.services._conversation import Case, match_with_words, takes_part
from enabler.services._ground import Ground, ground
from enabler.services._once import once
from enabler.services._subjects import of_match, place_of
from enabler.services.views import MatchView

Act = Callable[[UnitOfWork, Case, Ground], None]


def converse(
    actor: Actor, match_ref: str, key: str, now: datetime, verb: str, given: Mapping[str, Any],
    act: Act,
) -> MatchView:  # fmt: skip
    """Load, require, do it once under the need's lock while the conversation is open, keep."""
    with unit_of_work() as uow:
        case = case_of(uow, actor, match_ref)
        require(actor, Action.CONVERSE, of_match(actor, *case))
        here = ground(uow, case[1].place_id, now, case[1].cell)
        once(
            uow, f"conversations.{verb}", actor=actor, key=key, now=now,
            arguments={"match": case[0].ref, **given},
            act=lambda: _while_open(uow, actor, case, here, act),
        )  # fmt: skip
        view = match_with_words(uow, actor, case_of(uow, actor, match_ref), now, reads=False)
        uow.commit()
    return view


def _while_open(
    uow: UnitOfWork, actor: Actor, case: Case, here: Ground, act: Act
) -> dict[str, Any]:
    """The need is held: what was read before may have changed since."""
    need = uow.needs.lock(case[1].id)
    locked = (uow.matches.by_id(case[0].id), need, case[2])
    closed = not is_open(locked[0], need, here.now) or sides_apart(uow, locked[0], need)
    if closed or somebody_gone(uow, locked[0], need):
        raise WrongMoment("conversation_closed", state=locked[0].state.value)
    if not takes_part(uow, actor, locked, here.now):
        raise NotAllowed(action=Action.CONVERSE.value)
    act(uow, locked, here)
    return {"match": case[0].ref}


def case_of(uow: UnitOfWork, actor: Actor, match_ref: str) -> Case:
    match = uow.matches.by_ref(place_of(actor), match_ref)
    return match, uow.needs.by_id(match.need_id), uow.offers.by_id(match.offer_id)
