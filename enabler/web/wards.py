"""A councillor's page: what waits in their ward."""

from flask import Blueprint, render_template

from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.doors.words import waiting_letters
from enabler.services import councillors
from enabler.services import wards as service
from enabler.web.access import actor

blueprint = Blueprint("wards", __name__)


@blueprint.get("/ward")
@page(action=Action.SEE_OWN)
def ward() -> str:
    """How many people of the ward wait, and what some let their councillor see; the services know
    whose ward it is."""
    waiting = service.waiting(actor=actor(), now=now())
    cases = councillors.cases(actor=actor(), now=now())
    return render_template("wards/ward.html", wards=waiting, cases=cases, words=waiting_letters)
