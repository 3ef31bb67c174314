"""The simulator: what would have gone to phones and mailboxes. Only where nothing is sent."""

from flask import Blueprint, abort, render_template, request

from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import wiring
from enabler.services import messages
from enabler.web.access import place

blueprint = Blueprint("simulator", __name__)


@blueprint.get("/simulator")
@page(action=Action.SEE_PUBLIC)
def simulator() -> str:
    """The conversations of the place, or of one number, the newest last."""
    if not wiring().simulated:
        abort(404)
    address = request.args.get("number", "").replace("\x00", "").strip() or None
    found = messages.conversations(place_id=place().id, address=address)
    return render_template("simulator/simulator.html", messages=found, address=address or "")
