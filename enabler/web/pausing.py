"""Pause me: one press, until a day or until I come back."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.services import pausing as service
from enabler.web.access import actor
from enabler.web.forms import pausing as forms
from enabler.web.frame import zone
from enabler.web.refusals import shown_at

blueprint = Blueprint("pausing", __name__)


@blueprint.route("/me/pause", methods=["GET", "POST"])
@page(action=Action.CHANGE_OWN)
def pause() -> Any:
    """What it means, and then do it; whoever rests may choose another day, or come back."""
    shown = service.show(actor=actor(), now=now())
    form = forms.Pause()
    form.know(shown)
    if form.sent() and shown_at(form, lambda: _act(form)):
        return redirect(url_for("pausing.pause", back=form.what.data == "back" or None))
    return render_template(
        "settings/pause.html", shown=shown, form=form, back_again="back" in request.args
    )


def _act(form: forms.Pause) -> None:
    if form.what.data == "back":
        service.come_back(actor=actor(), key=form.the_key(), now=now())
        return
    service.pause(
        actor=actor(), until=form.moment(now(), zone()), kept=form.kept_refs,
        key=form.the_key(), now=now(),
    )  # fmt: skip
