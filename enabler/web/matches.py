"""A match: an ask to answer, then what was agreed, until it is done and confirmed."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.services import conversations, costs, keeping_apart, matches
from enabler.web.access import actor
from enabler.web.forms import matches as forms
from enabler.web.forms.base import Confirm, Form
from enabler.web.forms.conversations import Say, Suggest
from enabler.web.frame import zone
from enabler.web.refusals import shown_at

blueprint = Blueprint("matches", __name__, url_prefix="/matches")


def _back(ref: str) -> Response:
    return redirect(url_for("matches.match", ref=ref))


def _page(template: str, ref: str, form: Form) -> str:
    shown = matches.show(actor=actor(), ref=ref, now=now())
    return render_template(f"matches/{template}.html", match=shown, form=form)


def match_page(ref: str, form: Say) -> str:
    """The match with its conversation, and ``form`` to write in it."""
    shown = matches.show(actor=actor(), ref=ref, now=now())
    confirm = Confirm(formdata=None)
    met = shown.visit_start is not None and shown.visit_start <= now()
    spent = costs.of_match(actor=actor(), match_ref=ref, now=now())
    return render_template(
        "matches/match.html", match=shown, form=form, confirm=confirm, met=met, spent=spent
    )


@blueprint.get("/<ref:ref>")
@page(action=Action.SEE_MATCH)
def match(ref: str) -> str:
    """The match as its asker or helper sees it now."""
    return match_page(ref, Say())


@blueprint.post("/<ref:ref>/accept")
@page(action=Action.ANSWER_ASK)
def accept(ref: str) -> Any:
    """Yes, I can help."""
    matches.accept(actor=actor(), match_ref=ref, key=Confirm().the_key(), now=now())
    return _back(ref)


@blueprint.route("/<ref:ref>/decline", methods=["GET", "POST"])
@page(action=Action.ANSWER_ASK)
def decline(ref: str) -> Any:
    """I cannot this time."""
    form = forms.WhyNot()
    if form.sent() and shown_at(form, lambda: matches.decline(
        actor=actor(), match_ref=ref, words=form.words.data or None, key=form.the_key(), now=now()
    )):  # fmt: skip
        return redirect(url_for("mine.mine"))
    return _page("decline", ref, form)


@blueprint.route("/<ref:ref>/release", methods=["GET", "POST"])
@page(action=Action.RELEASE_MATCH)
def release(ref: str) -> Any:
    """I said yes and can no longer."""
    form = forms.WhyNot()
    if form.sent() and shown_at(form, lambda: matches.release(
        actor=actor(), match_ref=ref, words=form.words.data or None, key=form.the_key(), now=now()
    )):  # fmt: skip
        return redirect(url_for("mine.mine"))
    return _page("release", ref, form)


@blueprint.route("/<ref:ref>/arrange", methods=["GET", "POST"])
@page(action=Action.ARRANGE_MATCH)
def arrange(ref: str) -> Any:
    """Suggest a time; inside a time that was asked for it is agreed at once."""
    form = Suggest()
    if form.sent() and shown_at(form, lambda: _suggested(ref, form)):
        return redirect(url_for("matches.match", ref=ref, _anchor="visit"))
    return _page("arrange", ref, form)


def _suggested(ref: str, form: Suggest) -> None:
    start, end = form.stretch(zone())
    meeting = conversations.Meeting(
        start, end, where=form.where.data or None, words=form.words.data or None
    )
    conversations.propose(
        actor=actor(), match_ref=ref, meeting=meeting, key=form.the_key(), now=now()
    )


@blueprint.route("/<ref:ref>/done", methods=["GET", "POST"])
@page(action=Action.FINISH_MATCH)
def done(ref: str) -> Any:
    """It is done: how long it took."""
    form = forms.Done()
    if form.sent() and shown_at(form, lambda: matches.done(
        actor=actor(), match_ref=ref, minutes=form.minutes.number or 0, key=form.the_key(),
        now=now(),
    )):  # fmt: skip
        return _back(ref)
    shown = matches.show(actor=actor(), ref=ref, now=now())
    if not form.is_submitted():
        form.minutes.data = str(shown.hours.expected if shown.hours else shown.duration_minutes)
    return render_template("matches/done.html", match=shown, form=form)


@blueprint.route("/<ref:ref>/correct", methods=["GET", "POST"])
@page(action=Action.CONFIRM_MATCH)
def correct(ref: str) -> Any:
    """It took another time than they said."""
    form = forms.Done()
    if form.sent() and shown_at(form, lambda: matches.correct(
        actor=actor(), match_ref=ref, minutes=form.minutes.number or 0, key=form.the_key(),
        now=now(),
    )):  # fmt: skip
        return _back(ref)
    return _page("correct", ref, form)


@blueprint.post("/<ref:ref>/confirm")
@page(action=Action.CONFIRM_MATCH)
def confirm(ref: str) -> Any:
    """Yes, it was done."""
    matches.confirm(actor=actor(), match_ref=ref, key=Confirm().the_key(), now=now())
    return _back(ref)


@blueprint.route("/<ref:ref>/apart", methods=["GET", "POST"])
@page(action=Action.KEEP_APART)
def apart(ref: str) -> Any:
    """Never bring us together again, after a page that says what that means."""
    form = Confirm()
    if form.sent():
        keeping_apart.keep_apart(actor=actor(), match_ref=ref, key=form.the_key(), now=now())
        return _back(ref)
    return _page("apart", ref, form)


@blueprint.post("/<ref:ref>/together")
@page(action=Action.KEEP_APART)
def together(ref: str) -> Any:
    """We may be brought together again."""
    keeping_apart.bring_together(actor=actor(), match_ref=ref, key=Confirm().the_key(), now=now())
    if "mine" in request.args:  # whoever goes to it no more has no page of it
        return redirect(url_for("mine.apart"))
    return _back(ref)
