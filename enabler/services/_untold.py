"""What cannot be sent to somebody whom neither texts nor mails reach is kept for people to tell."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from enabler.domain.messages import Outgoing, Receiver
from enabler.domain.notices import kind_of
from enabler.domain.reaching import UNREACHED
from enabler.domain.untold import is_kept, is_urgent
from enabler.domain.vocabulary import Priority, Way
from enabler.persistence.unit_of_work import UnitOfWork


def keep_untold(
    uow: UnitOfWork, receiver: Receiver, *, place_id: int, template: str, priority: Priority,
    dedupe_key: str, now: datetime, parameters: Mapping[str, Any] = {},
    due_at: datetime | None = None, expires_at: datetime | None = None,
) -> bool:  # fmt: skip
    """Keep a letter for whomever neither texts nor mails reach; whether it was kept. What was
    sent or kept under its key before is not kept again, nor what they want on their page alone."""
    if not _is_wanted(receiver, template, priority) or uow.untold.was_sent(dedupe_key):
        return False
    return _keep(
        uow, receiver, place_id, now, template=template, dedupe_key=dedupe_key, priority=priority,
        parameters=dict(parameters), queued_at=now, due_at=due_at or now, expires_at=expires_at,
    )  # fmt: skip


def keep_dropped(uow: UnitOfWork, row: Outgoing, now: datetime) -> bool:
    """The same of a letter that waited in the outbox while its receiver's last number went."""
    if row.member_id is None:
        return False
    receiver = uow.telling.receiver(row.member_id)
    if now >= row.expires_at or not _is_wanted(receiver, row.template, row.priority):
        return False
    return _keep(
        uow, receiver, row.place_id, now, template=row.template, dedupe_key=f"untold:{row.id}",
        priority=row.priority, parameters=row.parameters, queued_at=row.queued_at,
        due_at=row.due_at, expires_at=None,
    )  # fmt: skip


def keep_call(uow: UnitOfWork, member_id: int, place_id: int, now: datetime) -> None:
    """Have people ring a member whose number our texts do not reach, also where mails do."""
    receiver = uow.telling.receiver(member_id)
    _keep(
        uow, receiver, place_id, now, template=UNREACHED, priority=Priority.MATCH,
        dedupe_key=f"{UNREACHED}:{member_id}:{now.isoformat()}",
        parameters={"unreached": receiver.ref}, queued_at=now, due_at=now, expires_at=None,
    )  # fmt: skip


def _is_wanted(receiver: Receiver, template: str, priority: Priority) -> bool:
    if receiver.member_id is None or receiver.reachable or not receiver.is_told(template):
        return False
    kind = kind_of(template, priority)
    return is_kept(template, priority) and (
        kind is None or receiver.wishes.of(kind) is not Way.PAGE
    )


def _keep(
    uow: UnitOfWork, receiver: Receiver, place_id: int, now: datetime, **letter: Any
) -> bool:  # fmt: skip
    if uow.untold.was_kept(letter["dedupe_key"]):
        return False
    member_id, due = receiver.member_id or 0, letter["due_at"]
    one = uow.untold.open_of(member_id)
    if one is None:
        ref = uow.refs.new(place_id, "untold")
        again_at = due if due > now else None
        one = uow.untold.open(place_id, member_id, ref, now=now, again_at=again_at)
    uow.untold.add(one, **letter)
    if not one.urgent and is_urgent(letter["template"], letter["priority"]):
        uow.untold.change(one.id, urgent=True, again_at=None)
    elif not one.tries and one.again_at is not None and due < one.again_at:
        uow.untold.change(one.id, again_at=due)
    return True
