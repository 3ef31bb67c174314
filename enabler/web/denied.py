"""The deny list, and messages that wait for a look."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for

from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now, wiring
from enabler.services import denied as service
from enabler.services import held_messages
from enabler.web.access import actor
from enabler.web.forms import denied as forms
from enabler.web.forms.base import Confirm
from enabler.web.refusals import shown_at, shown_unless_late

blueprint = Blueprint("denied", __name__, url_prefix="/desk")


@blueprint.route("/denied", methods=["GET", "POST"])
@page(action=Action.BAR_PERSON)
def denied() -> Any:
    """Accounts that wait, and who is on the list; and of whom to decide."""
    form, found = forms.Who(), list[str]()
    if form.sent() and shown_at(form, lambda: found.append(
        service.find(actor=actor(), typed=form.who.data or "")
    )):  # fmt: skip
        return redirect(url_for("denied.remove", ref=found[0]))
    shown = service.overview(actor=actor(), now=now())
    return render_template(
        "denied/denied.html", shown=shown, form=form, press=Confirm(), back=url_for("desk.desk")
    )


@blueprint.route("/denied/<ref:ref>/remove", methods=["GET", "POST"])
@page(action=Action.BAR_PERSON)
def remove(ref: str) -> Any:
    """Remove a person for good, after a page that says what that means."""
    form = forms.Remove()
    if form.sent() and shown_unless_late(form, "words", lambda: service.remove(
        actor=actor(), ref=ref, reason=form.reason.data or "", words=form.words.data or "",
        secrets=wiring().secrets, key=form.the_key(), now=now(),
    )):  # fmt: skip
        return redirect(url_for("denied.denied"))
    shown = service.person(actor=actor(), ref=ref, now=now())
    return _page("remove", shown, form)


@blueprint.route("/denied/<ref:ref>/let-in", methods=["GET", "POST"])
@page(action=Action.BAR_PERSON)
def let_in(ref: str) -> Any:
    """It is somebody else: the account is theirs to use."""
    form = forms.LetIn()
    if form.sent() and shown_unless_late(form, "words", lambda: service.let_in(
        actor=actor(), ref=ref, words=form.words.data or "", key=form.the_key(), now=now()
    )):  # fmt: skip
        return redirect(url_for("denied.denied"))
    shown = service.person(actor=actor(), ref=ref, now=now())
    return _page("let_in", shown, form)


def _page(name: str, shown: Any, form: Any) -> str:
    back = url_for("denied.denied")
    return render_template(f"denied/{name}.html", shown=shown, form=form, back=back)


@blueprint.post("/denied/<ref:ref>/lift")
@page(action=Action.BAR_PERSON)
def lift(ref: str) -> Any:
    """Take somebody off the list."""
    service.lift(actor=actor(), ref=ref, key=Confirm().the_key(), now=now())
    return redirect(url_for("denied.denied"))


@blueprint.get("/said")
@page(action=Action.MODERATE)
def messages() -> str:
    """Messages that wait for a look."""
    waiting = held_messages.waiting(actor=actor())
    return render_template("denied/messages.html", waiting=waiting, back=url_for("desk.desk"))


@blueprint.route("/said/<ref:ref>", methods=["GET", "POST"])
@page(action=Action.MODERATE)
def message(ref: str) -> Any:
    """One of them: pass it on, or stop it."""
    form = forms.PassOn()
    if form.sent() and shown_unless_late(form, "decision", lambda: held_messages.decide(
        actor=actor(), ref=ref, passing=form.decision.data == "pass", key=form.the_key(),
        now=now(),
    )):  # fmt: skip
        return redirect(url_for("denied.messages"))
    shown = held_messages.show(actor=actor(), ref=ref, now=now())
    back = url_for("denied.messages")
    return render_template("denied/message.html", shown=shown, form=form, back=back)
