"""What became of what somebody told us; and what the council wrote to whom a report concerns."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for

from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now, wiring
from enabler.services import own_reports as service
from enabler.web.access import actor
from enabler.web.forms import cases as forms
from enabler.web.refusals import shown_at

blueprint = Blueprint("own_reports", __name__)


@blueprint.get("/reports")
@page(action=Action.SEE_OWN)
def mine() -> str:
    """What I told, and what I was told."""
    return render_template(
        "reports/mine.html", reports=service.mine(actor=actor(), now=now()),
        told=service.all_told(actor=actor(), now=now()), back=url_for("mine.mine"),
    )  # fmt: skip


@blueprint.get("/reports/<ref:ref>")
@page(action=Action.SEE_OWN)
def report(ref: str) -> str:
    """Where it stands."""
    shown = service.show(actor=actor(), ref=ref, now=now())
    return render_template("reports/own.html", report=shown, back=url_for("own_reports.mine"))


@blueprint.get("/reports/at/<token>")
@page(action=Action.FOLLOW_LINK)
def by_link(token: str) -> str:
    """Where it stands, for whoever has the link."""
    shown = service.by_link(actor=actor(), token=token, secrets=wiring().secrets, now=now())
    return render_template("reports/own.html", report=shown)


@blueprint.route("/told/<ref:ref>", methods=["GET", "POST"])
@page(action=Action.SEE_OWN)
def told(ref: str) -> Any:
    """What the council wrote to me; and my answer."""
    form = forms.AnswerUs()
    if form.sent() and shown_at(form, lambda: service.answer(
        actor=actor(), ref=ref, words=form.words.data or "", key=form.the_key(), now=now()
    )):  # fmt: skip
        return redirect(url_for("own_reports.told", ref=ref))
    shown = service.told(actor=actor(), ref=ref, now=now())
    return render_template(
        "reports/told.html", told=shown, form=form, back=url_for("own_reports.mine")
    )  # fmt: skip
