"""How we tell you of things; and the stop that works from a mail without signing in."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from enabler.domain.consents import Shown
from enabler.domain.permissions import Action
from enabler.doors.access import Placed, page
from enabler.doors.wiring import now, wiring
from enabler.services import notices as service
from enabler.web.access import actor
from enabler.web.forms import settings as forms
from enabler.web.forms.base import Confirm
from enabler.web.language import current
from enabler.web.refusals import shown_at

blueprint = Blueprint("notices", __name__)


@blueprint.route("/me/notices", methods=["GET", "POST"])
@page(action=Action.CHANGE_OWN)
def ways() -> Any:
    """By which way, for each kind."""
    mine = service.show(actor=actor(), now=now())
    form = forms.Ways(data=forms.ways_of(mine)) if request.method == "GET" else forms.Ways()
    if form.sent() and shown_at(form, lambda: service.choose_ways(
        actor=actor(), wishes=form.wishes(), shown=Shown(current(), page="ways"),
        key=form.the_key(), now=now(),
    )):  # fmt: skip
        return redirect(url_for("details.details"))
    return render_template("settings/ways.html", form=form, mine=mine, again=Confirm())


@blueprint.route("/me/notices/times", methods=["GET", "POST"])
@page(action=Action.CHANGE_OWN)
def times() -> Any:
    """When not, and how often."""
    mine, shape = service.show(actor=actor(), now=now()), forms.QuietTimes
    form = shape(data=forms.times_of(mine)) if request.method == "GET" else shape()
    form.asks_per_week.largest = mine.place_asks_per_week
    if form.sent() and shown_at(form, lambda: service.choose_times(
        actor=actor(), times=form.times(), key=form.the_key(), now=now()
    )):  # fmt: skip
        return redirect(url_for("details.details"))
    return render_template("settings/times.html", form=form, mine=mine)


@blueprint.post("/me/notices/start")
@page(action=Action.CHANGE_OWN)
def start() -> Any:
    """Texts and mails again, after a stop."""
    service.start_again(actor=actor(), now=now())
    return redirect(url_for("notices.ways"))


@blueprint.route("/mail/stop", methods=["GET", "POST"])
@page(action=Action.FOLLOW_LINK, placed=Placed.IF_KNOWN)
def stop() -> Any:
    """One press stops all mails, from the page or from the mail program itself (RFC 8058).

    The link's own signature stands for the form's token: a mail program has none. Looking at the
    page does nothing.
    """
    token, secrets = request.args.get("m", ""), wiring().secrets
    if request.method == "POST" and request.form.get("again"):
        service.start_mails(token=token, secrets=secrets, now=now())
    elif request.method == "POST":
        service.stop_mails(token=token, secrets=secrets, now=now())
    stopped = service.mail_stops(token=token, secrets=secrets)
    return render_template("settings/stop.html", stopped=stopped)
