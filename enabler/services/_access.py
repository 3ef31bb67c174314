"""What whoever comes to help a member should know is written down, or forgotten."""

from datetime import datetime
from typing import Any

from enabler.domain.members import Member
from enabler.domain.permissions import Actor
from enabler.persistence.unit_of_work import UnitOfWork

NOTHING: dict[str, Any] = {"access_needs": [], "access_words": None}


def keep_access(
    uow: UnitOfWork, actor: Actor, member: Member, values: dict[str, Any], now: datetime
) -> None:
    """From now on it is this; the audit says that it changed, never to what."""
    uow.wishes.choose(member.place_id, member.id, **values)
    uow.audit.record(
        actor, "member.changed", place_id=member.place_id, now=now, columns=tuple(values),
        subject=("member", member.id, member.ref),
    )  # fmt: skip
