"""The place's hours in a picture, for everybody."""

from flask import Blueprint, render_template

from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.services import market_hours
from enabler.web.access import actor, place
from enabler.web.without_hours import say_so_kindly

blueprint = Blueprint("market", __name__)
say_so_kindly(blueprint)


@blueprint.get("/market/hours")
@page(action=Action.SEE_PUBLIC)
def hours() -> str:
    """What was given here in twelve months: of many, never of a few."""
    found = market_hours.show(actor=actor(), place_id=place().id, now=now())
    return render_template("hours/market.html", market=found)
