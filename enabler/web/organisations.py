"""An organisation's page, for everybody; changing what it says, for those who lead it."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.services import organisations
from enabler.services.views import OrganisationView
from enabler.web.access import actor
from enabler.web.forms import organisations as forms
from enabler.web.refusals import shown_at
from enabler.web.reports import ask

blueprint = Blueprint("organisations", __name__, url_prefix="/organisations")


def _shown(ref: str) -> OrganisationView:
    return organisations.show(actor=actor(), ref=ref, now=now())


def _back(ref: str) -> Response:
    return redirect(url_for("organisations.organisation", ref=ref))


def _form(template: str, shown: OrganisationView, form: forms.ChangeIt | forms.ChangeHours) -> str:
    """The page with the form, for those who may send it."""
    if "change" not in shown.may:
        abort(403)
    return render_template(f"organisations/{template}.html", organisation=shown, form=form)


@blueprint.get("/<ref:ref>")
@page(action=Action.SEE_PUBLIC)
def organisation(ref: str) -> str:
    """What it is, where, when it is open, what it gives, how to reach it."""
    return render_template("organisations/organisation.html", organisation=_shown(ref))


@blueprint.route("/<ref:ref>/change", methods=["GET", "POST"])
@page(action=Action.CHANGE_ORGANISATION)
def change(ref: str) -> Any:
    """What it says of itself, and how it is reached."""
    form, shown = forms.ChangeIt(), _shown(ref)
    if request.method == "GET":
        form.fill(shown)
    if form.sent() and shown_at(form, lambda: organisations.change(
        actor=actor(), ref=ref, about=form.about.data or "", **form.parts(), key=form.the_key(),
        now=now(),
    )):  # fmt: skip
        return _back(ref)
    return _form("change", shown, form)


@blueprint.route("/<ref:ref>/hours", methods=["GET", "POST"])
@page(action=Action.CHANGE_ORGANISATION)
def hours(ref: str) -> Any:
    """When it is open."""
    form, shown = forms.ChangeHours(), _shown(ref)
    if request.method == "GET":
        form.fill(shown.hours, on_holidays=shown.open_on_bank_holidays)
    if form.sent() and shown_at(form, lambda: organisations.set_hours(
        actor=actor(), ref=ref, **form.parts(), key=form.the_key(), now=now()
    )):  # fmt: skip
        return _back(ref)
    return _form("hours", shown, form)


@blueprint.route("/<ref:ref>/report", methods=["GET", "POST"])
@page(action=Action.REPORT)
def report(ref: str) -> Any:
    """Something is wrong with it, or somebody is worried."""
    return ask("organisation", ref, url_for("organisations.organisation", ref=ref))
