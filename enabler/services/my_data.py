"""A member sees all that is kept about them, and takes a copy of it with them."""

from datetime import datetime
from typing import Any

from enabler.domain.members import Member
from enabler.domain.permissions import Action, Actor
from enabler.domain.vocabulary import Priority
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services._held import everything_of
from enabler.services._once import once
from enabler.services._own import own
from enabler.services._proved import require_proved
from enabler.services._tell import tell_contact
from enabler.services.ports import Secrets
from enabler.services.views.my_data import AllHeldView


def show(*, actor: Actor, now: datetime) -> AllHeldView:
    """What is held of the member, kind by kind, to the member alone. Raises NotAllowed."""
    with reading() as uow:
        member = own(uow, actor, Action.SEE_OWN)
        return everything_of(uow, member, now)


def take_copy(
    *, actor: Actor, token: str, secrets: Secrets, key: str, now: datetime
) -> AllHeldView:
    """The same, to be taken away: only soon after they proved who they are, and noted each time.
    All that reaches them is told once for each proof, in case that it was somebody else.

    ``token`` is that of their browser's session. Raises NotAllowed, WrongMoment("prove_first"),
    KeyReused.
    """
    with unit_of_work() as uow:
        member = own(uow, actor, Action.SEE_OWN)
        until = require_proved(uow, member, token=token, secrets=secrets, now=now)

        def act() -> dict[str, Any]:
            _tell_all_ways(uow, member, until, now)
            return {"audit": uow.audit.record(
                actor, "member.copied", place_id=member.place_id, now=now,
                subject=("member", member.id, member.ref),
            )}  # fmt: skip

        once(uow, "my_data.take_copy", actor=actor, key=key, arguments={}, now=now, act=act)
        found = everything_of(uow, member, now)
        uow.commit()
        return found


def _tell_all_ways(uow: UnitOfWork, member: Member, proved_until: datetime, now: datetime) -> None:
    """Also the one by which they proved it: a copy can be taken at a browser that they left open.
    A phone whose owner stopped our texts stays silent."""
    for kind, contact in uow.contacts.of(member.id).items():
        if kind == "phone" and member.stopped:
            continue
        tell_contact(
            uow, place_id=member.place_id, kind=kind, value=contact.value, template="copied",
            parameters={"own": member.ref}, priority=Priority.SAFETY, now=now,
            dedupe_key=f"copied:{member.ref}:{proved_until.isoformat()}:{kind}",
        )  # fmt: skip
