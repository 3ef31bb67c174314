"""The front page of a place, the list of places, and a place's colours."""

from typing import Any

from flask import Blueprint, Response, g, render_template, url_for

from enabler.domain.permissions import Action
from enabler.doors.access import Placed, page
from enabler.web.colours import colours_of

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@page(action=Action.SEE_PUBLIC, placed=Placed.IF_KNOWN)
def home() -> str:
    """What this is, and the two ways in; with several places, the list of them."""
    if "place" not in g:
        return render_template("home/places.html", rest=url_for("home.home"))
    return render_template("home/home.html")


@blueprint.get("/place.css")
@page(action=Action.SEE_PUBLIC, placed=Placed.IF_KNOWN)
def colours() -> Any:
    """The place's colours as custom properties: no style is ever written into a page."""
    found = colours_of(g.get("place"))
    css = f":root{{--place:{found.place};--on-place:{found.on_place};--mark:{found.mark}}}\n"
    return Response(css, mimetype="text/css", headers={"Cache-Control": "private, max-age=3600"})
