"""Somebody rings the desk and ends that another acts for them: find, make sure, end."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from enabler.domain.errors import WrongMoment
from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.services import mandate_calls as service
from enabler.services import mandate_desk
from enabler.web.access import actor
from enabler.web.forms import mandate_calls as forms
from enabler.web.refusals import asks_reason, shown_at

blueprint = Blueprint("mandate_calls", __name__, url_prefix="/desk/supporters/calls")


@blueprint.route("", methods=["GET", "POST"])
@page(action=Action.RECORD_MANDATE)
def find() -> Any:
    """Who rings, by their number or reference, and why they are looked up."""
    mandate_desk.check(actor=actor())
    form, found = forms.WhoRings(), list[str]()
    if request.method == "GET":
        form.who.data = request.args.get("who", "")[:60]
    if form.sent() and shown_at(form, lambda: found.append(service.find(
        actor=actor(), typed=form.who.data or "", reason=form.reason.data or "",
        words=form.words.data, now=now(),
    ))):  # fmt: skip
        return redirect(url_for("mandate_calls.caller", ref=found[0]))
    return render_template("supporters/calls.html", form=form)


@blueprint.route("/<ref:ref>", methods=["GET", "POST"])
@page(action=Action.RECORD_MANDATE)
def caller(ref: str) -> Any:
    """Who acts for them, and which of it they end."""
    try:
        shown = service.show(actor=actor(), ref=ref, now=now())
    except WrongMoment as first:
        return asks_reason(first, url_for("mandate_calls.find", who=ref))
    form = forms.EndByWord()
    form.know(shown)
    if form.sent() and shown_at(form, lambda: service.end(
        actor=actor(), ref=ref, which=tuple(form.which.data or ()), words=form.words.data or "",
        key=form.the_key(), now=now(),
    )):  # fmt: skip
        return redirect(url_for("mandate_calls.caller", ref=ref, done=1))
    return render_template("supporters/call.html", caller=shown, form=form)
