"""A match's conversation: write, say yes to a time, be on the way, find nobody."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from enabler.domain.errors import WrongMoment
from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.services import conversations, matches, on_the_day
from enabler.web.access import actor
from enabler.web.forms.base import Confirm
from enabler.web.forms.conversations import Agree, Say
from enabler.web.matches import match_page
from enabler.web.refusals import shown_at

blueprint = Blueprint("conversations", __name__, url_prefix="/matches")


def _back(ref: str, anchor: str) -> Response:
    return redirect(url_for("matches.match", ref=ref, _anchor=anchor))


@blueprint.post("/<ref:ref>/say")
@page(action=Action.CONVERSE)
def say(ref: str) -> Any:
    """Write to the other side. Where it is too late, what was written comes back all the same."""
    form = Say()
    try:
        if form.sent() and shown_at(form, lambda: conversations.say(
            actor=actor(), match_ref=ref, words=form.words.data or "", key=form.the_key(),
            now=now(),
        )):  # fmt: skip
            return _back(ref, "messages")
    except WrongMoment as wrong:
        form.refuse("words", wrong)
    return match_page(ref, form)


@blueprint.post("/<ref:ref>/agree")
@page(action=Action.CONVERSE)
def agree(ref: str) -> Any:
    """Yes, that time suits me."""
    form = Agree()
    conversations.agree(
        actor=actor(), match_ref=ref, number=form.which, key=form.the_key(), now=now()
    )
    return _back(ref, "visit")


@blueprint.post("/<ref:ref>/on-way")
@page(action=Action.CONVERSE)
def on_way(ref: str) -> Any:
    """I am on my way."""
    on_the_day.on_way(actor=actor(), match_ref=ref, key=Confirm().the_key(), now=now())
    return _back(ref, "visit")


@blueprint.route("/<ref:ref>/cannot-find", methods=["GET", "POST"])
@page(action=Action.CONVERSE)
def cannot_find(ref: str) -> Any:
    """I cannot find it, or nobody opens: what to do, after a page that says who is told."""
    form = Confirm()
    if form.sent():
        on_the_day.cannot_find(actor=actor(), match_ref=ref, key=form.the_key(), now=now())
        return redirect(url_for("conversations.cannot_find", ref=ref))
    shown = matches.show(actor=actor(), ref=ref, now=now())
    return render_template("conversations/cannot_find.html", match=shown, form=form)
