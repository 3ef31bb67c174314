"""The front page of a place, the list of places, and a place's colours."""

from typing import Any

from flask import Blueprint, Response, g, render_template, url_for

from enabler.domain.errors import Invalid
from enabler.domain.permissions import Action
from enabler.doors.access import Placed, page
from enabler.doors.wiring import now
from enabler.services import front as service
from enabler.services.views.near import FrontView
from enabler.web.access import actor, place
from enabler.web.colours import colours_of
from enabler.web.forms.near import Postcode

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@page(action=Action.SEE_PUBLIC, placed=Placed.IF_KNOWN)
def home() -> str:
    """What this is, the two ways in, and what is near; with several places, the list of them."""
    if "place" not in g:
        return render_template("home/places.html", rest=url_for("home.home"))
    form = Postcode()
    return render_template("home/home.html", form=form, front=_front(form))


def _front(form: Postcode) -> FrontView:
    try:
        return service.front(
            actor=actor(), place_id=place().id, postcode=form.typed, now=now()
        )  # fmt: skip
    except Invalid as wrong:
        form.show(wrong)
        return service.front(actor=actor(), place_id=place().id, now=now())


@blueprint.get("/place.css")
@page(action=Action.SEE_PUBLIC, placed=Placed.IF_KNOWN)
def colours() -> Any:
    """The place's colours as custom properties: no style is ever written into a page."""
    found = colours_of(g.get("place"))
    names = {
        "place": found.place, "on-place": found.on_place, "mark": found.mark,
        "mark-on-dark": found.mark_on_dark,
    }  # fmt: skip
    css = ":root{" + ";".join(f"--{name}:{colour}" for name, colour in names.items()) + "}\n"
    return Response(css, mimetype="text/css", headers={"Cache-Control": "private, max-age=3600"})
