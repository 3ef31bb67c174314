"""The market at one look, for those at the desk."""

from flask import Blueprint, render_template, request

from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.services import overview as service
from enabler.web.access import actor

blueprint = Blueprint("overview", __name__, url_prefix="/desk")


@blueprint.get("/overview")
@page(action=Action.SEE_DESK)
def overview() -> str:
    """What waits, what nobody was found for, who is never asked, what does not arrive, spend;
    ``category``: the wards by one kind of help."""
    chosen = request.args.get("category") or None
    found = service.show(actor=actor(), category=chosen, now=now())
    return render_template("desk/overview.html", overview=found)
