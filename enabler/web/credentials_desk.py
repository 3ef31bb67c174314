"""Checks at the desk: what is wanted, what ends, what was seen; waivers; what others share."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from enabler.domain.errors import Invalid, NotFound
from enabler.domain.permissions import Action
from enabler.domain.vocabulary import CredentialKind
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.services import carrying, credential_desk, credentials
from enabler.web import desk as the_desk
from enabler.web.access import actor
from enabler.web.forms import credentials as forms
from enabler.web.forms.base import Confirm
from enabler.web.refusals import shown_at, shown_unless_late

blueprint = Blueprint("checks_desk", __name__, url_prefix="/desk/credentials")


def _back() -> Response:
    return redirect(url_for("checks_desk.desk"))


@blueprint.get("")
@page(action=Action.RECORD_CREDENTIAL)
def desk() -> str:
    """What there is to do about checks, the most pressing on top."""
    found = credential_desk.desk(actor=actor(), now=now())
    return render_template("checks/desk.html", desk=found)


@the_desk.blueprint.route("/credentials/new", methods=["GET", "POST"])
@page(action=Action.RECORD_CREDENTIAL)
def credential() -> Any:
    """Record a paper that was seen."""
    form = forms.Record()
    if request.method == "GET":
        form.holder_ref.data = request.args.get("holder", "")[:20]
        form.kind.data = request.args.get("kind", "")[:30] or None
    status = 200
    try:
        if form.sent() and shown_at(form, lambda: _recorded(form)):
            return _back()
    except NotFound as nobody:  # said at its field: what was typed beside it stays
        form.show(Invalid("holder_ref", nobody.code))
        status = 404
    return render_template("desk/credential.html", form=form), status


def _recorded(form: forms.Record) -> None:
    seen_on, valid_until = form.days()
    credentials.record(
        actor=actor(), holder_ref=form.holder_ref.data or "",
        kind=CredentialKind(form.kind.data), seen_on=seen_on, valid_until=valid_until,
        note=form.note.data, last_characters=form.last_characters.data,
        eligible_as=form.eligible_as.data, key=form.the_key(), now=now(),
    )  # fmt: skip


@blueprint.get("/<ref:ref>")
@page(action=Action.RECORD_CREDENTIAL)
def show(ref: str) -> str:
    """One check, with all that was ever recorded of its holder."""
    found = credentials.show(actor=actor(), ref=ref, now=now())
    return render_template("checks/history.html", found=found)


@blueprint.route("/<ref:ref>/revoke", methods=["GET", "POST"])
@page(action=Action.RECORD_CREDENTIAL)
def revoke(ref: str) -> Any:
    """Take one back, with a reason."""
    form = forms.SayWhy()
    if form.sent() and shown_unless_late(form, "words", lambda: credentials.revoke(
        actor=actor(), ref=ref, words=form.words.data or "", key=form.the_key(), now=now()
    )):  # fmt: skip
        return redirect(url_for("checks_desk.show", ref=ref))
    found = credentials.show(actor=actor(), ref=ref, now=now())
    return render_template("checks/revoke.html", found=found, form=form)


@blueprint.route("/wanted/<ref:ref>", methods=["GET", "POST"])
@page(action=Action.RECORD_CREDENTIAL)
def wanted(ref: str) -> Any:
    """One that somebody asks for: record it, or say why not."""
    form = forms.SayWhy()
    if form.sent() and shown_unless_late(form, "words", lambda: credentials.refuse_wanted(
        actor=actor(), ref=ref, words=form.words.data or "", key=form.the_key(), now=now()
    )):  # fmt: skip
        return _back()
    found = credentials.wanted(actor=actor(), ref=ref, now=now())
    return render_template("checks/wanted.html", wanted=found, form=form)


@blueprint.route("/waivers/new", methods=["GET", "POST"])
@page(action=Action.RECORD_CREDENTIAL)
def waive() -> Any:
    """Ask a second person to let somebody help before a paper is seen."""
    form = forms.Waive()
    status = 200
    try:
        if form.sent() and shown_unless_late(form, "words", lambda: credential_desk.ask_to_waive(
            actor=actor(), holder_ref=form.holder_ref.data or "",
            kind=CredentialKind(form.kind.data), until=form.until.given,
            words=form.words.data or "", key=form.the_key(), now=now(),
        )):  # fmt: skip
            return _back()
    except NotFound as nobody:
        form.show(Invalid("holder_ref", nobody.code))
        status = 404
    return render_template("checks/waive.html", form=form), status


@blueprint.route("/waivers/<ref:ref>", methods=["GET", "POST"])
@page(action=Action.RECORD_CREDENTIAL)
def waiver(ref: str) -> Any:
    """Agree to one, or not."""
    form = forms.Decide()
    if form.sent() and shown_unless_late(form, "decision", lambda: credential_desk.decide_waiver(
        actor=actor(), ref=ref, agrees=form.decision.data == "agree", key=form.the_key(),
        now=now(),
    )):  # fmt: skip
        return _back()
    found = credential_desk.waiver(actor=actor(), ref=ref, now=now())
    return render_template("checks/waiver.html", waiver=found, form=form)


@blueprint.get("/shown")
@page(action=Action.RECORD_CREDENTIAL)
def shown() -> str:
    """Checks that people of other places share with this one."""
    found = carrying.shown_to_place(actor=actor(), now=now())
    return render_template("checks/shown.html", shown=found, form=Confirm(formdata=None))


@blueprint.post("/shown/<ref:ref>/take-over")
@page(action=Action.RECORD_CREDENTIAL)
def take_over(ref: str) -> Any:
    """Keep one of them as this place's own."""
    carrying.take_over(actor=actor(), ref=ref, key=Confirm().the_key(), now=now())
    return redirect(url_for("checks_desk.shown"))
