"""What became of a report, for who made it; what the council wrote to whom a report concerns."""

from datetime import datetime
from typing import Any

from enabler.domain.errors import NotFound, WrongMoment
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.words import checked_words
from enabler.persistence.cases import Release
from enabler.persistence.reports import Report
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services import _cases, _links
from enabler.services._once import once
from enabler.services._reporting import readers_of
from enabler.services._subjects import place_of
from enabler.services.ports import Secrets
from enabler.services.views.cases import OwnReport, ToldView

OF_A_REPORT = "see-report"
MOST_ANSWERED = 2_000


def mine(*, actor: Actor, now: datetime) -> tuple[OwnReport, ...]:
    """What the actor told, the newest first. Raises NotAllowed."""
    require(actor, Action.SEE_OWN, Subject(actor.place_id, owner_id=actor.member_id))
    with reading() as uow:
        found = uow.reports.of_reporter(actor.place_id or 0, actor.member_id or 0)
        return tuple(_own(one) for one in found)


def show(*, actor: Actor, ref: str, now: datetime) -> OwnReport:
    """One of them, and where it stands. Raises NotAllowed, NotFound (also for another's)."""
    require(actor, Action.SEE_OWN, Subject(actor.place_id, owner_id=actor.member_id))
    with reading() as uow:
        found = uow.reports.of_reporter(actor.place_id or 0, actor.member_id or 0)
    wanted = next((one for one in found if one.ref == ref.upper()), None)
    if wanted is None:
        raise NotFound("report_unknown")
    return _own(wanted)


def link_of(*, ref: str, secrets: Secrets) -> str:
    """The token of the page on which a stranger sees where their report stands."""
    return _links.sign(secrets, OF_A_REPORT, ref)


def by_link(*, actor: Actor, token: str, secrets: Secrets, now: datetime) -> OwnReport:
    """Where a stranger's report stands, without a word of what they wrote: others may have the
    link. Raises NotFound for any other link."""
    require(actor, Action.FOLLOW_LINK)
    ref = _links.read(secrets, OF_A_REPORT, token)
    if ref is None:
        raise NotFound("report_unknown")
    with unit_of_work() as uow:
        found = uow.reports.by_ref(place_of(actor), ref)
        return _own(found, by_link=True)


def _own(report: Report, *, by_link: bool = False) -> OwnReport:
    return OwnReport(
        ref=report.ref, kind=report.kind, state=report.state, reported_at=report.reported_at,
        words=None if by_link else report.words,
        due_at=report.due_at if report.acknowledged_at is None else None,
        seen_at=report.acknowledged_at, outcome=report.outcome, outcome_at=report.outcome_at,
    )  # fmt: skip


def told(*, actor: Actor, ref: str, now: datetime) -> ToldView:
    """What the council wrote to the actor. Raises NotAllowed, NotFound (also for another's)."""
    require(actor, Action.SEE_OWN, Subject(actor.place_id, owner_id=actor.member_id))
    with unit_of_work() as uow:
        return _told(_to_actor(uow, actor, ref))


def all_told(*, actor: Actor, now: datetime) -> tuple[ToldView, ...]:
    """All that the council wrote to the actor about reports. Raises NotAllowed."""
    require(actor, Action.SEE_OWN, Subject(actor.place_id, owner_id=actor.member_id))
    with reading() as uow:
        return tuple(_told(one) for one in uow.cases.released_to(actor.member_id or 0))


def answer(*, actor: Actor, ref: str, words: str, key: str, now: datetime) -> ToldView:
    """Answer it, once: whoever deals with it is told, and the words stand in its case.

    Raises NotAllowed, NotFound, WrongMoment("answered_already"), Invalid("words"), KeyReused.
    """
    said = checked_words("words", words, most=MOST_ANSWERED)
    with unit_of_work() as uow:
        require(actor, Action.CHANGE_OWN, Subject(actor.place_id, owner_id=actor.member_id))
        one = _to_actor(uow, actor, ref)
        once(
            uow, "own_reports.answer", actor=actor, key=key, now=now,
            arguments={"ref": one.ref, "words": said},
            act=lambda: _answer(uow, actor, one, said, now),
        )  # fmt: skip
        view = _told(_to_actor(uow, actor, ref))
        uow.commit()
    return view


def _answer(
    uow: UnitOfWork, actor: Actor, one: Release, words: str, now: datetime
) -> dict[str, Any]:
    if one.answered_at is not None:
        raise WrongMoment("answered_already")
    uow.cases.answer(one.id, words, now)
    report = uow.reports.by_id(one.report_id)
    _cases.note(uow, actor, report, "answered", now, words=words)
    hands = readers_of(report, uow.staff.at_desk(report.place_id, now))
    whose = [report.assigned_to] if report.assigned_to in hands else sorted(hands)
    _cases.tell_hands(
        uow, report, [each for each in whose if each], "report_answered_lead", one.ref, now
    )
    return {"ref": one.ref}


def _to_actor(uow: UnitOfWork, actor: Actor, ref: str) -> Release:
    one = uow.cases.release_by_ref(place_of(actor), ref)
    if one.member_id != actor.member_id:
        raise NotFound("ref_unknown")
    return one


def _told(one: Release) -> ToldView:
    return ToldView(one.ref, one.at, one.words, one.answer, one.answered_at)
