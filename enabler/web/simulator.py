"""The simulator: what would have gone to phones and mailboxes. Only where nothing is sent."""

from flask import Blueprint, abort, render_template, request

from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now, wiring
from enabler.doors.words.people import PARTS
from enabler.services import demo, messages
from enabler.web.access import place

blueprint = Blueprint("simulator", __name__)
MOST_SHOWN = 200
"""Messages on one page, the newest; a number's own page goes further back."""


@blueprint.get("/simulator")
@page(action=Action.SEE_PUBLIC)
def simulator() -> str:
    """The conversations of the place, or of one number, the newest last."""
    if not wiring().simulated:
        abort(404)
    address = request.args.get("number", "").replace("\x00", "").strip() or None
    found = messages.conversations(place_id=place().id, address=address)[-MOST_SHOWN:]
    return render_template(
        "simulator/simulator.html", messages=found, address=address or "", people=_people()
    )


def _people() -> list[demo.SignInHint]:
    """Invented people who sign in by phone; the staff's secrets are told to the terminal alone."""
    if not place().invented:
        return []
    hints = demo.who(place_slug=place().slug, secrets=wiring().secrets, now=now())
    return [hint for hint in hints if hint.phone and hint.part in PARTS]
