"""A complaint as its readers see it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from enabler.domain.complaints import ANSWERED
from enabler.domain.permissions import Actor
from enabler.persistence.complaints import Complaint
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._hidden import knows
from enabler.services.views.cases import HandView, NoteView
from enabler.services.views.complaints import (
    ComplaintView,
    ListedComplaint,
    MeantView,
    OwnComplaint,
)


def own_view(
    uow: UnitOfWork, found: Complaint, now: datetime, *, by_link: bool = False
) -> OwnComplaint:
    """To who made it."""
    notes = () if by_link else uow.complaints.notes(found.id)
    return OwnComplaint(
        ref=found.ref, made_at=found.made_at, answer_by=found.answer_by, state=found.state,
        words=None if by_link else found.words,
        added=tuple((one.at, one.words or "") for one in notes if one.kind == "added"),
        outcome=found.outcome, answer=found.answer, answered_at=found.answered_at,
        late=found.state != ANSWERED and found.due_at <= now, kind=found.kind,
        meant=None if by_link else MeantView.unpacked(found.meant),
    )  # fmt: skip


def listed(uow: UnitOfWork, found: Complaint, now: datetime) -> ListedComplaint:
    """In the register."""
    return ListedComplaint(
        ref=found.ref, made_at=found.made_at, answer_by=found.answer_by, state=found.state,
        outcome=found.outcome, days_left=_days_left(uow, found, now),
        assigned_to=_name(uow, found.assigned_to), kind=found.kind,
    )  # fmt: skip


def complaint_view(uow: UnitOfWork, actor: Actor, found: Complaint, now: datetime) -> ComplaintView:
    """In full; the sight of who made it is written."""
    name = ref = None
    if found.by_member_id is not None and knows(uow, actor, found.by_member_id):
        member = uow.homes.member(found.by_member_id)
        name, ref = member.name, member.ref
        uow.sights.log(
            actor, member.id, ("name", "words"), place_id=found.place_id, why="complaint", now=now,
            subject_ref=found.ref,
        )  # fmt: skip
    waits = found.state != ANSWERED
    return ComplaintView(
        ref=found.ref, made_at=found.made_at, answer_by=found.answer_by, due_at=found.due_at,
        how=found.how, state=found.state, by_name=name, by_ref=ref, call_back=found.call_back,
        words=found.words,
        notes=tuple(
            NoteView(one.kind, _name(uow, one.by_member_id) if one.kind not in ("made", "added")
                     else None, one.at, one.words, one.facts)
            for one in uow.complaints.notes(found.id)
        ),
        assigned_to=_hand(uow, found.assigned_to), outcome=found.outcome, answer=found.answer,
        answered_at=found.answered_at, days_left=_days_left(uow, found, now),
        may=frozenset({"note", "answer", "take"} if waits else ()), kind=found.kind,
        meant=MeantView.unpacked(found.meant),
    )  # fmt: skip


def _days_left(uow: UnitOfWork, found: Complaint, now: datetime) -> int:
    """Local days until the last one; below zero once it is over."""
    zone = ZoneInfo(uow.places.by_id(found.place_id).timezone)
    return (found.answer_by - now.astimezone(zone).date()).days


def _name(uow: UnitOfWork, member_id: int | None) -> str | None:
    return None if member_id is None else uow.homes.member(member_id).name


def _hand(uow: UnitOfWork, member_id: int | None) -> HandView | None:
    if member_id is None:
        return None
    member = uow.homes.member(member_id)
    return HandView(member.ref, member.name)
