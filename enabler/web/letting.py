"""Whom I let see what of mine until when; what others let me see."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for

from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.services import letting, relying
from enabler.web.access import actor
from enabler.web.forms.base import Confirm
from enabler.web.forms.letting import Let
from enabler.web.refusals import shown_unless_late

blueprint = Blueprint("letting", __name__, url_prefix="/me")


@blueprint.get("/shared")
@page(action=Action.SEE_OWN)
def shared() -> str:
    """All of it, each to be stopped in one press."""
    found = letting.mine(actor=actor(), now=now())
    counted = relying.mine(actor=actor(), now=now())
    return render_template(
        "letting/shared.html", mine=found, relied=counted, form=Confirm(formdata=None)
    )


@blueprint.route("/shared/new", methods=["GET", "POST"])
@page(action=Action.CHANGE_OWN)
def let() -> Any:
    """Let somebody see something."""
    found = letting.mine(actor=actor(), now=now())
    form = Let()
    form.offer(found.checks)
    if form.sent() and shown_unless_late(form, "what", lambda: letting.let_see(
        actor=actor(), what=form.what.data or "", to=form.to.data or "", until=form.until.given,
        key=form.the_key(), now=now(),
    )):  # fmt: skip
        return redirect(url_for("letting.shared"))
    return render_template("letting/let.html", form=form)


@blueprint.post("/shared/<ref:ref>/end")
@page(action=Action.CHANGE_OWN)
def end(ref: str) -> Any:
    """They see it no more."""
    letting.end(actor=actor(), ref=ref, key=Confirm().the_key(), now=now())
    return redirect(url_for("letting.shared"))


@blueprint.get("/shown")
@page(action=Action.SEE_OWN)
def shown() -> str:
    """What others let me see."""
    found = letting.shown_to_me(actor=actor(), now=now())
    return render_template("letting/shown.html", shown=found)


@blueprint.get("/organisations/<ref:ref>/shown")
@page(action=Action.SEE_COLLEAGUES)
def shown_to_organisation(ref: str) -> str:
    """What helps those who let the organisation know it."""
    found = letting.shown_to_organisation(actor=actor(), ref=ref, now=now())
    back = url_for("organisations.organisation", ref=ref)
    return render_template("letting/shown.html", shown=found, back=back)
