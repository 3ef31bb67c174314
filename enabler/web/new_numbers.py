"""The desk changes the number of somebody who has lost their phone: find, make sure, a code."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from enabler.domain.errors import LimitReached, WrongMoment
from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now, wiring
from enabler.services import drafts
from enabler.services import new_numbers as service
from enabler.web.access import actor, browser
from enabler.web.forms import desk as forms
from enabler.web.refusals import asks_reason, shown_at

blueprint = Blueprint("new_numbers", __name__, url_prefix="/desk/numbers")


@blueprint.route("", methods=["GET", "POST"])
@page(action=Action.CHANGE_NUMBER)
def find() -> Any:
    """Whose number it is, by the old one or their reference."""
    form, found = forms.WhoseNumber(), list[str]()
    if request.method == "GET":
        form.who.data = request.args.get("who", "")[:20]
    if form.sent() and shown_at(form, lambda: found.append(service.find(
        actor=actor(), typed=form.who.data or "", reason=form.reason.data or "",
        words=form.words.data, now=now(),
    ))):  # fmt: skip
        return redirect(url_for("new_numbers.caller", ref=found[0]))
    return render_template("desk/numbers.html", form=form)


@blueprint.route("/<ref:ref>", methods=["GET", "POST"])
@page(action=Action.CHANGE_NUMBER)
def caller(ref: str) -> Any:
    """Make sure who it is, say how, and type the new number."""
    form = forms.NewNumber(data=_said(ref))
    if form.sent() and _asked(ref, form):
        said = {"phone": form.phone.data, "words": form.words.data}
        drafts.keep(**_draft(ref), answers=said, now=now())
        return redirect(url_for("new_numbers.code", ref=ref))
    try:
        shown = service.show(actor=actor(), ref=ref, now=now())
    except WrongMoment as first:
        return asks_reason(first, url_for("new_numbers.find", who=ref))
    return render_template("desk/number.html", form=form, caller=shown)


def _draft(ref: str) -> dict[str, Any]:
    """Where what was typed waits for the code, as a cookie could be read by others at the desk:
    each colleague's by itself, for they share the computer."""
    form = f"new-number-{actor().member_id}-{ref.upper()}"
    return {"browser": browser(), "form": form, "secrets": wiring().secrets}


def _said(ref: str) -> dict[str, Any]:
    return drafts.read(**_draft(ref), now=now())


def _asked(ref: str, form: forms.NewNumber) -> bool:
    try:
        return shown_at(form, lambda: service.ask_code(
            actor=actor(), ref=ref, typed=form.phone.data or "", words=form.words.data or "",
            browser=browser(), from_address=request.remote_addr or "", secrets=wiring().secrets,
            key=form.the_key(), now=now(),
        ))  # fmt: skip
    except LimitReached as wrong:
        form.refuse("phone", wrong)
        return False


@blueprint.route("/<ref:ref>/code", methods=["GET", "POST"])
@page(action=Action.CHANGE_NUMBER)
def code(ref: str) -> Any:
    """The code that the caller reads out; their number is changed."""
    service.check(actor=actor(), ref=ref)
    said, form = _said(ref), forms.ReadOut()
    if not said:
        return redirect(url_for("new_numbers.caller", ref=ref))
    if form.sent() and shown_at(form, lambda: service.change(
        actor=actor(), ref=ref, typed=said["phone"], words=said["words"],
        code=form.code.data or "", browser=browser(), secrets=wiring().secrets, now=now(),
    )):  # fmt: skip
        drafts.drop(**_draft(ref))
        return render_template("desk/number_changed.html")
    return render_template("desk/number_code.html", form=form, phone=said["phone"], ref=ref)
