"""The custodians' desk of hours: what waits, and what is made of it."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for

from enabler.domain.errors import Invalid, NotFound
from enabler.domain.permissions import Action, allowed
from enabler.domain.refs import written
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.services import hours
from enabler.services import hours_desk as service
from enabler.web.access import actor
from enabler.web.forms.hours_desk import SettleFlag, WhoseHours
from enabler.web.refusals import shown_at
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
    """Whose hours to look at, by their reference."""
    form = WhoseHours()
    if form.sent():
        try:
            hours.of_member(actor=actor(), ref=form.who.data or "", now=now())
            return redirect(url_for("hours_desk.member", ref=written(form.who.data or "")))
        except NotFound as missing:
            if missing.code == "hours_not_here":
                raise
            form.refuse("who", Invalid("who", "person_unknown"))
    keeps = allowed(actor(), Action.KEEP_HOURS)
    back = url_for("hours_desk.desk" if keeps else "desk.desk")
    return render_template("hours_desk/whose.html", form=form, back=back)


@blueprint.get("/members/<ref:ref>")
@page(action=Action.SEE_PERSON)
def member(ref: str) -> str:
    """A member's statement, without the names of others; that it was looked at is logged."""
    shown = hours.of_member(actor=actor(), ref=ref, now=now())
    return render_template("hours_desk/member.html", shown=shown, ref=ref)
