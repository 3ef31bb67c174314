"""Somebody at the desk says why they look a member up, before anything of them is shown."""

from datetime import datetime

from enabler.domain.looks import checked_reason
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.persistence.unit_of_work import unit_of_work
from enabler.services._looking import look_up


def begin(*, actor: Actor, typed: str, reason: str, words: str | None = None, now: datetime) -> str:
    """The ref of whoever has this number or reference; the reason holds for half an hour. Nothing
    of them is shown by it.

    Raises NotAllowed, Invalid("who", person_unknown), Invalid("reason", look_reason_missing),
    Invalid("words").
    """
    why = checked_reason(reason, words)
    with unit_of_work() as uow:
        require(actor, Action.SEE_PERSON, Subject(actor.place_id))
        found = look_up(uow, actor, typed, why, now)
        uow.commit()
    return found.ref
