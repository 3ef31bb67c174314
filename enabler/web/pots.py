"""Pots of hours at the desk: what is in them, opening, changing and closing one."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from enabler.domain.errors import WrongMoment
from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.doors.words import sentence
from enabler.services import pots as service
from enabler.web.access import actor
from enabler.web.forms import hours_desk as forms
from enabler.web.forms.base import Confirm
from enabler.web.refusals import shown_at
from enabler.web.without_hours import say_so_kindly

blueprint = Blueprint("pots", __name__, url_prefix="/desk/hours/pots")
say_so_kindly(blueprint)


@blueprint.get("")
@page(action=Action.KEEP_HOURS)
def pots() -> str:
    """All pots, with what is in them and who put it in."""
    return render_template("hours_desk/pots.html", pots=service.show_all(actor=actor(), now=now()))


@blueprint.route("/new", methods=["GET", "POST"])
@page(action=Action.KEEP_HOURS)
def new() -> Any:
    """Open a pot."""
    form = forms.NewPot()
    form.know(service.can_open(actor=actor(), now=now()))
    if form.sent() and shown_at(form, lambda: service.open_pot(
        actor=actor(), **form.parts(), key=form.the_key(), now=now()
    )):  # fmt: skip
        return redirect(url_for("pots.pots"))
    return render_template("hours_desk/new_pot.html", form=form)


@blueprint.route("/<ref:ref>", methods=["GET", "POST"])
@page(action=Action.KEEP_HOURS)
def pot(ref: str) -> Any:
    """One pot: how it is called, what it is for, whether it pays."""
    found = service.show(actor=actor(), ref=ref, now=now())
    said = {"name": found.name, "about": found.about, "pays": found.pays}
    form = forms.PotSays(data=said if request.method == "GET" else None)
    if form.sent() and shown_at(form, lambda: service.change(
        actor=actor(), ref=ref, **form.said(), key=form.the_key(), now=now()
    )):  # fmt: skip
        return redirect(url_for("pots.pots"))
    return render_template("hours_desk/pot.html", pot=found, form=form)


@blueprint.route("/<ref:ref>/close", methods=["GET", "POST"])
@page(action=Action.KEEP_HOURS)
def close(ref: str) -> Any:
    """Close an organisation's fund that is empty, once that was confirmed."""
    form, problem = Confirm(), None
    if form.sent():
        try:
            service.close(actor=actor(), ref=ref, key=form.the_key(), now=now())
            return redirect(url_for("pots.pots"))
        except WrongMoment as refused:
            problem = sentence(refused)
    found = service.show(actor=actor(), ref=ref, now=now())
    return render_template("hours_desk/close_pot.html", pot=found, form=form, problem=problem)
