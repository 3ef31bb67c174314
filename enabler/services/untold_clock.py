"""What people are to tell leaves by itself: what is past, and what can be sent after all."""

from datetime import datetime

from enabler.domain.desk import EntryKind
from enabler.domain.messages import Receiver
from enabler.domain.permissions import Action, Actor, require
from enabler.domain.reaching import UNREACHED
from enabler.domain.untold import CameOf
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.persistence.untold import Untold
from enabler.services._tell import tell
from enabler.services._untold_words import holds_now, rests

__all__ = ["JOB", "look"]

JOB = "look-at-untold"


def look(*, actor: Actor, now: datetime) -> int:
    """Take off the desk what no longer holds, and send what waits to whoever has a phone or a mail
    address now, once; how many people nobody need tell any more. Each in its own transaction; safe
    to run twice. Raises NotAllowed."""
    require(actor, Action.RUN_JOBS)
    with reading() as before:
        members = before.untold.open_ids()
    return sum(_look_at(actor, member_id, now) for member_id in members)


def _look_at(actor: Actor, member_id: int, now: datetime) -> bool:
    with unit_of_work() as uow:
        one = uow.untold.open_of(member_id)
        if one is None:
            return False
        receiver = uow.telling.receiver(member_id)
        past = [
            letter.id for letter in uow.untold.letters(one.id)
            if holds_now(uow, one, letter, receiver, now) is None
        ]  # fmt: skip
        uow.untold.end_letters(past, now)
        sent = _send(uow, one, receiver, now)
        over = not uow.untold.letters(one.id)
        if over:
            _end(uow, actor, one, CameOf.SENT if sent else CameOf.PAST, now)
        uow.commit()
    return over


def _send(uow: UnitOfWork, one: Untold, receiver: Receiver, now: datetime) -> bool:
    """What waits goes by the way that they have now."""
    if not receiver.reachable:
        return False
    letters = [
        each for each in uow.untold.letters(one.id)
        if each.template != UNREACHED and not rests(uow, one, each, receiver)
    ]  # fmt: skip
    for letter in letters:
        tell(
            uow, place_id=one.place_id, member_id=one.member_id, template=letter.template,
            parameters=letter.parameters, priority=letter.priority, now=now,
            dedupe_key=letter.dedupe_key, due_at=letter.due_at, expires_at=letter.expires_at,
        )  # fmt: skip
    uow.untold.end_letters([letter.id for letter in letters], now)
    return bool(letters)


def _end(uow: UnitOfWork, actor: Actor, one: Untold, came: CameOf, now: datetime) -> None:
    uow.untold.change(one.id, ended_at=now, came_of=came.value)
    uow.desk.let_go(one.place_id, EntryKind.UNTOLD.value, one.ref)
    uow.audit.record(
        actor, f"untold.{came.value}", place_id=one.place_id, now=now, whose=one.member_id,
        subject=("untold", one.id, one.ref),
    )  # fmt: skip
