"""Messages that failed, or of which nobody knows whether they arrived: looked at, and settled."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from enabler.domain.errors import Invalid, NotFound
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.persistence.desk import Undelivered
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services._ground import ground
from enabler.services._hidden import those_unknown
from enabler.services._once import once

__all__ = ["Undelivered", "settle", "show"]


def show(*, actor: Actor, now: datetime) -> Sequence[Undelivered]:
    """Those of the actor's place that wait for a look, the oldest first: their kind, to whose ref
    they were to go (but of somebody hidden), no words and no number. Raises NotAllowed."""
    require(actor, Action.MODERATE, Subject(actor.place_id))
    with reading() as uow:
        unnamed = those_unknown(uow, actor, actor.place_id or 0)
        return uow.desk.undelivered(_waiting(uow, actor, now), unnamed)


def settle(*, actor: Actor, ids: Sequence[int], key: str, now: datetime) -> int:
    """Take these off the desk: whoever they were for has been told otherwise, or need not be. How
    many. Raises NotAllowed, Invalid("messages"), KeyReused."""
    if not ids:
        raise Invalid("messages", "choose_one_at_least")
    with unit_of_work() as uow:
        require(actor, Action.MODERATE, Subject(actor.place_id))

        def act() -> dict[str, Any]:
            known = [each for each in _waiting(uow, actor, now) if each in set(ids)]
            for each in known:
                uow.audit.record(
                    actor, "message.settled", place_id=actor.place_id, now=now,
                    subject=("message", each, None),
                )  # fmt: skip
            return {"count": len(known)}

        result = once(
            uow, "undelivered.settle", actor=actor, key=key, now=now, act=act,
            arguments={"ids": sorted(set(ids))},
        )  # fmt: skip
        uow.commit()
    return int(result["count"])


def _waiting(uow: UnitOfWork, actor: Actor, now: datetime) -> list[int]:
    if actor.place_id is None:
        raise NotFound("place_unknown")
    here = ground(uow, actor.place_id, now, alone=True)
    rows = uow.desk.waiting(here.place.id, now, soon=now, urgent=())
    return [row.id for row in rows if row.kind == "message"]
