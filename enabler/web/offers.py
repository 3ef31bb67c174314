"""An offer: how it stands, pause it, resume it, end it."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for

from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.services import absences, offers
from enabler.web.access import actor
from enabler.web.forms.base import Confirm
from enabler.web.forms.offering import Away, Rest
from enabler.web.frame import zone
from enabler.web.refusals import shown_at
from enabler.web.statements import asked_about

blueprint = Blueprint("offers", __name__, url_prefix="/offers")


@blueprint.get("/<ref:ref>")
@page(action=Action.SEE_OFFER)
def offer(ref: str) -> str:
    """An offer as its giver or staff sees it."""
    shown = offers.show(actor=actor(), ref=ref, now=now())
    asked = asked_about(shown.ref, shown.state)
    return render_template("offers/offer.html", offer=shown, asked=asked, form=Confirm())


@blueprint.route("/<ref:ref>/pause", methods=["GET", "POST"])
@page(action=Action.CHANGE_OFFER)
def pause(ref: str) -> Any:
    """Do not ask me for now, or until a day."""
    form = Rest()
    if form.sent() and shown_at(form, lambda: offers.pause(
        actor=actor(), ref=ref, until=form.moment(now(), zone()), key=form.the_key(), now=now()
    )):  # fmt: skip
        return redirect(url_for("offers.offer", ref=ref))
    shown = offers.show(actor=actor(), ref=ref, now=now())
    return render_template("offers/pause.html", offer=shown, form=form)


@blueprint.post("/<ref:ref>/resume")
@page(action=Action.CHANGE_OFFER)
def resume(ref: str) -> Any:
    """Ask me again."""
    offers.resume(actor=actor(), ref=ref, key=Confirm().the_key(), now=now())
    return redirect(url_for("offers.offer", ref=ref))


@blueprint.route("/<ref:ref>/end", methods=["GET", "POST"])
@page(action=Action.CHANGE_OFFER)
def end(ref: str) -> Any:
    """End it, after a page that says what that means."""
    form = Confirm()
    if form.sent():
        offers.end(actor=actor(), ref=ref, key=form.the_key(), now=now())
        return redirect(url_for("offers.offer", ref=ref))
    shown = offers.show(actor=actor(), ref=ref, now=now())
    return render_template("offers/end.html", offer=shown, form=form)


@blueprint.route("/<ref:ref>/away", methods=["GET", "POST"])
@page(action=Action.CHANGE_OFFER)
def away(ref: str) -> Any:
    """Say when the giver is away."""
    form = Away()
    if form.sent() and shown_at(form, lambda: absences.be_away(
        actor=actor(), offer_ref=ref, away=form.stretch(now(), zone()), key=form.the_key(),
        now=now(),
    )):  # fmt: skip
        return redirect(url_for("offers.offer", ref=ref))
    shown = offers.show(actor=actor(), ref=ref, now=now())
    return render_template("offers/away.html", offer=shown, form=form)


@blueprint.post("/<ref:ref>/back")
@page(action=Action.CHANGE_OFFER)
def back(ref: str) -> Any:
    """Not away after all, or back already."""
    absences.be_back(actor=actor(), offer_ref=ref, key=Confirm().the_key(), now=now())
    return redirect(url_for("offers.offer", ref=ref))
