"""What we know about you, and who has looked."""

from flask import Blueprint, render_template

from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.services import looked as service
from enabler.web.access import actor

blueprint = Blueprint("looked", __name__)


@blueprint.get("/me/looked")
@page(action=Action.SEE_OWN)
def looked() -> str:
    """What is known, every sight of it, and what was agreed to."""
    return render_template("settings/looked.html", looked=service.show(actor=actor(), now=now()))
