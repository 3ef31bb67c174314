"""Grants and reversals at the desk of hours: one custodian asks, a second one decides."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for

from enabler.domain.errors import LimitReached, NotFound, WrongMoment
from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.services import hours_proposals as service
from enabler.web.access import actor
from enabler.web.forms import hours_desk as forms
from enabler.web.refusals import shown_at
from enabler.web.without_hours import say_so_kindly

blueprint = Blueprint("hours_proposals", __name__, url_prefix="/desk/hours")
say_so_kindly(blueprint)


@blueprint.route("/grants/new", methods=["GET", "POST"])
@page(action=Action.KEEP_HOURS)
def grant() -> Any:
    """Ask that hours from the council go to a pot or a member."""
    form, asked = forms.Grant(), []
    form.know(service.pots_to_grant(actor=actor(), now=now()))
    if form.sent() and shown_at(form, lambda: asked.append(
        service.ask_grant(actor=actor(), **form.parts(), key=form.the_key(), now=now())
    )):  # fmt: skip
        return redirect(url_for("hours_proposals.proposal", ref=asked[0].ref))
    return render_template("hours_desk/grant.html", form=form)


@blueprint.route("/undo", methods=["GET", "POST"])
@page(action=Action.KEEP_HOURS)
def find() -> Any:
    """Which movement should be undone."""
    form = forms.Find()
    if form.sent():
        number = form.number.number or 0
        try:
            service.movement(actor=actor(), number=number, now=now())
            return redirect(url_for("hours_proposals.undo", number=number))
        except (NotFound, WrongMoment) as refused:
            form.refuse("number", refused)
    return render_template("hours_desk/find.html", form=form)


@blueprint.route("/undo/<int:number>", methods=["GET", "POST"])
@page(action=Action.KEEP_HOURS)
def undo(number: int) -> Any:
    """Ask that this movement be undone, and say why."""
    form, asked = forms.Undo(), []
    if form.sent() and shown_at(form, lambda: asked.append(service.ask_reversal(
        actor=actor(), number=number, words=form.words.data or "", key=form.the_key(), now=now()
    ))):  # fmt: skip
        return redirect(url_for("hours_proposals.proposal", ref=asked[0].ref))
    found = service.movement(actor=actor(), number=number, now=now())
    return render_template("hours_desk/undo.html", one=found, form=form)


@blueprint.route("/proposals/<ref:ref>", methods=["GET", "POST"])
@page(action=Action.KEEP_HOURS)
def proposal(ref: str) -> Any:
    """One proposal: what it is, and the second person's decision."""
    form = forms.Second()
    if form.sent() and _decided(ref, form):
        return redirect(url_for("hours_desk.desk"))
    found = service.show(actor=actor(), ref=ref, now=now())
    return render_template("hours_desk/proposal.html", one=found, form=form)


def _decided(ref: str, form: forms.Second) -> bool:
    """Whether it was decided; where the hours cannot move the form says why."""
    try:
        return shown_at(form, lambda: service.decide(
            actor=actor(), ref=ref, allowing=form.decision.data == "allow",
            words=form.words.data or "", key=form.the_key(), now=now(),
        ))  # fmt: skip
    except (LimitReached, WrongMoment) as refused:
        form.refuse("decision", refused)
        return False
