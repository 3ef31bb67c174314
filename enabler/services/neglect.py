"""Nothing waits unseen: what can do no harm opens by itself in the end, the rest is told again."""

from datetime import datetime

from enabler.domain.desk import due_at, level_of, opens_by_itself
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.vocabulary import Priority, Role
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services import _decisions
from enabler.services._claim_views import holds
from enabler.services._denying import tell_again
from enabler.services._ground import Ground, ground
from enabler.services._queue import held_rows, waiting_of
from enabler.services._tell import tell
from enabler.services._things import thing_of

OPENED = "neglected"
JOB = "look-at-desk"


def look(*, actor: Actor, now: datetime) -> int:
    """Look at the desks of all places: what of low risk was neglected for the ruleset's hours opens
    by itself, unless somebody has it in hand or its author is asked; what else is due is mailed to
    the custodians, and to the safeguarding leads once it has waited twice as long. Leads hear each
    day of an account that waits for them.

    How many things were opened or told of. Safe to run twice and from two processes at once.
    Raises NotAllowed.
    """
    require(actor, Action.RUN_JOBS)
    with reading() as uow:
        places = [place.id for place in uow.places.all()]
    return sum(_open_neglected(actor, place_id, now) + _escalate(place_id, now)
               for place_id in places)  # fmt: skip


def opened(*, actor: Actor, since: datetime) -> list[tuple[str, str | None, datetime]]:
    """(kind, ref, when) of what opened by itself in the actor's place since then, the newest first.
    Raises NotAllowed."""
    require(actor, Action.SEE_DESK, Subject(actor.place_id))
    with reading() as uow:
        return uow.desk.opened_by_themselves(actor.place_id or 0, since)


def _open_neglected(actor: Actor, place_id: int, now: datetime) -> int:
    with reading() as uow:
        here = ground(uow, place_id, now, alone=True)
        due = [
            (row.kind, row.ref) for row, one, risk in held_rows(uow, here)
            if opens_by_itself(one, risk, here.ruleset, now)
            and not holds(row.claim, here)
        ]  # fmt: skip
    return sum(_open_one(actor, place_id, kind, ref, now) for kind, ref in due)


def _open_one(actor: Actor, place_id: int, kind: str, ref: str, now: datetime) -> bool:
    """Each in its own transaction, looked at again with the thing locked."""
    with unit_of_work() as uow:
        here = ground(uow, place_id, now)
        thing = thing_of(uow, kind, ref, here)
        still = {(row.kind, row.ref): (row, risk) for row, _, risk in held_rows(uow, here)}
        row, risk = still.get((kind, ref), (None, None))
        if row is None or risk is None or thing.state != "held":
            return False
        if holds(row.claim, here):
            return False
        if not opens_by_itself(waiting_of(row, here), risk, here.ruleset, now):
            return False
        if kind == "organisation" and not thing.authors:
            return False
        author = {"offer": thing.whose, "need": thing.member_id}.get(kind)
        if not _author_stands(uow, author):
            return False
        _decisions.decide(uow, actor, thing, None, here, approving=True, why=OPENED)
        uow.commit()
    return True


def _author_stands(uow: UnitOfWork, member_id: int | None) -> bool:
    return member_id is None or uow.homes.member(member_id).state.value in ("active", "paused")


def _escalate(place_id: int, now: datetime) -> int:
    with unit_of_work() as uow:
        here = ground(uow, place_id, now, alone=True)
        new: dict[int, int] = {}
        for row, one, risk in held_rows(uow, here):
            due = due_at(one, risk, here.ruleset, now)
            for level in range(1, level_of(one, due, risk, here.ruleset, now) + 1):
                if uow.desk.escalated(
                    place_id, row.kind, row.ref, since=one.since, level=level, now=now
                ):
                    new[level] = new.get(level, 0) + 1
        for level in new:
            _tell(uow, level, here)
        tell_again(uow, place_id, now)
        uow.commit()
    return sum(new.values())


def _tell(uow: UnitOfWork, level: int, here: Ground) -> None:
    """One mail a look, of all that is due: the desk says what."""
    role = Role.CUSTODIAN if level == 1 else Role.SAFEGUARDING_LEAD
    hands = uow.staff.at_desk(here.place.id, here.now)
    for member_id in sorted({hand.member_id for hand in hands if hand.role is role}):
        tell(
            uow, place_id=here.place.id, member_id=member_id, template="desk_due_staff",
            parameters={"desk": str(level)}, priority=Priority.REMINDER, by_mail=True,
            now=here.now,
            dedupe_key=f"desk_due:{here.place.id}:{level}:{member_id}:{here.now.isoformat()}",
        )  # fmt: skip
