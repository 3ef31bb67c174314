"""The register of complaints about personal data, for those who answer them."""

from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.doors.words import held
from enabler.services import complaints as service
from enabler.services.views.complaints import ComplaintView
from enabler.web.access import actor, place
from enabler.web.forms import complaints as forms
from enabler.web.forms.base import Confirm
from enabler.web.refusals import shown_unless_late

blueprint = Blueprint("complaints_desk", __name__, url_prefix="/desk/complaints")


@blueprint.get("")
@page(action=Action.KEEP_COMPLAINTS)
def register() -> str:
    """What waits, the most pressing on top, and what is answered."""
    found = service.register(actor=actor(), now=now())
    return render_template("complaints/register.html", register=found)


@blueprint.route("/<ref:ref>", methods=["GET", "POST"])
@page(action=Action.KEEP_COMPLAINTS)
def one(ref: str) -> Any:
    """One, with all that was done; write a note."""
    form = forms.NoteDown()
    if form.sent() and shown_unless_late(form, "words", lambda: service.note(
        actor=actor(), ref=ref, words=form.words.data or "", key=form.the_key(), now=now()
    )):  # fmt: skip
        return redirect(url_for("complaints_desk.one", ref=ref))
    shown = service.one(actor=actor(), ref=ref, now=now())
    return render_template(
        "complaints/one.html", complaint=shown, form=form, confirm=Confirm(formdata=None),
        meant=_meant(shown),
    )  # fmt: skip


@blueprint.post("/<ref:ref>/take")
@page(action=Action.KEEP_COMPLAINTS)
def take(ref: str) -> Response:
    """I look into it."""
    service.take(actor=actor(), ref=ref, key=Confirm().the_key(), now=now())
    return redirect(url_for("complaints_desk.one", ref=ref))


@blueprint.route("/<ref:ref>/answer", methods=["GET", "POST"])
@page(action=Action.KEEP_COMPLAINTS)
def answer(ref: str) -> Any:
    """Say what came of it, and why."""
    form = forms.AnswerComplaint()
    if form.sent() and shown_unless_late(form, "words", lambda: service.answer(
        actor=actor(), ref=ref, outcome=form.outcome.data or "", words=form.words.data or "",
        key=form.the_key(), now=now(),
    )):  # fmt: skip
        return redirect(url_for("complaints_desk.one", ref=ref))
    shown = service.one(actor=actor(), ref=ref, now=now())
    form.name_outcomes(shown.kind)
    return render_template(
        "complaints/answer.html", complaint=shown, form=form, meant=_meant(shown)
    )


def _meant(shown: ComplaintView) -> str | None:
    return held.meant_words(shown.meant, ZoneInfo(place().timezone))
