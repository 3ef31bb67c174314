"""At the desk: the place's own phrases for kinds of help, and what members let us learn from."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.services import own_wordings as service
from enabler.web.access import actor
from enabler.web.forms.base import Confirm
from enabler.web.forms.own_wordings import Phrase
from enabler.web.language import current
from enabler.web.refusals import shown_at

blueprint = Blueprint("own_wordings", __name__, url_prefix="/desk/wordings")


@blueprint.route("", methods=["GET", "POST"])
@page(action=Action.KEEP_WORDINGS)
def listed() -> Any:
    """What waits and what counts; a phrase of one's own is added."""
    form = Phrase()
    if form.sent() and shown_at(form, lambda: service.add(
        actor=actor(), phrase=form.phrase.data or "", category=form.category.data or "",
        language=current(), key=form.the_key(), now=now(),
    )):  # fmt: skip
        return redirect(url_for("own_wordings.listed"))
    return render_template(
        "desk/wordings.html", shown=service.show(actor=actor()), form=form,
        press=Confirm(formdata=None), back=url_for("desk.desk"),
    )  # fmt: skip


@blueprint.route("/proposed/<ref:ref>", methods=["GET", "POST"])
@page(action=Action.KEEP_WORDINGS)
def take(ref: str) -> Any:
    """Cut what was proposed to the phrase that counts, and take it."""
    form = Phrase()
    if form.sent() and shown_at(form, lambda: service.take(
        actor=actor(), ref=ref, phrase=form.phrase.data or "", category=form.category.data or "",
        key=form.the_key(), now=now(),
    )):  # fmt: skip
        return redirect(url_for("own_wordings.listed"))
    one = service.proposed(actor=actor(), ref=ref)
    if request.method == "GET":
        form.write(one)
    return render_template(
        "desk/wording.html", one=one, form=form, press=Confirm(formdata=None),
        back=url_for("own_wordings.listed"),
    )  # fmt: skip


@blueprint.post("/proposed/<ref:ref>/refuse")
@page(action=Action.KEEP_WORDINGS)
def refuse(ref: str) -> Any:
    """It is not taken."""
    service.refuse(actor=actor(), ref=ref, key=Confirm().the_key(), now=now())
    return redirect(url_for("own_wordings.listed"))


@blueprint.post("/<ref:ref>/end")
@page(action=Action.KEEP_WORDINGS)
def end(ref: str) -> Any:
    """It counts no more."""
    service.end(actor=actor(), ref=ref, key=Confirm().the_key(), now=now())
    return redirect(url_for("own_wordings.listed"))
