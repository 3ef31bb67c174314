"""What somebody is shown of another person is written down. Staff who look because of a report do
so under that report: whom it concerns reads of the look once a lead has told them, not before."""

from datetime import datetime

from enabler.domain.permissions import Action, Actor, Subject, allowed
from enabler.persistence.audit import OF_A_REPORT
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._reporting import readers_of


def log_look(
    uow: UnitOfWork, actor: Actor, member_id: int, what: tuple[str, ...], *, place_id: int,
    why: str, now: datetime, subject_ref: str,
) -> None:  # fmt: skip
    """Write the sight: of an open report about this very thing, where the actor reads that report
    and the member did not make it; else as it is."""
    report = _report(uow, actor, member_id, place_id, subject_ref, now)
    uow.sights.log(
        actor, member_id, what, place_id=place_id, now=now,
        why=OF_A_REPORT if report else why, subject_ref=report or subject_ref,
    )  # fmt: skip


def _report(
    uow: UnitOfWork, actor: Actor, member_id: int, place_id: int, subject_ref: str, now: datetime
) -> str | None:
    if not allowed(actor, Action.KEEP_CASE, Subject(place_id)):
        return None
    found = [
        one for one in uow.reports.open_about(place_id, subject_ref)
        if one.by_member_id != member_id
    ]  # fmt: skip
    at_desk = uow.staff.at_desk(place_id, now) if found else ()
    return next((one.ref for one in found if actor.member_id in readers_of(one, at_desk)), None)
