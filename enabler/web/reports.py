"""Something went wrong, or I am worried about someone: to the people who look after safety."""

from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, redirect, render_template, request, session, url_for

from enabler.domain.errors import LimitReached
from enabler.domain.permissions import Action
from enabler.domain.reports import WORRIED
from enabler.domain.signals import findings_in
from enabler.doors.access import page
from enabler.doors.wiring import now, wiring
from enabler.services import own_reports, reports
from enabler.web import again, telling
from enabler.web.access import actor, member, visitor
from enabler.web.forms.base import Confirm
from enabler.web.forms.matches import (
    Anything,
    StrangersAnything,
    StrangersWentWrong,
    WentWrong,
)
from enabler.web.refusals import shown_at

blueprint = Blueprint("reports", __name__)
TOLD, SHOWN_FOR = "told", timedelta(minutes=10)
"""What the browser keeps of the last report: the page of thanks can be read again, not for long, as
a phone may be shared."""


@blueprint.route("/matches/<ref:ref>/report", methods=["GET", "POST"])
@page(action=Action.REPORT)
def about_match(ref: str) -> Any:
    """About a match; when it went wrong the match may say so from then on."""
    line = request.args.get("line", type=int)
    about = "message" if line else "match"
    return ask(about, ref, url_for("matches.match", ref=ref), line)


@blueprint.route("/needs/<ref:ref>/report", methods=["GET", "POST"])
@page(action=Action.REPORT)
def about_need(ref: str) -> Any:
    """About a need."""
    return ask("need", ref, url_for("needs.need", ref=ref))


@blueprint.route("/offers/<ref:ref>/report", methods=["GET", "POST"])
@page(action=Action.TELL_COUNCIL)
def about_offer(ref: str) -> Any:
    """About an offer, also by whoever is not signed in."""
    back = url_for("offers.offer", ref=ref) if member() else url_for("home.home")
    return ask("offer", ref, back)


@blueprint.route("/report", methods=["GET", "POST"])
@page(action=Action.TELL_COUNCIL)
def about_anything() -> Any:
    """About anything else, also by whoever is not signed in."""
    return ask("other", None, url_for("mine.mine" if member() else "home.home"))


def _form(about: str) -> WentWrong:
    known = member() is not None
    if about == "other":
        return Anything() if known else StrangersAnything()
    return WentWrong() if known else StrangersWentWrong()


def ask(about: str, ref: str | None, back: str, line: int | None = None) -> Any:
    """The page on which it is told, for each thing of which something can be told."""
    if request.method == "POST" and member() is None and "call_back" not in request.form:
        # It was a member's form, and the session has ended: who wrote it is not to be lost.
        return again.after("sign_in.number" if visitor() is None else "sign_up.sign_up")
    form, too_many = _form(about), False
    unsent = about == "other" and "again" in request.args and member() is None
    if unsent:
        _written_before(form)
    try:
        if form.sent() and shown_at(form, lambda: _told(about, ref, form, line)):
            return redirect(url_for("reports.thanks"))
    except LimitReached as wrong:
        too_many = True
        form.refuse("words", wrong)
    reports.check(actor=actor(), about_kind=about, about_ref=ref)
    return render_template(
        "reports/report.html",
        form=form,
        back=back,
        too_many=too_many,
        unsent=unsent,
        acted=telling.kept() if about == "other" and member() else None,
    )


def _written_before(form: WentWrong) -> None:
    """What was written while signed in, and the page that it is about, as a stranger may not know
    of what is on it."""
    if request.method == "POST":
        return
    kept = again.unsent_report()
    form.kind.data, form.words.data = kept.get("kind"), kept.get("words", "")
    if kept.get("of"):
        form.words.data += f"\n\n({kept['of']})"


def _told(about: str, ref: str | None, form: WentWrong, line: int | None) -> None:
    call_back = form["call_back"].data if "call_back" in form else None
    if "about" in form and form["about"].data:
        about = str(form["about"].data)
    words, acted = form.words.data or "", telling.kept() if ref is None and member() else {}
    if acted.get("of"):
        words, ref = f"{words}\n\n({acted['of']})", acted["ref"]
    made = reports.report(
        actor=actor(), about_kind=about, about_ref=ref, line=line, kind=str(form.kind.data),
        words=words, call_back=call_back or None, key=form.the_key(), now=now(),
        from_address=request.remote_addr or "", secrets=wiring().secrets,
    )  # fmt: skip
    if member() is None:
        again.report_is_sent()
    found = {one.code for one in findings_in(form.words.data or "")} & {"worry_self", "worry_abuse"}
    worried = form.kind.data == WORRIED or bool(found)
    by = reports.looked_at_by(
        actor=actor(), now=now(), kind=str(form.kind.data), words=form.words.data or "", ref=made
    )  # fmt: skip
    session[TOLD] = {
        "ref": made, "by": by and by.isoformat(), "until": (now() + SHOWN_FOR).isoformat(),
        "acted": telling.told() if acted else None,
        "match": ref if about in ("match", "message") else None, "worried": worried,
        "comfort": bool(found),
        "token": None if member() else own_reports.link_of(ref=made, secrets=wiring().secrets),
    }  # fmt: skip


@blueprint.get("/report/thanks")
@page(action=Action.TELL_COUNCIL)
def thanks() -> str:
    """What happens with a report, and by when; for a while with its reference."""
    told = session.get(TOLD)
    if not isinstance(told, dict) or datetime.fromisoformat(told["until"]) < now():
        session.pop(TOLD, None)
        told = None
    by = datetime.fromisoformat(told["by"]) if told and told["by"] else None
    return render_template(
        "reports/thanks.html", told=told, by=by, known=member() is not None, form=Confirm()
    )
