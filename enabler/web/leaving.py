"""Leave the time bank, stay after all, join again; and what the desk evens out for a leaver."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for

from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.services import leaving as service
from enabler.services.views.leaving import LeavingView
from enabler.web.access import actor
from enabler.web.forms import leaving as forms
from enabler.web.refusals import shown_at
from enabler.web.without_hours import say_so_kindly

blueprint = Blueprint("leaving", __name__)
say_so_kindly(blueprint)


@blueprint.route("/hours/leave", methods=["GET", "POST"])
@page(action=Action.CHANGE_OWN)
def leave() -> Any:
    """What leaving means, and then do it; whoever waits may stay, whoever left may join again."""
    shown = service.show(actor=actor(), now=now())
    form = forms.Leave()
    form.know(shown)
    if form.sent() and shown_at(form, lambda: _act(shown, form)):
        return redirect(url_for("leaving.leave"))
    return render_template(
        "hours/leave.html", shown=shown, form=form, back=url_for("hours.mine")
    )  # fmt: skip


def _act(shown: LeavingView, form: forms.Leave) -> None:
    key = form.the_key()
    if form.what.data == "join":
        service.join_again(actor=actor(), key=key, now=now())
    elif form.what.data == "stay":
        service.stay(actor=actor(), key=key, now=now())
    elif form.what.data == "leave" and shown.state not in ("left", "waits"):
        service.leave(actor=actor(), to=form.to_whom, key=key, now=now())


@blueprint.get("/desk/hours/leave")
@page(action=Action.MODERATE)
def leavers() -> str:
    """Who waits for the desk to leave the time bank."""
    waiting = service.waiting(actor=actor(), now=now())
    return render_template("desk/leavers.html", waiting=waiting, back=url_for("desk.desk"))


@blueprint.route("/desk/hours/leave/<ref:ref>", methods=["GET", "POST"])
@page(action=Action.MODERATE)
def leaver(ref: str) -> Any:
    """One of them: which pot pays."""
    shown = service.at_desk(actor=actor(), ref=ref, now=now())
    form = forms.EvenOut()
    form.know(shown)
    if form.sent() and shown_at(form, lambda: service.balance(
        actor=actor(), ref=ref, pot=form.pot.data or "", words=form.words.data or "",
        key=form.the_key(), now=now(),
    )):  # fmt: skip
        return redirect(url_for("leaving.leavers"))
    return render_template(
        "desk/leaver.html", shown=shown, form=form, back=url_for("leaving.leavers")
    )  # fmt: skip
