"""The custodians' desk of hours: what waits, and what is made of it."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from enabler.domain.errors import WrongMoment
from enabler.domain.permissions import Action, allowed
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.services import hours, look_ups
from enabler.services import hours_desk as service
from enabler.web.access import actor
from enabler.web.forms.hours_desk import SettleFlag, WhoseHours
from enabler.web.refusals import asks_reason, shown_at
from enabler.web.without_hours import say_so_kindly

blueprint = Blueprint("hours_desk", __name__, url_prefix="/desk/hours")
say_so_kindly(blueprint)


@blueprint.get("")
@page(action=Action.KEEP_HOURS)
def desk() -> str:
    """What waits, the oldest first, and what was made of the rest."""
    return render_template("hours_desk/desk.html", desk=service.desk(actor=actor(), now=now()))


@blueprint.route("/flags/<ref:ref>", methods=["GET", "POST"])
@page(action=Action.KEEP_HOURS)
def flag(ref: str) -> Any:
    """One thing to look at: what it is about, and what may be made of it."""
    shown = service.flag(actor=actor(), ref=ref, now=now())
    form = SettleFlag()
    form.know(shown)
    if form.sent() and shown_at(form, lambda: service.settle(
        actor=actor(), ref=ref, choice=form.decision.data or "", pot_ref=form.pot_ref(),
        words=form.words.data, key=form.the_key(), now=now(),
    )):  # fmt: skip
        return redirect(url_for("hours_desk.desk"))
    return render_template("hours_desk/flag.html", flag=shown.flag, pots=shown.pots, form=form)


@blueprint.route("/members", methods=["GET", "POST"])
@page(action=Action.SEE_PERSON)
def find() -> Any:
    """Whose hours to look at, by their number or reference."""
    form, found = WhoseHours(), list[str]()
    if request.method == "GET":
        form.who.data = request.args.get("who", "")[:60]
    if form.sent() and shown_at(form, lambda: found.append(look_ups.begin(
        actor=actor(), typed=form.who.data or "", reason=form.reason.data or "",
        words=form.words.data, now=now(),
    ))):  # fmt: skip
        return redirect(url_for("hours_desk.member", ref=found[0]))
    keeps = allowed(actor(), Action.KEEP_HOURS)
    back = url_for("hours_desk.desk" if keeps else "desk.desk")
    return render_template("hours_desk/whose.html", form=form, back=back)


@blueprint.get("/members/<ref:ref>")
@page(action=Action.SEE_PERSON)
def member(ref: str) -> Any:
    """A member's statement, without the names of others, once it was said why; that it was looked
    at is logged."""
    try:
        shown = hours.of_member(actor=actor(), ref=ref, now=now())
    except WrongMoment as first:
        return asks_reason(first, url_for("hours_desk.find", who=ref))
    return render_template("hours_desk/member.html", shown=shown, ref=ref)
