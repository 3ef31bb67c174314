"""A STOP that only the network knew of: it counts here too."""

from datetime import datetime

from enabler.domain.messages import Outgoing
from enabler.domain.permissions import Actor
from enabler.persistence.unit_of_work import UnitOfWork

OPTED_OUT = "opted_out"
_SENDER = Actor.system("deliver-outbox")


def remember_stop(uow: UnitOfWork, row: Outgoing, now: datetime) -> None:
    """The receiver of this text wants none."""
    receiver = (
        uow.telling.number(row.place_id, row.to_value or "")
        if row.member_id is None
        else uow.telling.receiver(row.member_id)
    )
    if receiver.member_id is None or receiver.stopped:
        return
    uow.telling.stop(receiver.member_id, now)
    uow.audit.record(
        _SENDER, "member.stopped", place_id=row.place_id, now=now, columns=("stopped_at",),
        subject=("member", receiver.member_id, receiver.ref), why=OPTED_OUT,
    )  # fmt: skip
