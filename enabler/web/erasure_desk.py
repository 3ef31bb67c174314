"""Deleting an account for somebody who asked at the desk, by two; and what a duty keeps."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from enabler.domain.errors import Invalid, NotFound
from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now, wiring
from enabler.services import erasure_desk as service
from enabler.web.access import actor
from enabler.web.forms import erasure as forms
from enabler.web.forms.base import Confirm, KeyedForm
from enabler.web.refusals import shown_at, shown_unless_late

blueprint = Blueprint("erasure_desk", __name__, url_prefix="/desk/erasures")


@blueprint.get("")
@page(action=Action.ERASE_MEMBER)
def requests() -> str:
    """What waits for a second person; for leads also what a duty keeps."""
    shown = service.overview(actor=actor(), now=now())
    duties = service.duties(actor=actor(), now=now()) if shown.is_lead else None
    return render_template(
        "desk/erasures.html", shown=shown, duties=duties, confirm=Confirm(formdata=None),
        back=url_for("desk.desk"),
    )  # fmt: skip


@blueprint.route("/new", methods=["GET", "POST"])
@page(action=Action.ERASE_MEMBER)
def ask() -> Any:
    """Write down who asked, and how."""
    form = forms.Asked()
    if request.method == "GET":
        form.ref.data = request.args.get("who", "")[:60].replace("\0", "")
    service.overview(actor=actor(), now=now())
    return _done_or("desk/erasure_new.html", form, lambda: service.ask(
        actor=actor(), ref=form.ref.data or "", words=form.words.data or "",
        tells=not form.untold.data, key=form.the_key(), now=now(),
    ))  # fmt: skip


@blueprint.route("/<ref:ref>", methods=["GET", "POST"])
@page(action=Action.ERASE_MEMBER)
def one(ref: str) -> Any:
    """One request: the second person decides."""
    form, shown = forms.Decide(), service.show(actor=actor(), ref=ref, now=now())
    if form.sent() and shown_unless_late(form, "what", lambda: service.decide(
        actor=actor(), ref=ref, allowing=form.what.data == "yes", words=form.words.data or "",
        kept_in=wiring().erasures, key=form.the_key(), now=now(),
    )):  # fmt: skip
        return redirect(url_for("erasure_desk.requests"))
    back = url_for("erasure_desk.requests")
    return render_template("desk/erasure.html", shown=shown, form=form, back=back)


@blueprint.route("/duties/new", methods=["GET", "POST"])
@page(action=Action.HOLD_ERASURE)
def put_hold() -> Any:
    """Write down a duty."""
    form = forms.PutHold()
    service.duties(actor=actor(), now=now())
    return _done_or("desk/erasure_duty.html", form, lambda: service.put_hold(
        actor=actor(), ref=form.ref.data or "", words=form.words.data or "",
        tells=bool(form.tells.data), key=form.the_key(), now=now(),
    ))  # fmt: skip


@blueprint.post("/duties/<ref:ref>/end")
@page(action=Action.HOLD_ERASURE)
def end_hold(ref: str) -> Any:
    """The duty is over."""
    service.end_hold(actor=actor(), ref=ref, key=Confirm().the_key(), now=now())
    return redirect(url_for("erasure_desk.requests"))


def _done_or(template: str, form: KeyedForm, act: Callable[[], object]) -> Any:
    """Back to all of them, or the form again; a ref that nobody has is said at its field."""
    status = 200
    try:
        if form.sent() and shown_at(form, act):
            return redirect(url_for("erasure_desk.requests"))
    except NotFound as nobody:
        form.show(Invalid("ref", nobody.code))
        status = 404
    back = url_for("erasure_desk.requests")
    return render_template(template, form=form, back=back), status
