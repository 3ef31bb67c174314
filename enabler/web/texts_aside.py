"""At the desk: what somebody texted and people are to look at."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for

from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.services import texts_aside as service
from enabler.web.access import actor
from enabler.web.forms.base import Confirm

blueprint = Blueprint("texts_aside", __name__, url_prefix="/desk/texts")


@blueprint.get("/<ref:ref>")
@page(action=Action.MODERATE)
def text(ref: str) -> str:
    """One of them, with every word."""
    shown = service.show(actor=actor(), ref=ref, now=now())
    return render_template(
        "desk/text.html", shown=shown, form=Confirm(), back=url_for("desk.desk")
    )  # fmt: skip


@blueprint.post("/<ref:ref>/looked")
@page(action=Action.MODERATE)
def looked(ref: str) -> Any:
    """It is done with."""
    service.looked(actor=actor(), ref=ref, key=Confirm().the_key(), now=now())
    return redirect(url_for("desk.desk"))
