"""A report is a case: noted upon, given to somebody, answered, settled, opened again.

Notes are never changed. Whoever is named in it is told that there is no such report.
"""

from datetime import datetime
from typing import Any

from enabler.domain.errors import Invalid, NotFound, WrongMoment
from enabler.domain.permissions import Actor
from enabler.domain.reports import LOOKING, OPEN, SETTLED, UNSETTLED, may_stand
from enabler.domain.vocabulary import Priority
from enabler.domain.words import checked_words, optional_words
from enabler.persistence.reports import Report
from enabler.persistence.unit_of_work import UnitOfWork, unit_of_work
from enabler.services import _cases
from enabler.services._case_views import case_view, concerned_by
from enabler.services._reporting import readers_of
from enabler.services._tell import tell
from enabler.services._worry_clock import due_of
from enabler.services.views.cases import CaseView

MOST_WORDS = 2_000


def show(*, actor: Actor, ref: str, now: datetime) -> CaseView:
    """A report with all that was done about it; the sights of those whom it shows are logged.

    Raises NotFound (also for whoever is not to read it), NotAllowed.
    """
    with unit_of_work() as uow:
        report = _cases.load(uow, actor, ref, now)
        uow.sights.log(
            actor, report.by_member_id or actor.member_id or 0, ("report",),
            place_id=report.place_id, why="report", now=now, subject_ref=report.ref,
        )  # fmt: skip
        view = case_view(uow, actor, report, now)
        uow.commit()
    return view


def add_note(
    *, actor: Actor, ref: str, words: str, about: str | None = None, key: str, now: datetime
) -> CaseView | None:
    """Write something down, for colleagues alone; ``about`` is the ref of what was done meanwhile,
    say of what was held. It stays as it is. Raises NotFound, NotAllowed, Invalid, KeyReused."""
    said = checked_words("words", words, most=MOST_WORDS)

    def act(uow: UnitOfWork, report: Report) -> None:
        facts: dict[str, Any] = {}
        if about:
            known = uow.refs.kind_of(report.place_id, about)
            if known is None:
                raise Invalid("about", "ref_unknown")
            facts = {"about_kind": known[0], "about_ref": known[1]}
        _cases.note(uow, actor, report, "note", now, words=said, **facts)

    given = {"words": said, "about": about}
    return _cases.change(actor, ref, key, now, "note", given, act, again=False)


def stand(
    *, actor: Actor, ref: str, state: str, words: str | None = None, key: str, now: datetime
) -> CaseView | None:
    """Say where it stands: open, looking, with-police, with-partner.

    Raises NotFound, NotAllowed, WrongMoment, Invalid("state" or "words"), KeyReused.
    """
    said = optional_words("words", words, most=MOST_WORDS)
    if state not in UNSETTLED:
        raise Invalid("state", "code_unknown")

    def act(uow: UnitOfWork, report: Report) -> None:
        new = may_stand(report.state, state)
        if new == report.state and said is None:
            return  # it stands so already
        uow.reports.change(report.id, state=new)
        _cases.note(uow, actor, report, "stands", now, words=said, states=(report.state, new),
                    state=new)  # fmt: skip

    return _cases.change(actor, ref, key, now, "stand", {"state": state, "words": said}, act)


def assign(*, actor: Actor, ref: str, who: str, key: str, now: datetime) -> CaseView | None:
    """Give it to a colleague who may read it, by ref; they are told.

    Raises NotFound, NotAllowed, WrongMoment, Invalid("who"), KeyReused.
    """

    def act(uow: UnitOfWork, report: Report) -> None:
        _cases.require_open(report)
        reading = readers_of(report, uow.staff.at_desk(report.place_id, now))
        try:
            chosen = uow.homes.member_by_ref(report.place_id, who).id
        except NotFound:
            chosen = 0
        if chosen not in reading:
            raise Invalid("who", "cannot_read_this")
        if chosen == report.assigned_to:
            return  # it is theirs already
        state = LOOKING if report.state == OPEN else report.state
        uow.reports.change(report.id, assigned_to=chosen, state=state)
        _cases.note(uow, actor, report, "assigned", now, states=(report.state, state), who=who)
        if chosen != actor.member_id:
            _cases.tell_hands(uow, report, [chosen], "report_yours_staff",
                              f"{report.ref}:{now.isoformat()}", now)  # fmt: skip

    return _cases.change(actor, ref, key, now, "assign", {"who": who}, act)


