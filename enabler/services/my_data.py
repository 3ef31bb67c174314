"""A member sees all that is kept about them, and takes a copy of it with them."""

from datetime import datetime

from enabler.domain.permissions import Action, Actor
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services._held import everything_of
from enabler.services._once import once
from enabler.services._own import own
from enabler.services._proved import require_proved
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

    ``token`` is that of their browser's session. Raises NotAllowed, WrongMoment("prove_first"),
    KeyReused.
    """
    with unit_of_work() as uow:
        member = own(uow, actor, Action.SEE_OWN)
        require_proved(uow, member, token=token, secrets=secrets, now=now)
        once(
            uow, "my_data.take_copy", actor=actor, key=key, arguments={}, now=now,
            act=lambda: {"audit": uow.audit.record(
                actor, "member.copied", place_id=member.place_id, now=now,
                subject=("member", member.id, member.ref),
            )},
        )  # fmt: skip
        found = everything_of(uow, member, now)
        uow.commit()
        return found
