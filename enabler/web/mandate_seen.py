"""Somebody who has no phone is at the desk: what staff saw or heard, and the second person. And a
safeguarding lead ends a mandate."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from enabler.domain.consents import SIGN_UP
from enabler.domain.errors import LimitReached, WrongMoment
from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now, wiring
from enabler.doors.words.mandates import consent_lines
from enabler.services import mandate_desk, mandate_looks, mandates
from enabler.services import mandate_witness as service
from enabler.web.access import actor
from enabler.web.forms import mandates as forms
from enabler.web.forms.agreeing import words_of
from enabler.web.forms.base import Confirm
from enabler.web.language import current
from enabler.web.refusals import shown_at

blueprint = Blueprint("mandate_seen", __name__, url_prefix="/desk/supporters")


@blueprint.route("/seen", methods=["GET", "POST"])
@page(action=Action.RECORD_MANDATE)
def seen() -> Any:
    """What was seen or heard."""
    mandate_desk.check(actor=actor())
    form = forms.Seen()
    found: list[Any] = []
    if form.sent() and _kept(form, found):
        return render_template("supporters/desk_seen.html", kind=found[0][0])
    if form.name.data and form.name.errors:
        form.new.data = "1"
    return render_template(
        "supporters/seen.html", form=form, lines=consent_lines(), terms=[words_of(SIGN_UP)]
    )


def newcomer(form: Any) -> service.Person | None:
    """Who they are, where the page asked for it."""
    if not form.new.data:
        return None
    return service.Person(
        name=form.name.data or "", postcode=form.postcode.data or "",
        address=form.address.data or "", adult=bool(form.adult.data), agreed=bool(form.agreed.data),
    )  # fmt: skip


def _kept(form: forms.Seen, found: list[Any]) -> bool:
    said = service.Seen(
        name=form.name.data or "", postcode=form.postcode.data or "",
        helper=form.helper.data or "", scopes=form.chosen, days=form.days.number,
        basis=str(form.basis.data or ""), attorney=form.attorney.data or None,
        evidence=form.evidence.data or "", language=current(), newcomer=newcomer(form),
    )  # fmt: skip
    try:
        return shown_at(form, lambda: found.append(service.witness(
            actor=actor(), seen=said, secrets=wiring().secrets, key=form.the_key(), now=now()
        )))  # fmt: skip
    except (LimitReached, WrongMoment) as wrong:
        form.refuse("helper", wrong)
        return False


@blueprint.get("/waiting")
@page(action=Action.RECORD_MANDATE)
def waiting() -> str:
    """What waits for a second person."""
    found = service.waiting(actor=actor(), now=now())
    return render_template("supporters/waiting.html", found=found)


@blueprint.route("/waiting/<ref:ref>", methods=["GET", "POST"])
@page(action=Action.RECORD_MANDATE)
def second(ref: str) -> Any:
    """I saw them too, or rang them: yes or no."""
    form = forms.Second()
    if form.sent() and shown_at(form, lambda: service.second(
        actor=actor(), ref=ref, agrees=form.answer.data == "yes", words=form.words.data or "",
        key=form.the_key(), now=now(),
    )):  # fmt: skip
        return redirect(url_for("mandate_seen.waiting"))
    shown = service.one(actor=actor(), ref=ref, now=now())
    return render_template("supporters/second.html", one=shown, form=form)


@blueprint.get("/looks")
@page(action=Action.END_MANDATE)
def looks() -> str:
    """Those at which a lead should look, with why."""
    found = mandate_looks.waiting(actor=actor(), now=now())
    return render_template("supporters/looks.html", found=found, form=Confirm())


@blueprint.post("/<ref:ref>/looked")
@page(action=Action.END_MANDATE)
def looked(ref: str) -> Any:
    """A lead has looked, and it may go on."""
    mandate_looks.looked(actor=actor(), ref=ref, key=Confirm().the_key(), now=now())
    return redirect(url_for("mandate_seen.looks"))


@blueprint.route("/<ref:ref>/end", methods=["GET", "POST"])
@page(action=Action.END_MANDATE)
def end(ref: str) -> Any:
    """A lead ends it, after a page that says what that means."""
    form = Confirm()
    if request.method == "POST" and form.sent():
        mandates.end_by_lead(actor=actor(), ref=ref, key=form.the_key(), now=now())
        return redirect(url_for("mandate_seen.looks"))
    shown = mandates.for_lead(actor=actor(), ref=ref, now=now())
    return render_template("supporters/end.html", one=shown, form=form)
