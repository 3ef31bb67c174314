"""More of the desk: a thing is changed before it opens, messages, standard answers, what opened by
itself."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from enabler.domain.errors import NotFound
from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.doors.words.desk import message_words
from enabler.services import moderation, neglect, standard_answers, undelivered
from enabler.web.access import actor
from enabler.web.forms import deciding as forms
from enabler.web.forms.base import Confirm
from enabler.web.refusals import shown_at, shown_unless_late

blueprint = Blueprint("desk_more", __name__, url_prefix="/desk")
LOOKED_BACK = timedelta(days=30)


@blueprint.route("/held/<ref:ref>/edit", methods=["GET", "POST"])
@page(action=Action.MODERATE)
def edit(ref: str) -> Any:
    """Approve it with changes, which its author sees."""
    case, form = moderation.look(actor=actor(), ref=ref, now=now()), forms.Rewrite()
    if case is None:
        raise NotFound("ref_unknown")
    if "edit" not in case.may and request.method == "GET":
        return redirect(url_for("desk.held", ref=ref))
    form.know(case, fresh=request.method == "GET")
    if form.sent() and shown_unless_late(form, "edited", lambda: moderation.approve_edited(
        actor=actor(), ref=ref, edited=form.wanted(case), words=form.reason(),
        seen=form.version.data or None, key=form.the_key(), now=now(),
    )):  # fmt: skip
        return redirect(url_for("desk.desk", done=ref))
    return render_template("desk/edit.html", form=form, held=case)


@blueprint.route("/messages", methods=["GET", "POST"])
@page(action=Action.MODERATE)
def messages() -> Any:
    """What did not arrive, or nobody knows."""
    waiting, form = undelivered.show(actor=actor(), now=now()), forms.Settled()
    form.know((str(one.id), message_words(one)) for one in waiting)
    if form.sent() and shown_at(form, lambda: undelivered.settle(
        actor=actor(), ids=form.ids(), key=form.the_key(), now=now()
    )):  # fmt: skip
        return redirect(url_for("desk.desk"))
    return render_template("desk/messages.html", waiting=waiting, form=form)


@blueprint.route("/answers", methods=["GET", "POST"])
@page(action=Action.MODERATE)
def answers() -> Any:
    """What is often said here."""
    form = forms.StandardAnswer()
    if form.sent() and shown_at(form, lambda: standard_answers.add(
        actor=actor(), name=form.name.data or "", words=form.words.data or "", key=form.the_key(),
        now=now(),
    )):  # fmt: skip
        return redirect(url_for("desk_more.answers"))
    listed = standard_answers.show(actor=actor())
    return render_template("desk/answers.html", form=form, answers=listed, press=Confirm())


@blueprint.post("/answers/<ref:ref>/end")
@page(action=Action.MODERATE)
def end_answer(ref: str) -> Any:
    """One is offered no more."""
    form = Confirm()
    if form.sent():
        standard_answers.end(actor=actor(), ref=ref, key=form.the_key(), now=now())
    return redirect(url_for("desk_more.answers"))


@blueprint.get("/opened")
@page(action=Action.SEE_DESK)
def opened() -> str:
    """What opened by itself, because nobody had looked at it in time."""
    found = neglect.opened(actor=actor(), since=now() - LOOKED_BACK)
    return render_template("desk/opened.html", opened=found)
