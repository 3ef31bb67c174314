"""An organisation counts on a proof for its visits: it asks here; whose it is says yes or no."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for

from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now, wiring
from enabler.services import relying
from enabler.web.access import actor
from enabler.web.calendars import base_url
from enabler.web.consents import shown_on
from enabler.web.forms import relying as forms
from enabler.web.refusals import shown_unless_late

blueprint = Blueprint("relying", __name__)


@blueprint.route("/verify/<token>/rely", methods=["GET", "POST"])
@page(action=Action.ASSIGN_MATCH)
def ask(token: str) -> Any:
    """The code was right: their organisation asks whether it may count on it."""
    form = forms.Rely()
    if request.method == "GET":
        if not relying.could(actor=actor(), now=now()):
            abort(403)
        form.organisation.data = request.args.get("organisation", "")[:20]
    if form.sent() and shown_unless_late(form, "code", lambda: relying.ask(
        actor=actor(), organisation_ref=form.organisation.data or "", token=token,
        code=form.code.data or "", secrets=wiring().secrets, base_url=base_url(),
        key=form.the_key(), now=now(),
    )):  # fmt: skip
        return redirect(url_for("colleagues.people", ref=form.organisation.data))
    return render_template("relying/ask.html", form=form, token=token)


@blueprint.route("/me/relied/<ref:ref>", methods=["GET", "POST"])
@page(action=Action.CHANGE_OWN)
def answer(ref: str) -> Any:
    """What is asked of me, in the words that I agree to; my yes or no."""
    form = forms.Answer()
    if form.sent() and shown_unless_late(form, "agrees", lambda: relying.answer(
        actor=actor(), ref=ref, agrees=form.agrees.data == "yes", shown=shown_on("rely"),
        key=form.the_key(), now=now(),
    )):  # fmt: skip
        return redirect(url_for("letting.shared"))
    found = relying.show(actor=actor(), ref=ref, now=now())
    return render_template("relying/answer.html", form=form, one=found)
