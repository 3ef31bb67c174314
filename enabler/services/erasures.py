"""Behind an erasure: the list outside the backups, the files under the database, the end of a duty,
and those whom an older backup brought back."""

from datetime import datetime, timedelta

from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.persistence import wiping
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services._erasure import How, duty, erase
from enabler.services._erasure_list import those_in, write
from enabler.services._ground import ground
from enabler.services.ports import ErasureList

JOB = "finish-erasures"
KNOWN_FOR = timedelta(hours=1)
"""So long after a last letter has left it is known where it went: a provider in doubt is asked."""


def finish(*, actor: Actor, kept_in: ErasureList, now: datetime) -> int:
    """Write into the list who is not in it yet, end what no duty keeps any more, forget where last
    letters went, and clear the files under the database; how many things were done. Safe to run
    twice. Raises NotAllowed."""
    require(actor, Action.RUN_JOBS)
    return write(kept_in, now) + _end_duties(now) + _forget_letters(now) + _wipe(now)


def write_list(*, actor: Actor, kept_in: ErasureList, now: datetime) -> int:
    """Write into the list who is not in it yet, before this database gives way to an older one; how
    many. Raises NotAllowed, OSError."""
    require(actor, Action.KEEP_PLACE, Subject())
    return write(kept_in, now)


def apply(*, actor: Actor, kept_in: ErasureList, now: datetime) -> int:
    """Erase again whom the list names and a restored backup has brought back; how many. Raises
    NotAllowed."""
    require(actor, Action.KEEP_PLACE, Subject())  # of every place: no one place's administrator
    with reading() as uow:
        back = uow.erasures.back(those_in(kept_in))
    for member_id in back:
        with unit_of_work() as uow:
            member = uow.homes.member(member_id)
            here = ground(uow, member.place_id, now)
            erase(uow, actor, member, How("list", forced=True), here)
            uow.commit()
    write(kept_in, now)
    _wipe(now)
    return len(back)


def _end_duties(now: datetime) -> int:
    with reading() as uow:
        held = uow.erasures.unfinished()
    return sum(_end_duty(one.id, one.member_id, now) for one in held)


def _end_duty(erasure_id: int, member_id: int, now: datetime) -> bool:
    with unit_of_work() as uow:
        is_kept, reports = duty(uow, uow.homes.member(member_id))
        if is_kept or reports:
            return False
        uow.erasing.erase(member_id, now)
        uow.erasures.finish(erasure_id, now)
        uow.commit()
    return True


def _forget_letters(now: datetime) -> int:
    with unit_of_work() as uow:
        told = uow.erasures.forget_last_letters(now - KNOWN_FOR)
        uow.commit()
    return told


def _wipe(now: datetime) -> int:
    with reading() as uow:
        ids = uow.erasures.unwiped()
    if not ids or not wiping.wipe():
        return 0
    with unit_of_work() as uow:
        uow.erasures.note_wiped(ids, now)
        uow.commit()
    return len(ids)
