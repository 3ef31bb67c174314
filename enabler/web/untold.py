"""People tell members without phone and mail what could not be sent to them."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from enabler.domain.permissions import Action, allowed
from enabler.doors.access import page
from enabler.doors.wiring import now, wiring
from enabler.doors.words.untold import came_of_before, said_aloud
from enabler.services import untold as service
from enabler.services.views.untold import UntoldView
from enabler.web.access import actor
from enabler.web.forms import untold as forms
from enabler.web.forms.base import Confirm
from enabler.web.refusals import shown_at

blueprint = Blueprint("untold", __name__, url_prefix="/desk/untold")


@blueprint.get("")
@page(action=Action.TELL_UNTOLD)
def listed() -> str:
    """Those who wait to be told."""
    found = service.listed(actor=actor(), now=now())
    may_decide = allowed(actor(), Action.MODERATE)
    return render_template("untold/listed.html", found=found, may_decide=may_decide)


@blueprint.route("/<ref:ref>", methods=["GET", "POST"])
@page(action=Action.TELL_UNTOLD)
def one(ref: str) -> Any:
    """Whom it is for, what is to be said, and what came of it."""
    form = forms.CameOf()
    if form.sent() and shown_at(form, lambda: service.note(
        actor=actor(), ref=ref, came_of=form.came_of.data or "", seen=form.number(),
        secrets=wiring().secrets, key=form.the_key(), now=now(),
    )):  # fmt: skip
        return redirect(url_for("untold.listed", done=1))
    shown = _shown(ref)
    form.know(shown)
    before = shown.before and (shown.before[1], came_of_before(shown.before[0]))
    return render_template(
        "untold/one.html", shown=shown, said=_said(shown), before=before, form=form
    )


@blueprint.get("/<ref:ref>/letter")
@page(action=Action.TELL_UNTOLD)
def letter(ref: str) -> Any:
    """The same in large print, to send."""
    shown = _shown(ref)
    if shown.no_letters:
        return redirect(url_for("untold.one", ref=ref))
    return render_template("untold/letter.html", shown=shown, said=_said(shown))


@blueprint.route("/<ref:ref>/where", methods=["GET", "POST"])
@page(action=Action.TELL_UNTOLD)
def where(ref: str) -> Any:
    """Why one looks where they live."""
    form = forms.Where()
    if form.sent() and shown_at(form, lambda: service.look(
        actor=actor(), ref=ref, reason=form.reason.data or "", words=form.words.data, now=now()
    )):  # fmt: skip
        return redirect(url_for("untold.one", ref=ref))
    return render_template("untold/where.html", shown=_shown(ref), form=form)


@blueprint.route("/<ref:ref>/never", methods=["GET", "POST"])
@page(action=Action.TELL_UNTOLD)
def never(ref: str) -> Any:
    """How they are not to be reached."""
    form = forms.Never()
    if form.sent() and shown_at(form, lambda: service.never(
        actor=actor(), ref=ref, calls=bool(form.no_calls.data),
        letters=bool(form.no_letters.data), words=form.words.data, key=form.the_key(), now=now(),
    )):  # fmt: skip
        return redirect(url_for("untold.one", ref=ref))
    shown = _shown(ref)
    if request.method == "GET":
        form.know(shown)
    return render_template("untold/never.html", shown=shown, form=form)


@blueprint.route("/<ref:ref>/takes-texts", methods=["GET", "POST"])
@page(action=Action.TELL_UNTOLD)
def takes_texts(ref: str) -> Any:
    """Their phone takes our texts after all."""
    form = Confirm()
    if form.sent():
        service.takes_texts(actor=actor(), ref=ref, key=form.the_key(), now=now())
        return redirect(url_for("untold.listed", done=1))
    return render_template("untold/takes_texts.html", shown=_shown(ref), form=form)


def _shown(ref: str) -> UntoldView:
    return service.show(actor=actor(), ref=ref, secrets=wiring().secrets, now=now())


def _said(shown: UntoldView) -> list[str]:
    return [said_aloud(wiring().gateway, each, shown.language) for each in shown.letters]