def pass_on(*, actor: Actor, ref: str, words: str, key: str, now: datetime) -> CaseView | None:
    """A custodian passes it to the safeguarding leads, who alone read it from then on: None, where
    the actor is none of them. Raises NotFound, NotAllowed, WrongMoment, Invalid, KeyReused."""
    said = checked_words("words", words, most=MOST_WORDS)

    def act(uow: UnitOfWork, report: Report) -> None:
        _cases.require_open(report)
        if report.for_leads:
            raise WrongMoment("report_with_leads")
        due = due_of(uow, report.place_id, now)
        uow.reports.change(
            report.id, for_leads=True, due_at=due, tell_next_at=due, told_times=0,
            assigned_to=None, acknowledged_at=None, acknowledged_by=None,
        )  # fmt: skip
        _cases.note(uow, actor, report, "passed", now, words=said)
        leads = readers_of(report, uow.staff.at_desk(report.place_id, now), for_leads=True)
        of = f"{report.ref}:{now.isoformat()}"
        _cases.tell_hands(uow, report, sorted(leads), "report_passed_lead", of, now)

    return _cases.change(actor, ref, key, now, "pass_on", {"words": said}, act)


def share_outcome(
    *, actor: Actor, ref: str, words: str, key: str, now: datetime
) -> CaseView | None:
    """Tell whoever reported it what came of it, in these words: the notes stay with colleagues.

    They hear in their channel that there is an answer, and read it on their own page. Said again,
    it takes the place of what was said. Raises NotFound, NotAllowed, Invalid, KeyReused.
    """
    said = checked_words("words", words, most=MOST_WORDS)

    def act(uow: UnitOfWork, report: Report) -> None:
        uow.reports.change(report.id, outcome=said, outcome_at=now)
        _cases.note(uow, actor, report, "outcome", now, words=said)
        _tell_reporter(uow, report, now)

    return _cases.change(actor, ref, key, now, "outcome", {"words": said}, act, again=False)


def _tell_reporter(uow: UnitOfWork, report: Report, now: datetime) -> None:
    if report.by_member_id is not None:
        tell(
            uow, place_id=report.place_id, member_id=report.by_member_id,
            template="report_outcome", parameters={"outcome": report.ref},
            priority=Priority.MATCH, now=now,
            dedupe_key=f"report_outcome:{report.ref}:{now.isoformat()}",
        )  # fmt: skip


def settle(*, actor: Actor, ref: str, words: str, key: str, now: datetime) -> CaseView | None:
    """Say that it is dealt with, and what was done. Whoever told us hears that it came to an end,
    if nobody has answered them before.

    Raises NotFound, NotAllowed, WrongMoment (worry_not_seen: no lead has said that they saw it),
    Invalid, KeyReused.
    """
    said = checked_words("words", words, most=MOST_WORDS)

    def act(uow: UnitOfWork, report: Report) -> None:
        _cases.settle(uow, actor, report, said, now)
        if report.outcome is None and report.by_member_id != actor.member_id:
            _tell_reporter(uow, report, now)

    return _cases.change(actor, ref, key, now, "settle", {"words": said}, act)


def reopen(*, actor: Actor, ref: str, words: str, key: str, now: datetime) -> CaseView | None:
    """Open it again. Raises NotFound, NotAllowed, WrongMoment, Invalid, KeyReused."""
    said = checked_words("words", words, most=MOST_WORDS)

    def act(uow: UnitOfWork, report: Report) -> None:
        if report.state != SETTLED:
            raise WrongMoment("report_not_settled")
        uow.reports.change(
            report.id, state=LOOKING, settled_at=None, settled_by=None, settled_words=None
        )
        _cases.note(uow, actor, report, "reopened", now, words=said, states=(SETTLED, LOOKING))

    return _cases.change(actor, ref, key, now, "reopen", {"words": said}, act)


def release(
    *, actor: Actor, ref: str, who: str, words: str, key: str, now: datetime
) -> CaseView | None:
    """A lead tells a member whom it concerns, with the reasons and how to answer.

    Until then nothing of it reaches them. Raises NotFound (also for whoever is no lead of it),
    NotAllowed, WrongMoment("released_already"), Invalid("who" or "words"), KeyReused.
    """
    said = checked_words("words", words, most=MOST_WORDS)

    def act(uow: UnitOfWork, report: Report) -> None:
        leads = readers_of(report, uow.staff.at_desk(report.place_id, now), for_leads=True)
        if actor.member_id not in leads:
            raise NotFound("report_unknown")
        refs = uow.members.refs_of(concerned_by(uow, report))
        chosen = next((one for one, ref in refs.items() if ref == who), None)
        if chosen is None:
            raise Invalid("who", "not_concerned")
        if any(one.member_id == chosen for one in uow.cases.releases(report.id)):
            raise WrongMoment("released_already")
        new = uow.refs.new(report.place_id, "release")
        uow.cases.release(
            place_id=report.place_id, ref=new, report_id=report.id, member_id=chosen, words=said,
            by_member_id=actor.member_id, at=now,
        )  # fmt: skip
        _cases.note(uow, actor, report, "released", now, words=said, who=who)
        tell(
            uow, place_id=report.place_id, member_id=chosen, template="report_released",
            parameters={"release": new}, priority=Priority.MATCH, now=now,
            dedupe_key=f"report_released:{new}",
        )  # fmt: skip

    return _cases.change(actor, ref, key, now, "release", {"who": who, "words": said}, act)
