"""The place's hours in a picture, and the rules of its market, for everybody."""

from flask import Blueprint, render_template

from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.services import market_hours, market_rules
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


@blueprint.get("/market/rules")
@page(action=Action.SEE_PUBLIC)
def rules() -> str:
    """The rules in force, in plain words, and what is to come."""
    found = market_rules.show(actor=actor(), place_id=place().id, now=now())
    return render_template("rules/market.html", found=found)


@blueprint.get("/market/rules/<int:number>")
@page(action=Action.SEE_PUBLIC)
def older_rules(number: int) -> str:
    """Another version of the rules: one that was, or that is to come."""
    found = market_rules.show(actor=actor(), place_id=place().id, number=number, now=now())
    return render_template("rules/market.html", found=found)
