"""Hours between places, for custodians: what is owed, and the limits that both sides agree to."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.services import between_places as service
from enabler.services.views.border import PartnerView
from enabler.web.access import actor
from enabler.web.forms import border as forms
from enabler.web.refusals import shown_at
from enabler.web.without_hours import say_so_kindly

blueprint = Blueprint("between_places", __name__, url_prefix="/desk/hours/places")
say_so_kindly(blueprint)


@blueprint.get("")
@page(action=Action.SEE_DESK)
def places() -> str:
    """What lies between us and each place with which we share help."""
    return render_template("border/places.html", shown=service.show(actor=actor(), now=now()))


def _partner(of: Callable[[PartnerView], bool]) -> PartnerView | None:
    """The place that is meant; where none was named, the first of which there is something."""
    partners = [each for each in service.show(actor=actor(), now=now()).partners if of(each)]
    named = [each for each in partners if each.slug == request.args.get("with")]
    return next(iter(named or partners), None)


@blueprint.route("/limits", methods=["GET", "POST"])
@page(action=Action.AGREE_LIMITS)
def limits() -> Any:
    """Propose limits to a place."""
    form = forms.Limits()
    shown = service.show(actor=actor(), now=now())
    form.know(shown.partners, request.args.get("with", ""))
    if form.sent() and shown_at(form, lambda: service.propose(
        actor=actor(), key=form.the_key(), now=now(), **form.parts()
    )):  # fmt: skip
        return redirect(url_for("between_places.places"))
    return render_template("border/limits.html", form=form, partners=shown.partners)


@blueprint.route("/answer", methods=["GET", "POST"])
@page(action=Action.AGREE_LIMITS)
def answer() -> Any:
    """Agree to what a place proposes, or not."""
    form = forms.Answer()
    if form.sent():
        service.answer(actor=actor(), key=form.the_key(), now=now(), **form.parts())
        return redirect(url_for("between_places.places"))
    partner = _partner(lambda each: each.waiting is not None and not each.waiting.ours)
    if partner is not None and partner.waiting is not None:
        form.of(partner, partner.waiting)
    return render_template("border/answer.html", form=form, partner=partner)


@blueprint.route("/end", methods=["GET", "POST"])
@page(action=Action.AGREE_LIMITS)
def end() -> Any:
    """End what is agreed with a place."""
    form = forms.End()
    if form.sent():
        service.end(actor=actor(), other=forms.slug_of(form.place), key=form.the_key(), now=now())
        return redirect(url_for("between_places.places"))
    partner = _partner(lambda each: each.agreed is not None)
    form.place.data = partner.slug if partner else ""
    return render_template("border/end.html", form=form, partner=partner)
