"""Pages that say how things are: how it works, privacy, cookies, accessibility."""

from datetime import date

from flask import Blueprint, Response, render_template

from enabler.domain.permissions import Action
from enabler.doors import records
from enabler.doors.access import page
from enabler.doors.wiring import now, wiring
from enabler.doors.words import my_data
from enabler.doors.words import record as record_words
from enabler.services import privacy as service
from enabler.web.access import actor

blueprint = Blueprint("about", __name__)
PREPARED = date(2026, 11, 26)
"""When the accessibility statement was written or last looked through."""


@blueprint.get("/how-it-works")
@page(action=Action.SEE_PUBLIC)
def how_it_works() -> str:
    """What happens to a need and to an offer."""
    return render_template("about/how_it_works.html")


@blueprint.get("/privacy")
@page(action=Action.SEE_PUBLIC)
def privacy() -> str:
    """What is kept, who sees it, and how long."""
    kept = service.kept_about_people(actor=actor(), place_id=actor().place_id, now=now())
    return render_template("about/privacy.html", kept=kept, tiles=wiring().tiles)


@blueprint.get("/about/data")
@page(action=Action.SEE_PUBLIC)
def record() -> str:
    """The record of processing: each kind of thing, with the ground of law."""
    kept = service.kept_about_people(actor=actor(), place_id=actor().place_id, now=now())
    return render_template("about/data.html", kept=kept, law=my_data, record=record_words)


@blueprint.get("/about/data.csv")
@page(action=Action.SEE_PUBLIC)
def record_csv() -> Response:
    """The same for a spreadsheet."""
    kept = service.kept_about_people(actor=actor(), place_id=actor().place_id, now=now())
    headers = {"Content-Disposition": "attachment; filename=record-of-processing.csv"}
    return Response(records.as_csv(kept), content_type="text/csv; charset=utf-8", headers=headers)


@blueprint.get("/cookies")
@page(action=Action.SEE_PUBLIC)
def cookies() -> str:
    """Which cookie is set and what for."""
    return render_template("about/cookies.html")


@blueprint.get("/accessibility")
@page(action=Action.SEE_PUBLIC)
def accessibility() -> str:
    """How far everybody can use it, and whom to tell if not."""
    return render_template("about/accessibility.html", prepared=PREPARED)
