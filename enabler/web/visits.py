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
from enabler.web.refusals import shown_at, shown_unless_late

blueprint = Blueprint("visits", __name__)


_SAID: dict[str, Callable[..., MatchView]] = {
    "watch": visits.watch, "rang": visits.rang, "no-money": visits.no_money,
    "arrive": visits.arrive, "leave": visits.leave,
}  # fmt: skip
"""What one press says, and nothing more is asked: the end of its address."""
_CALLS: dict[str, Callable[..., MatchView]] = {
    "stuck": visits.stuck, "wrong-word": visits.wrong_word,
}  # fmt: skip
"""Calls for help, after a page that says who is told and whom to ring."""


def _pressed(say: Callable[..., MatchView]) -> Callable[[str], Response]:
    @page(action=Action.FINISH_MATCH)
    def press(ref: str) -> Response:
        say(actor=actor(), match_ref=ref, key=Confirm().the_key(), now=now())
        return redirect(url_for("matches.match", ref=ref, _anchor="day"))

    return press


def _called(call: Callable[..., MatchView], deed: str) -> Callable[[str], Any]:
    @page(action=Action.FINISH_MATCH)
    def for_help(ref: str) -> Any:
        form = Confirm()
        if form.sent():
            call(actor=actor(), match_ref=ref, key=form.the_key(), now=now())
            return redirect(url_for("visits.stuck", ref=ref))
        shown = matches.show(actor=actor(), ref=ref, now=now())
        return render_template("visits/stuck.html", match=shown, form=form, deed=deed)

    return for_help


for _deed, _say in _SAID.items():
    blueprint.add_url_rule(
        f"/matches/<ref:ref>/{_deed}", _deed.replace("-", "_"), _pressed(_say), methods=["POST"]
    )
for _deed, _say in _CALLS.items():
    blueprint.add_url_rule(
        f"/matches/<ref:ref>/{_deed}", _deed.replace("-", "_"), _called(_say, _deed),
        methods=["GET", "POST"],
    )  # fmt: skip


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


@blueprint.get("/desk/visits")
@page(action=Action.WATCH_VISITS)
def desk() -> str:
    """Visits that somebody is to see to now."""
    found = watching.desk(actor=actor(), now=now())
    return render_template("visits/desk.html", visits=found)


@blueprint.route("/desk/visits/<ref:ref>", methods=["GET", "POST"])
@page(action=Action.WATCH_VISITS)
def case(ref: str) -> Any:
    """One of them: whom to ring, and where it is; then say how all are. What was said of it since
    the page was opened is shown first, and what was typed is kept."""
    form = forms.SeenTo()
    seen = form.seen
    if form.sent() and shown_unless_late(form, "words", lambda: watching.clear(
        actor=actor(), match_ref=ref, words=form.words.data or "", key=form.the_key(), now=now(),
        seen=seen,
    )):  # fmt: skip
        return redirect(url_for("visits.desk"))
    found = watching.show(actor=actor(), match_ref=ref, now=now(), seen=seen)
    form.know(found.version)
    return render_template("visits/case.html", case=found, form=form)
