"""The desk changes the number of somebody who has lost their phone: find, make sure, a code."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, session, url_for

from enabler.domain.errors import LimitReached
from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now, wiring
from enabler.services import new_numbers as service
from enabler.web.access import actor, browser
from enabler.web.forms import desk as forms
from enabler.web.refusals import shown_at

blueprint = Blueprint("new_numbers", __name__, url_prefix="/desk/numbers")


@blueprint.route("", methods=["GET", "POST"])
@page(action=Action.CHANGE_NUMBER)
def find() -> Any:
    """Whose number it is, by the old one or their reference."""
    form, found = forms.WhoseNumber(), []
    if form.sent() and shown_at(form, lambda: found.append(
        service.find(actor=actor(), typed=form.who.data or "", now=now())
    )):  # fmt: skip
        return redirect(url_for("new_numbers.caller", ref=found[0]))
    return render_template("desk/numbers.html", form=form)


@blueprint.route("/<ref:ref>", methods=["GET", "POST"])
@page(action=Action.CHANGE_NUMBER)
def caller(ref: str) -> Any:
    """Make sure who it is, say how, and type the new number."""
    form = forms.NewNumber()
    if form.sent() and _asked(ref, form):
        session[_kept(ref)] = {"phone": form.phone.data, "words": form.words.data}
        return redirect(url_for("new_numbers.code", ref=ref))
    shown = service.show(actor=actor(), ref=ref, now=now())
    return render_template("desk/number.html", form=form, caller=shown)


def _kept(ref: str) -> str:
    return f"new-number-{ref.upper()}"


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
    said, form = session.get(_kept(ref)), forms.ReadOut()
    if said is None:
        return redirect(url_for("new_numbers.caller", ref=ref))
    if form.sent() and shown_at(form, lambda: service.change(
        actor=actor(), ref=ref, typed=said["phone"], words=said["words"],
        code=form.code.data or "", browser=browser(), secrets=wiring().secrets, now=now(),
    )):  # fmt: skip
        session.pop(_kept(ref), None)
        return render_template("desk/number_changed.html")
    return render_template("desk/number_code.html", form=form, phone=said["phone"], ref=ref)
