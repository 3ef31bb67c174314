"""The case of a report: who may read it, whom it concerns, and each change of it.

Whoever is named in a report, and whoever is not one of its readers, is told that there is none.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from enabler.domain.errors import Invalid, NotFound, WrongMoment
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.reports import SETTLED
from enabler.domain.vocabulary import Priority
from enabler.persistence.reports import Report
from enabler.persistence.unit_of_work import UnitOfWork, unit_of_work
from enabler.services._case_views import case_view
from enabler.services._once import once
from enabler.services._reporting import readers_of
from enabler.services._subjects import place_of
from enabler.services._tell import tell
from enabler.services.views.cases import CaseView

Act = Callable[[UnitOfWork, Report], None]


def load(uow: UnitOfWork, actor: Actor, ref: str, now: datetime) -> Report:
    """The report, for whoever may read it now. Raises NotFound, NotAllowed."""
    report = uow.reports.by_ref(place_of(actor), ref)
    require(actor, Action.KEEP_CASE, Subject(report.place_id))
    _require_reader(uow, actor, report, now)
    return report


def _require_reader(uow: UnitOfWork, actor: Actor, report: Report, now: datetime) -> None:
    if actor.member_id not in readers_of(report, uow.staff.at_desk(report.place_id, now)):
        raise NotFound("report_unknown")


def change(
    actor: Actor, ref: str, key: str, now: datetime, verb: str, given: Mapping[str, Any], act: Act,
    *, again: bool = True,
) -> CaseView | None:  # fmt: skip
    """Do one thing with a case, once; the case as it is then, None where the actor reads it no
    more (it was passed on). ``again``: the very same may be said twice within minutes."""
    with unit_of_work() as uow:
        report = uow.reports.by_ref(place_of(actor), ref)
        require(actor, Action.KEEP_CASE, Subject(report.place_id))

        def acting() -> dict[str, Any]:
            # Here, so that a form that comes twice is answered alike when it was passed on by it.
            _require_reader(uow, actor, report, now)
            act(uow, report)
            return {"ref": report.ref}

        once(
            uow, f"cases.{verb}", actor=actor, key=key, now=now,
            arguments={"ref": report.ref, **given}, act=acting, again=again,
        )  # fmt: skip
        after = uow.reports.by_ref(report.place_id, report.ref)
        reads = readers_of(after, uow.staff.at_desk(report.place_id, now))
        view = case_view(uow, actor, after, now) if actor.member_id in reads else None
        uow.commit()
    return view


def note(
    uow: UnitOfWork, actor: Actor, report: Report, kind: str, now: datetime, *,
    words: str | None = None, states: tuple[str | None, str | None] = (None, None), **facts: Any,
) -> None:  # fmt: skip
    """Write a step down, with its audit, which has no word of it."""
    uow.cases.note(
        report.place_id, report.id, kind, by_member_id=actor.member_id, at=now, words=words,
        **facts,
    )  # fmt: skip
    uow.audit.record(
        actor, f"report.{kind}", place_id=report.place_id,
        subject=("report", report.id, report.ref), now=now, states=states,
    )  # fmt: skip


def require_open(report: Report) -> None:
    """Raises WrongMoment where it is settled."""
    if report.state == SETTLED:
        raise WrongMoment("report_settled_already")


def settle(uow: UnitOfWork, actor: Actor, report: Report, words: str | None, now: datetime) -> None:
    """Take a report off the desk: what is for the leads only after one of them has seen it, and
    with what was done. Raises WrongMoment."""
    require_open(report)
    if report.for_leads and report.acknowledged_at is None:
        raise WrongMoment("worry_not_seen")
    if report.for_leads and not words:
        raise Invalid("words", "words_empty")
    uow.reports.settle(report.id, by_member_id=actor.member_id, words=words, now=now)
    note(uow, actor, report, "settled", now, words=words, states=(report.state, SETTLED))


def tell_hands(
    uow: UnitOfWork, report: Report, member_ids: list[int], template: str, of: str, now: datetime
) -> int:
    """Tell these of the desk, each by mail where they have an address; how many were told. ``of``
    says which telling it is: the same reaches nobody twice."""
    return sum(
        tell(
            uow, place_id=report.place_id, member_id=member_id, template=template,
            parameters={"report": report.ref}, priority=Priority.SAFETY, by_mail=True, now=now,
            dedupe_key=f"{template}:{of}:{member_id}",
        )
        for member_id in member_ids
    )  # fmt: skip
