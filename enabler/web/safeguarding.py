"""Who hears of a worry, in which order, and when they work."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.services import safeguarding as service
from enabler.web.access import actor
from enabler.web.forms import cases as forms
from enabler.web.refusals import shown_at

blueprint = Blueprint("safeguarding", __name__, url_prefix="/desk/safeguarding")


@blueprint.get("")
@page(action=Action.SEE_DESK)
def plan() -> str:
    """What holds, and what waits for a second person."""
    return _plan(forms.Decision(formdata=None))


def _plan(form: forms.Decision) -> str:
    shown = service.show(actor=actor(), now=now())
    return render_template(
        "reports/safeguarding.html", shown=shown, form=form, back=url_for("desk.desk")
    )


@blueprint.route("/change", methods=["GET", "POST"])
@page(action=Action.KEEP_SAFEGUARDING)
def change() -> Any:
    """Ask for another order, or other hours."""
    form, shown = forms.WhoHears(), service.to_change(actor=actor(), now=now())
    form.choose_from(shown.leads)
    if request.method == "GET":
        form.know(shown)
    if form.sent() and shown_at(form, lambda: service.propose(
        actor=actor(), first=form.first.data or "", second=form.second.data or "",
        hours=form.hours(), duty_line=form.duty_line.data or None, key=form.the_key(), now=now(),
    )):  # fmt: skip
        return redirect(url_for("safeguarding.plan"))
    return render_template(
        "reports/who_hears.html", shown=shown, form=form, back=url_for("safeguarding.plan")
    )


@blueprint.post("/agree")
@page(action=Action.AGREE_SAFEGUARDING)
def agree() -> Any:
    """A second person agrees, or refuses."""
    form = forms.Decision()
    if form.sent():
        service.decide(
            actor=actor(), agreeing=form.decision.data == "agree", key=form.the_key(), now=now()
        )
        return redirect(url_for("safeguarding.plan"))
    return _plan(form)
