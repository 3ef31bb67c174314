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
    """From now on it is this; the audit says that it changed, never to what. Where it is nothing
    any more, nobody is let see it: what is written another day is shown to whom it is shown then.
    """
    uow.wishes.choose(member.place_id, member.id, **values)
    uow.audit.record(
        actor, "member.changed", place_id=member.place_id, now=now, columns=tuple(values),
        subject=("member", member.id, member.ref),
    )  # fmt: skip
    if not any(values.values()):
        _show_nobody(uow, actor, member, now)


def _show_nobody(uow: UnitOfWork, actor: Actor, member: Member, now: datetime) -> None:
    for each in uow.sight_grants.holding(now, member_id=member.id):
        if each.credential_id is None:
            uow.sight_grants.end(each.id, now)
            uow.audit.record(
                actor, "sight.ended", place_id=member.place_id, now=now, why="access",
                subject=("member", member.id, member.ref),
            )  # fmt: skip
