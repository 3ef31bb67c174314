"""The custodians' desk of hours: what waits, and what is made of it."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for

from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.services import hours_desk as service
from enabler.web.access import actor
from enabler.web.forms.hours_desk import SettleFlag
from enabler.web.refusals import shown_at
from enabler.web.without_hours import say_so_kindly

blueprint = Blueprint("hours_desk", __name__, url_prefix="/desk/hours")
say_so_kindly(blueprint)


@blueprint.get("")
@page(action=Action.KEEP_HOURS)
def desk() -> str:
    """What waits, the oldest first, and what was made of the rest."""
    return render_template("hours_desk/desk.html", desk=service.desk(actor=actor(), now=now()))


@blueprint.route("/flags/<ref:ref>", methods=["GET", "POST"])
@page(action=Action.KEEP_HOURS)
def flag(ref: str) -> Any:
    """One thing to look at: what it is about, and what may be made of it."""
    shown = service.flag(actor=actor(), ref=ref, now=now())
    form = SettleFlag()
    form.know(shown)
    if form.sent() and shown_at(form, lambda: service.settle(
        actor=actor(), ref=ref, choice=form.decision.data or "", pot_ref=form.pot_ref(),
        key=form.the_key(), now=now(),
    )):  # fmt: skip
        return redirect(url_for("hours_desk.desk"))
    return render_template("hours_desk/flag.html", flag=shown.flag, pots=shown.pots, form=form)
