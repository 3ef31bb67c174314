"""Pages that say how things are: how it works, privacy, cookies, accessibility."""

from flask import Blueprint, render_template

from enabler.domain.permissions import Action
from enabler.doors.access import page

blueprint = Blueprint("about", __name__)


@blueprint.get("/how-it-works")
@page(action=Action.SEE_PUBLIC)
def how_it_works() -> str:
    """What happens to a need and to an offer."""
    return render_template("about/how_it_works.html")


@blueprint.get("/privacy")
@page(action=Action.SEE_PUBLIC)
def privacy() -> str:
    """What is kept, who sees it, and how long."""
    return render_template("about/privacy.html")


@blueprint.get("/cookies")
@page(action=Action.SEE_PUBLIC)
def cookies() -> str:
    """Which cookie is set and what for."""
    return render_template("about/cookies.html")


@blueprint.get("/accessibility")
@page(action=Action.SEE_PUBLIC)
def accessibility() -> str:
    """How far everybody can use it, and whom to tell if not."""
    return render_template("about/accessibility.html")
