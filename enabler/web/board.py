"""An organisation's board: what is asked, what was agreed by day, and who goes."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.services import board as service
from enabler.services import matches
from enabler.web.access import actor
from enabler.web.forms import colleagues as forms
from enabler.web.refusals import shown_at

blueprint = Blueprint("board", __name__)


@blueprint.get("/organisations/<ref:ref>/board")
@page(action=Action.SEE_BOARD)
def board(ref: str) -> str:
    """Everything, or what is today, this week, or nobody's."""
    shown = service.board(actor=actor(), ref=ref, only=request.args.get("only", "all"), now=now())
    return render_template("organisations/board.html", board=shown, choices=service.SHOWN)


@blueprint.route("/matches/<ref:ref>/assign", methods=["GET", "POST"])
@page(action=Action.ASSIGN_MATCH)
def assign(ref: str) -> Any:
    """Say who goes."""
    form, shown = forms.WhoGoes(), service.assignable(actor=actor(), match_ref=ref, now=now())
    form.choose_from(shown.people)
    if form.sent() and shown_at(form, lambda: service.assign(
        actor=actor(), match_ref=ref, who=form.who.data or "", key=form.the_key(), now=now()
    )):  # fmt: skip
        return redirect(url_for("board.board", ref=shown.organisation_ref))
    return render_template("organisations/assign.html", shown=shown, form=form)


@blueprint.route("/matches/<ref:ref>/hand-back", methods=["GET", "POST"])
@page(action=Action.HAND_BACK)
def hand_back(ref: str) -> Any:
    """I was to go and cannot."""
    form = forms.HandBack()
    if form.sent() and shown_at(form, lambda: service.hand_back(
        actor=actor(), match_ref=ref, words=form.words.data or None, key=form.the_key(), now=now()
    )):  # fmt: skip
        return redirect(url_for("mine.mine"))
    shown = matches.show(actor=actor(), ref=ref, now=now())
    return render_template("organisations/hand_back.html", match=shown, form=form)
