"""The day of a visit: watched, rung, arrived, left, longer, stuck; and what the desk sees of it."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.services import matches, visits, watching
from enabler.services.views import MatchView
from enabler.web.access import actor
from enabler.web.forms import visits as forms
from enabler.web.forms.base import Confirm
from enabler.web.refusals import shown_at

blueprint = Blueprint("visits", __name__)


def _said(say: Callable[..., MatchView], ref: str) -> Response:
    say(actor=actor(), match_ref=ref, key=Confirm().the_key(), now=now())
    return redirect(url_for("matches.match", ref=ref, _anchor="day"))


@blueprint.post("/matches/<ref:ref>/watch")
@page(action=Action.FINISH_MATCH)
def watch(ref: str) -> Any:
    """Look after me: I check in and out."""
    return _said(visits.watch, ref)


@blueprint.post("/matches/<ref:ref>/rang")
@page(action=Action.FINISH_MATCH)
def rang(ref: str) -> Any:
    """We have talked."""
    return _said(visits.rang, ref)


@blueprint.post("/matches/<ref:ref>/no-money")
@page(action=Action.FINISH_MATCH)
def no_money(ref: str) -> Any:
    """No money was spent."""
    return _said(visits.no_money, ref)


@blueprint.post("/matches/<ref:ref>/arrive")
@page(action=Action.FINISH_MATCH)
def arrive(ref: str) -> Any:
    """I am there."""
    return _said(visits.arrive, ref)


@blueprint.post("/matches/<ref:ref>/leave")
@page(action=Action.FINISH_MATCH)
def leave(ref: str) -> Any:
    """I have left."""
    return _said(visits.leave, ref)


@blueprint.route("/matches/<ref:ref>/stay", methods=["GET", "POST"])
@page(action=Action.FINISH_MATCH)
def stay(ref: str) -> Any:
    """I stay longer."""
    form = forms.Stay()
    if form.sent() and shown_at(form, lambda: visits.stay(
        actor=actor(), match_ref=ref, minutes=form.minutes.number or 0, key=form.the_key(),
        now=now(),
    )):  # fmt: skip
        return redirect(url_for("matches.match", ref=ref, _anchor="day"))
    shown = matches.show(actor=actor(), ref=ref, now=now())
    return render_template("visits/stay.html", match=shown, form=form)


@blueprint.route("/matches/<ref:ref>/stuck", methods=["GET", "POST"])
@page(action=Action.FINISH_MATCH)
def stuck(ref: str) -> Any:
    """I need somebody now, after a page that says who is told and whom to ring."""
    return _alarm(ref, visits.stuck, "stuck")


@blueprint.route("/matches/<ref:ref>/wrong-word", methods=["GET", "POST"])
@page(action=Action.FINISH_MATCH)
def wrong_word(ref: str) -> Any:
    """Whoever is at the door does not know the word."""
    return _alarm(ref, visits.wrong_word, "wrong-word")


def _alarm(ref: str, raise_it: Callable[..., MatchView], deed: str) -> Any:
    form = Confirm()
    if form.sent():
        raise_it(actor=actor(), match_ref=ref, key=form.the_key(), now=now())
        return redirect(url_for("visits.stuck", ref=ref))
    shown = matches.show(actor=actor(), ref=ref, now=now())
    return render_template("visits/stuck.html", match=shown, form=form, deed=deed)


@blueprint.get("/desk/visits")
@page(action=Action.WATCH_VISITS)
def desk() -> str:
    """Visits that somebody is to see to now."""
    found = watching.desk(actor=actor(), now=now())
    return render_template("visits/desk.html", visits=found)


@blueprint.route("/desk/visits/<ref:ref>", methods=["GET", "POST"])
@page(action=Action.WATCH_VISITS)
def case(ref: str) -> Any:
    """One of them: whom to ring, and where it is; then say how all are."""
    form = forms.SeenTo()
    if form.sent() and shown_at(form, lambda: watching.clear(
        actor=actor(), match_ref=ref, words=form.words.data or "", key=form.the_key(), now=now()
    )):  # fmt: skip
        return redirect(url_for("visits.desk"))
    found = watching.show(actor=actor(), match_ref=ref, now=now())
    return render_template("visits/case.html", case=found, form=form)
