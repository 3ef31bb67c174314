"""A case as its reader sees it: what was told and done, whom to ring. Each sight of a person is
written in the same transaction; those whom a report concerns read of it once they are told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from enabler.domain.errors import NotFound
from enabler.domain.found_in_words import first_phone
from enabler.domain.permissions import Actor
from enabler.domain.reports import OF_A_MATCH, SETTLED
from enabler.domain.vocabulary import Role
from enabler.persistence.audit import OF_A_REPORT
from enabler.persistence.cases import Note
from enabler.persistence.reports import Report
from enabler.persistence.staff import DeskHand
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._hidden import knows
from enabler.services._look_cases import look_case
from enabler.services._reporting import readers_of
from enabler.services.views.cases import (
    BesideView,
    CallView,
    CaseView,
    ConcernedView,
    HandView,
    NoteView,
)


def concerned_by(uow: UnitOfWork, report: Report) -> tuple[int, ...]:
    """The members whom a report concerns, but for who made it."""
    ref, kind, place_id = report.about_ref, report.about_kind, report.place_id
    found: tuple[int | None, ...] = ()
    try:
        if ref is None:
            return ()
        if kind in OF_A_MATCH:
            match = uow.matches.by_ref(place_id, ref)
            found = (uow.needs.by_id(match.need_id).asker_id, match.helper_id)
        elif kind == "need":
            found = (uow.needs.by_ref(place_id, ref).asker_id,)
        elif kind == "offer":
            found = (uow.offers.by_ref(place_id, ref).member_id,)
        elif kind == "member":
            found = (uow.homes.member_by_ref(place_id, ref).id,)
    except NotFound:
        return ()
    return tuple(one for one in found if one is not None and one != report.by_member_id)


def case_view(uow: UnitOfWork, actor: Actor, report: Report, now: datetime) -> CaseView:
    """The whole case. Writes the sights of all whom it shows."""
    desk = _Desk(uow, actor, report, uow.staff.at_desk(report.place_id, now), now)
    notes = uow.cases.notes(report.id)
    concerned = concerned_by(uow, report)
    known = [one for one in concerned if knows(uow, actor, one)]
    unnamed = report.about_kind == "member" and len(known) < len(concerned)
    return CaseView(
        ref=report.ref, kind=report.kind, state=report.state, about_kind=report.about_kind,
        about_ref=None if unnamed else report.about_ref, words=report.words,
        quoted=_quoted(uow, report),
        reported_at=report.reported_at, call_back=report.call_back, gathered=report.gathered,
        for_leads=report.for_leads, due_at=report.due_at,
        acknowledged_at=report.acknowledged_at, acknowledged_by=desk.by(report.acknowledged_by),
        assigned_to=desk.hand(report.assigned_to),
        notes=tuple(NoteView(one.kind, desk.by(one.by_member_id), one.at, one.words, one.facts)
                    for one in notes),
        calls=desk.calls(notes, concerned), concerned=_concerned(uow, report, known),
        outcome=report.outcome, outcome_at=report.outcome_at, settled_at=report.settled_at,
        settled_words=report.settled_words, hands=desk.hands(), may=desk.may(concerned),
        beside=desk.beside(concerned), look=look_case(uow, report),
    )  # fmt: skip


def _quoted(uow: UnitOfWork, report: Report) -> str | None:
    """The message that was reported, as long as it is kept."""
    if report.about_line is None or report.about_ref is None:
        return None
    match = uow.matches.by_ref(report.place_id, report.about_ref)
    lines = uow.conversations.of_match(match.id)
    return next((line.words for line in lines if line.id == report.about_line), None)


def _concerned(
    uow: UnitOfWork, report: Report, member_ids: Sequence[int]
) -> tuple[ConcernedView, ...]:
    told = {one.member_id: one for one in uow.cases.releases(report.id)}
    refs = uow.members.refs_of(member_ids)
    found = []
    for member_id in member_ids:
        one = told.get(member_id)
        found.append(ConcernedView(
            refs[member_id], one.words if one else None, one.at if one else None,
            one.answer if one else None,
        ))  # fmt: skip
    return tuple(found)


@dataclass
class _Desk:
    """The desk at which a case is read."""

    uow: UnitOfWork
    actor: Actor
    report: Report
    at_desk: Sequence[DeskHand]
    now: datetime

    def by(self, member_id: int | None) -> str | None:
        """A colleague's name; of who is at the desk no more, the ref."""
        if member_id is None:
            return None
        known = {hand.member_id: hand.name for hand in self.at_desk}
        return known.get(member_id) or self.uow.members.refs_of([member_id]).get(member_id)

    def hand(self, member_id: int | None) -> HandView | None:
        """Whose the case is."""
        if member_id is None:
            return None
        return HandView(self.uow.members.refs_of([member_id])[member_id], self.by(member_id) or "")

    def hands(self) -> tuple[HandView, ...]:
        """Who may be given the case."""
        reading = sorted(readers_of(self.report, self.at_desk))
        refs = self.uow.members.refs_of(reading)
        return tuple(HandView(refs[one], self.by(one) or "") for one in reading)

    def calls(self, notes: Sequence[Note], concerned: Sequence[int]) -> tuple[CallView, ...]:
        """Whom to ring, in order: who told us, whom it concerns, the other leads, the duty line."""
        if not self.report.for_leads:
            return ()
        people = [("reporter", self.report.by_member_id)] if self.report.by_member_id else []
        people += [("concerned", one) for one in concerned]
        people += [("lead", one) for one in self._other_leads()]
        last = {one.facts.get("who"): one for one in notes if one.kind == "called"}
        found = [*self._stranger(last)]
        found += [self._person(who, member_id or 0, last) for who, member_id in people]
        plan = self.uow.safeguarding.plan(self.report.place_id)
        line = plan.duty_line or self.uow.telling.house(self.report.place_id, self.now).duty_line
        if line:
            went = last.get("duty-line")
            found.append(CallView("duty-line", "duty-line", None, line, *_went(went)))
        return tuple(found)

    def beside(self, concerned: Sequence[int]) -> tuple[BesideView, ...]:
        """What else is open about the same thing or the same people: one call may be about all."""
        return tuple(
            BesideView(one.ref, one.kind, one.reported_at)
            for one in self.uow.reports.unsettled(self.report.place_id)
            if one.id != self.report.id and one.about_ref is not None
            and self.actor.member_id in readers_of(one, self.at_desk)
            and (one.about_ref == self.report.about_ref
                 or set(concerned) & set(concerned_by(self.uow, one)))
        )  # fmt: skip

    def _stranger(self, last: dict[str | None, Note]) -> list[CallView]:
        """Who told us without signing in, where a number is in what they left."""
        number = first_phone(self.report.call_back or "")
        if number is None:
            return []
        return [CallView("call-back", "reporter", None, number, *_went(last.get("call-back")))]

    def _other_leads(self) -> list[int]:
        leads = {hand.member_id for hand in self.at_desk if hand.role is Role.SAFEGUARDING_LEAD}
        order = self.uow.safeguarding.plan(self.report.place_id).hands
        others = leads - self.report.kept_from - {self.actor.member_id or 0}
        return [one for one in order if one in others] + sorted(others - set(order))

    def _person(self, who: str, member_id: int, last: dict[str | None, Note]) -> CallView:
        member = self.uow.homes.member(member_id)
        if not knows(self.uow, self.actor, member_id):
            return CallView(who, who, None, None)
        why = "report" if who == "reporter" else OF_A_REPORT
        if who != "lead":
            self.uow.sights.log(
                self.actor, member_id, ("name", "phone"), place_id=self.report.place_id, why=why,
                now=self.now, subject_ref=self.report.ref,
            )  # fmt: skip
        went = last.get(member.ref)
        return CallView(
            member.ref, who, member.shown_name, self.uow.telling.receiver(member_id).phone,
            *_went(went),
        )  # fmt: skip

    def may(self, concerned: Sequence[int]) -> frozenset[str]:
        """What the reader can do now."""
        report = self.report
        leads = readers_of(report, self.at_desk, for_leads=True)
        deeds = {"note", "outcome"}
        if report.state == SETTLED:
            return frozenset({"outcome", "reopen"} if report.by_member_id or report.call_back
                             else {"reopen"})  # fmt: skip
        deeds |= {"assign", "stand"}
        seen = report.acknowledged_at is not None
        deeds |= {"acknowledge"} if report.for_leads and not seen else {"settle"}
        deeds |= {"call"} if report.for_leads else {"pass"}
        if concerned and self.actor.member_id in leads:
            deeds.add("release")
        return frozenset(deeds)


def _went(call: Note | None) -> tuple[str | None, datetime | None]:
    return (None, None) if call is None else (call.facts["went"], call.at)
