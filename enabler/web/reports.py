"""Something went wrong, or I am worried about someone: to the people who look after safety."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for

from enabler.domain.errors import NotAllowed, WrongMoment
from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.services import matches, reports
from enabler.web.access import actor
from enabler.web.forms.matches import WentWrong
from enabler.web.refusals import shown_at

blueprint = Blueprint("reports", __name__)


@blueprint.route("/matches/<ref:ref>/report", methods=["GET", "POST"])
@page(action=Action.REPORT)
def about_match(ref: str) -> Any:
    """About a match; when it went wrong the match says so from then on."""
    form = WentWrong()
    if form.sent() and shown_at(form, lambda: _reported(ref, form)):
        return redirect(url_for("reports.thanks"))
    matches.show(actor=actor(), ref=ref, now=now())  # nobody tells of what they may not know of
    return render_template("reports/report.html", form=form, back=url_for("matches.match", ref=ref))


def _reported(ref: str, form: WentWrong) -> None:
    if form.kind.data != "went-wrong" or not _disputed(ref, form):
        reports.report(
            actor=actor(), about_kind="match", about_ref=ref, kind=str(form.kind.data),
            words=form.words.data or "", key=form.the_key(), now=now(),
        )  # fmt: skip


def _disputed(ref: str, form: WentWrong) -> bool:
    """Whether the match says so from now on; sent twice, it is the service that knows it again."""
    try:
        matches.dispute(
            actor=actor(), match_ref=ref, words=form.words.data or "", key=f"{form.the_key()}-d",
            now=now(),
        )  # fmt: skip
    except (WrongMoment, NotAllowed):  # nothing is said to be done, or not by the other side
        return False
    return True


@blueprint.route("/report", methods=["GET", "POST"])
@page(action=Action.REPORT)
def about_anything() -> Any:
    """About anything else."""
    form = WentWrong()
    if form.sent() and shown_at(form, lambda: reports.report(
        actor=actor(), about_kind="other", about_ref=None, kind=str(form.kind.data),
        words=form.words.data or "", key=form.the_key(), now=now(),
    )):  # fmt: skip
        return redirect(url_for("reports.thanks"))
    return render_template("reports/report.html", form=form, back=url_for("mine.mine"))


@blueprint.get("/report/thanks")
@page(action=Action.REPORT)
def thanks() -> str:
    """What happens with a report."""
    return render_template("reports/thanks.html")
