"""Who has looked at you, and why; ask why somebody did."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now, wiring
from enabler.services import details
from enabler.services import looked as service
from enabler.web.access import actor
from enabler.web.forms.looks import AskWhy
from enabler.web.refusals import shown_unless_late

blueprint = Blueprint("looked", __name__)


@blueprint.get("/me/looked")
@page(action=Action.SEE_OWN)
def looked() -> str:
    """Every look, day by day."""
    found = service.show(actor=actor(), secrets=wiring().secrets, now=now())
    mine = details.show(actor=actor(), now=now())
    return render_template("settings/looked.html", looked=found, mine=mine)


@blueprint.route("/me/looked/why", methods=["GET", "POST"])
@page(action=Action.CHANGE_OWN)
def why() -> Any:
    """Why was this? Somebody else than who looked answers."""
    form = AskWhy()
    mark = str(form.mark.data or request.args.get("mark", ""))[:40]
    form.mark.data = mark
    found = service.show(actor=actor(), secrets=wiring().secrets, now=now())
    look = next((one for one in found.days if one.mark == mark), None)
    made: list[str] = []
    if form.sent() and shown_unless_late(form, "words", lambda: made.append(service.ask_why(
        actor=actor(), mark=mark, words=form.words.data, secrets=wiring().secrets,
        key=form.the_key(), now=now(),
    ))):  # fmt: skip
        return redirect(url_for("own_reports.report", ref=made[0]))
    if look is None or not (look.may_ask or form.errors):
        return redirect(url_for("looked.looked"))
    return render_template("settings/why.html", form=form, look=look)
