"""What a case about a look is about: who looked, when, at what, why they said they did."""

from datetime import date

from enabler.domain.errors import NotFound
from enabler.domain.looks import bounds_of_day
from enabler.domain.reports import LOOK_QUESTION, ODD_LOOK
from enabler.persistence.reports import Report
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services.views.cases import LookCaseView, OneLookView


def look_case(uow: UnitOfWork, report: Report) -> LookCaseView | None:
    """The looks of one viewer at one member on one day; None where the report is about no look."""
    if report.kind not in (LOOK_QUESTION, ODD_LOOK) or report.about_ref is None:
        return None
    about = _about(uow, report)
    if about is None:
        return None
    viewer, member_id, day, reasons = about
    begins, ends = bounds_of_day(day, uow.places.by_id(report.place_id).timezone)
    looks = uow.looks.between(viewer, member_id, begins, ends)
    return LookCaseView(
        viewer=_name(uow, viewer), member_ref=uow.members.refs_of([member_id])[member_id], day=day,
        reasons=reasons,
        looks=tuple(
            OneLookView(one.at, one.what, one.why, one.reason, one.reason_words, one.subject_ref,
                        one.as_role)
            for one in looks
        ),
    )  # fmt: skip


def _about(uow: UnitOfWork, report: Report) -> tuple[str, int, date, tuple[str, ...]] | None:
    ref = report.about_ref or ""
    if report.kind == LOOK_QUESTION:
        asked = uow.looks.question(report.place_id, ref)
        return None if asked is None else (asked.viewer, asked.member_id, asked.day, ())
    found = uow.looks.odd(report.place_id, ref)
    if found is None:
        return None
    viewer_id, member_id, day, reasons = found
    return uow.members.refs_of([viewer_id])[viewer_id], member_id, day, reasons


def _name(uow: UnitOfWork, viewer: str) -> str:
    """The name of a colleague, for whoever looks into it; what is no member's as it is written."""
    if ":" in viewer:
        return viewer
    try:
        return uow.homes.member_by_ref(None, viewer).name
    except NotFound:
        return viewer
