"""A suspension ends, whether a custodian lifts it or an appeal is won."""

from typing import Any

from enabler.domain.permissions import Actor
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services import _suspending
from enabler.services._ground import Ground
from enabler.services._statements import end_decisions
from enabler.services._things import Thing


def lift_now(
    uow: UnitOfWork, actor: Actor, thing: Thing, words: str, here: Ground
) -> dict[str, Any]:
    """Lift it, keep the words, tell whose it is. The thing is locked. Raises WrongMoment."""
    state = _suspending.lift(uow, actor, thing, here)
    uow.audit.record(
        actor, f"{thing.kind}.lifted", place_id=here.place.id, subject=thing.subject, now=here.now,
        states=(state, state), why="moderation", whose=thing.whose,
        values={"words": (None, words)} if thing.whose is not None else None,
    )  # fmt: skip
    end_decisions(uow, thing, here, kinds=("suspend",))
    return {"state": state}
