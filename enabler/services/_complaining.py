"""A complaint is kept and told of; who reads it, and each step that is written down."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from enabler.domain.complaints import (
    ANSWERED,
    COMPLAINT,
    CORRECTION,
    OPEN,
    TAKEN_BACK,
    clock_of,
    readers,
)
from enabler.domain.errors import NotFound
from enabler.domain.members import Member
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.reports import names, names_in_part
from enabler.domain.vocabulary import Priority, Role
from enabler.persistence.complaints import Complaint
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services import _digests
from enabler.services._subjects import place_of
from enabler.services._tell import tell
from enabler.services.ports import Secrets


def keep_complaint(
    uow: UnitOfWork, actor: Actor, place_id: int, words: str, *, how: str, now: datetime,
    call_back: str | None = None, from_address_hash: str | None = None, kind: str = COMPLAINT,
    meant: dict[str, Any] | None = None,
) -> Complaint:  # fmt: skip
    """Keep it: it is acknowledged by that. Those who answer hear of it, and who made it gets the
    acknowledgement in their channel. ``meant``: what of their data a correction is about."""
    clock = clock_of(now, uow.places.by_id(place_id).timezone, correction=kind == CORRECTION)
    kept = uow.complaints.add(
        place_id=place_id, ref=uow.refs.new(place_id, "complaint"), how=how, words=words,
        kind=kind, meant=meant,
        by_member_id=actor.member_id, call_back=call_back, from_address_hash=from_address_hash,
        kept_from=sorted(_named(uow, place_id, words, now) | _maker(actor)), made_at=now,
        answer_by=clock.answer_by, due_at=clock.due_at, tell_next_at=clock.alarm_at, state=OPEN,
    )  # fmt: skip
    step(uow, actor, kept, "made", now, states=(None, OPEN))
    gathered = f"hour:{now:%Y%m%d%H}" if actor.member_id is None else kept.ref
    tell_readers(uow, kept, "complaint_staff", gathered, now)
    if actor.member_id is not None:
        tell(
            uow, place_id=place_id, member_id=actor.member_id, template="complaint_noted",
            parameters={"own_complaint": kept.ref}, priority=Priority.ANSWER, now=now,
            dedupe_key=f"complaint_noted:{kept.ref}",
        )  # fmt: skip
    return kept


def keep_from_named(
    uow: UnitOfWork, actor: Actor, complaint: Complaint, words: str, now: datetime
) -> Complaint:
    """Whoever is named only in what was added reads no more of it, nor looks into it."""
    before = complaint.kept_from
    named = _named(uow, complaint.place_id, words, now, before) - before
    if not named:
        return complaint
    changes: dict[str, Any] = {"kept_from": sorted(before | named)}
    if complaint.assigned_to in named:
        changes |= {"assigned_to": None, "state": OPEN}
    uow.complaints.change(complaint.id, **changes)
    uow.audit.record(
        actor, "complaint.kept-from", place_id=complaint.place_id,
        subject=("complaint", complaint.id, complaint.ref), now=now,
        states=(complaint.state, changes.get("state", complaint.state)),
    )  # fmt: skip
    return uow.complaints.by_ref(complaint.place_id, complaint.ref)


def readers_of(uow: UnitOfWork, complaint: Complaint, now: datetime) -> frozenset[int]:
    """Who at the desk keeps it now."""
    hands = uow.staff.at_desk(complaint.place_id, now)
    return readers(((one.member_id, one.role) for one in hands), complaint.kept_from)


def load(uow: UnitOfWork, actor: Actor, ref: str, now: datetime) -> Complaint:
    """The complaint, for whoever keeps it. Raises NotFound (also for others at the desk),
    NotAllowed."""
    require(actor, Action.KEEP_COMPLAINTS, Subject(actor.place_id))
    found = uow.complaints.by_ref(place_of(actor), ref)
    if actor.member_id not in readers_of(uow, found, now):
        raise NotFound("complaint_unknown")
    return found


def step(
    uow: UnitOfWork, actor: Actor, complaint: Complaint, kind: str, now: datetime, *,
    words: str | None = None, states: tuple[str | None, str | None] = (None, None), **facts: Any,
) -> None:  # fmt: skip
    """Write a step down, with its audit, which has no word of it."""
    uow.complaints.note(complaint, kind, by_member_id=actor.member_id, at=now, words=words, **facts)
    uow.audit.record(
        actor, f"complaint.{kind}", place_id=complaint.place_id,
        subject=("complaint", complaint.id, complaint.ref), now=now, states=states,
    )  # fmt: skip


def take_back_all(uow: UnitOfWork, actor: Actor, member: Member, now: datetime) -> None:
    """Their account goes, and nobody could be answered any more: what waits is at its end."""
    for found in uow.complaints.of_member(member.place_id, member.id):
        if found.state != ANSWERED:
            uow.complaints.change(
                found.id, state=ANSWERED, outcome=TAKEN_BACK, answered_at=now, tell_next_at=None
            )
            step(uow, actor, found, "answered", now, states=(found.state, ANSWERED))


def tell_readers(
    uow: UnitOfWork, complaint: Complaint, template: str, of: str, now: datetime
) -> None:
    """Mail those who keep it. Where nobody may read it the administrators hear that somebody else
    must be found, without a word of it."""
    hands = sorted(readers_of(uow, complaint, now))
    if not hands:
        template = "complaint_unread_staff"
        hands = sorted(_administrators(uow, complaint.place_id, now))
    parameter = "unread_complaint" if template == "complaint_unread_staff" else "complaint"
    for member_id in hands:
        tell(
            uow, place_id=complaint.place_id, member_id=member_id, template=template,
            parameters={parameter: complaint.ref}, priority=Priority.SAFETY, by_mail=True, now=now,
            dedupe_key=f"{template}:{complaint.place_id}:{of}:{member_id}",
        )  # fmt: skip


def _named(
    uow: UnitOfWork, place_id: int, words: str, now: datetime,
    already: frozenset[int] = frozenset(),
) -> frozenset[int]:  # fmt: skip
    """The staff whom the words name: by a part of the name, as long as somebody is left to answer
    beside those who ``already`` may not; else by the whole of it."""
    hands = uow.staff.at_desk(place_id, now)
    known = [(hand.member_id, hand.role) for hand in hands]
    in_part = _ids(hand.member_id for hand in hands if names_in_part(words, hand.name))
    if readers(known, in_part | already):
        return in_part
    return _ids(hand.member_id for hand in hands if names(words, hand.name))


def _maker(actor: Actor) -> frozenset[int]:
    """Nobody answers their own complaint."""
    return frozenset() if actor.member_id is None else frozenset({actor.member_id})


def _ids(found: Iterable[int]) -> frozenset[int]:
    return frozenset(found)


def _administrators(uow: UnitOfWork, place_id: int, now: datetime) -> frozenset[int]:
    hands = uow.staff.at_desk(place_id, now)
    return _ids(hand.member_id for hand in hands if hand.role is Role.ADMINISTRATOR)


def network_of(actor: Actor, secrets: Secrets | None, from_address: str) -> str | None:
    """The digest of a stranger's network address."""
    if actor.member_id is not None or secrets is None or not from_address:
        return None
    return _digests.of_address(secrets, from_address)
