"""A visit that went wrong: one side says so, the other answers, and at the desk it is decided."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for

from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.services import conduct as service
from enabler.web.access import actor
from enabler.web.forms import conduct as forms
from enabler.web.forms.base import Confirm
from enabler.web.refusals import shown_unless_late

blueprint = Blueprint("conduct", __name__)


@blueprint.route("/matches/<ref:ref>/visit-went", methods=["GET", "POST"])
@page(action=Action.KEEP_APART)
def say(ref: str) -> Any:
    """Say that somebody did not come, called off late, left early or was rude."""
    form = forms.SayHow()
    if form.sent() and shown_unless_late(form, "kind", lambda: service.say(
        actor=actor(), match_ref=ref, kind=form.kind.data or "", words=form.words.data or None,
        key=form.the_key(), now=now(),
    )):  # fmt: skip
        return redirect(url_for("conduct.mine"))
    about = service.about(actor=actor(), match_ref=ref)
    back = url_for("matches.match", ref=ref)
    return render_template("conduct/say.html", about=about, form=form, back=back)


@blueprint.get("/visits")
@page(action=Action.SEE_OWN)
def mine() -> str:
    """What was said of my visits, and for how long it stays."""
    found = service.mine(actor=actor(), now=now())
    return render_template("conduct/mine.html", found=found, back=url_for("mine.mine"))


@blueprint.route("/visits/<ref:ref>", methods=["GET", "POST"])
@page(action=Action.SEE_OWN)
def one(ref: str) -> Any:
    """One of them; how I see it."""
    form = forms.HowISeeIt()
    if form.sent() and shown_unless_late(form, "agrees", lambda: service.answer(
        actor=actor(), ref=ref, agrees=form.agrees.data == "yes", words=form.words.data or None,
        key=form.the_key(), now=now(),
    )):  # fmt: skip
        return redirect(url_for("conduct.mine"))
    return render_template(
        "conduct/one.html", one=service.show(actor=actor(), ref=ref, now=now()), form=form,
        confirm=Confirm(formdata=None), back=url_for("conduct.mine"),
    )  # fmt: skip


@blueprint.post("/visits/<ref:ref>/take-back")
@page(action=Action.SEE_OWN)
def take_back(ref: str) -> Any:
    """I take it back."""
    service.take_back(actor=actor(), ref=ref, key=Confirm().the_key(), now=now())
    return redirect(url_for("conduct.mine"))


@blueprint.get("/desk/conduct")
@page(action=Action.MODERATE)
def desk() -> str:
    """What its two do not agree about, and of whom much counts."""
    found = service.desk(actor=actor(), now=now())
    return render_template("conduct/desk.html", found=found, back=url_for("desk.desk"))


@blueprint.route("/desk/conduct/<ref:ref>", methods=["GET", "POST"])
@page(action=Action.MODERATE)
def decide(ref: str) -> Any:
    """Say whether it counts."""
    form = forms.WhetherItCounts()
    if form.sent() and shown_unless_late(form, "counts", lambda: service.decide(
        actor=actor(), ref=ref, counts=form.counts.data == "yes", words=form.words.data or "",
        key=form.the_key(), now=now(),
    )):  # fmt: skip
        return redirect(url_for("conduct.desk"))
    shown = service.show(actor=actor(), ref=ref, now=now())
    return render_template(
        "conduct/decide.html", one=shown, form=form, back=url_for("conduct.desk")
    )
