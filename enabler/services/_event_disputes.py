"""Somebody says that it was otherwise, and a custodian decides: the steps behind both."""

from typing import Any

from enabler.domain.errors import Invalid, NotAllowed, WrongMoment
from enabler.domain.members import Organisation
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.vocabulary import Priority
from enabler.persistence.hours_events import EventSide, HoursEvent
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._counting import count, leave_out, lock_accounts
from enabler.services._event_views import is_party, takes_back_as_lead
from enabler.services._ground import Ground
from enabler.services._tell import tell


def keep_dispute(
    uow: UnitOfWork, actor: Actor, event_id: int, account: int, words: str, here: Ground
) -> dict[str, Any]:
    """The open sides of an account wait for a custodian. Raises WrongMoment."""
    event = uow.hours_events.lock(event_id)
    sides = uow.hours_events.sides(event.id)
    own_sides = [each for each in sides if account in (each.payer_id, each.earner_id)]
    nths = [each.nth for each in own_sides if each.state == "open"]
    if not nths:
        disputed_already = any(each.state == "disputed" for each in own_sides)
        raise WrongMoment("event_disputed_already" if disputed_already else "event_is_over")
    uow.hours_events.change(
        event.id, nths, state="disputed", disputed_by=actor.member_id, words=words
    )
    uow.audit.record(
        actor, "hours-event.disputed", place_id=event.place_id,
        subject=("hours-event", event.id, event.ref), now=here.now, states=("open", "disputed"),
        columns=tuple(f"side-{nth}" for nth in nths),
    )  # fmt: skip
    return {"ref": event.ref}


def keep_decision(
    uow: UnitOfWork, actor: Actor, event_id: int, without: frozenset[int], words: str, here: Ground
) -> dict[str, Any]:
    """What is left out is let go, what else was disputed counts. Raises as ``decide``."""
    event = uow.hours_events.lock(event_id)
    waiting = [each for each in uow.hours_events.sides(event.id) if each.waits]
    left = [each for each in waiting if each.nth in without]
    kept = [each for each in waiting if each.state == "disputed" and each.nth not in without]
    if not waiting:
        raise WrongMoment("event_is_over")
    if not (left or kept) or len(left) < len(without):
        raise Invalid("without", "nobody_chosen")
    _require_second(uow, actor, event, [*left, *kept], here, counts=bool(kept))
    uow.audit.record(
        actor, "hours-event.decided", place_id=event.place_id,
        subject=("hours-event", event.id, event.ref), now=here.now,
        values={"words": (None, words)} if actor.member_id is not None else None,
        whose=actor.member_id,
    )  # fmt: skip
    lock_accounts(uow, event, waiting)
    leave_out(uow, actor, event, left, here, why="decided")
    if kept:
        count(uow, actor, event, kept, here, why="decided")
    _tell_all(uow, event, [*left, *kept], "hours_decided", here)
    return {"ref": event.ref}


def keep_taken_back(
    uow: UnitOfWork, actor: Actor, event_id: int, organisation: Organisation | None, here: Ground
) -> dict[str, Any]:
    """All that waits is let go. Raises WrongMoment, NotAllowed."""
    event = uow.hours_events.lock(event_id)
    waiting = [each for each in uow.hours_events.sides(event.id) if each.waits]
    if not waiting:
        raise WrongMoment("event_is_over")
    if not takes_back_as_lead(actor, event, organisation):
        require(actor, Action.RECORD_HOURS, Subject(event.place_id))
        _require_second(uow, actor, event, waiting, here, counts=False)
    leave_out(uow, actor, event, waiting, here, why="taken-back")
    _tell_all(uow, event, waiting, "hours_taken_back", here)
    return {"ref": event.ref}


def _require_second(
    uow: UnitOfWork, actor: Actor, event: HoursEvent, sides: list[EventSide], here: Ground, *,
    counts: bool,
) -> None:  # fmt: skip
    """Nobody decides of their own hours, nor of those of what they act for; nor of whether their
    own word counts against another's."""
    if is_party(uow, actor, sides, here):
        raise NotAllowed("party_to_it")
    if counts and actor.member_id is not None and actor.member_id == event.recorded_by:
        raise NotAllowed("second_person_same")


def _tell_all(
    uow: UnitOfWork, event: HoursEvent, sides: list[EventSide], template: str, here: Ground
) -> None:
    """Queue a letter to both of each side."""
    owners = uow.purses.owners({n for each in sides for n in (each.payer_id, each.earner_id)})
    for member_id in sorted({o.member_id for o in owners.values() if o.member_id is not None}):
        tell(
            uow, place_id=event.place_id, member_id=member_id, template=template,
            parameters={"event": event.ref}, priority=Priority.MATCH, now=here.now,
            dedupe_key=f"{template}:{event.ref}:{member_id}:{here.now.isoformat()}",
        )  # fmt: skip
