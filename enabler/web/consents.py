"""What I agreed to: each with its words and a receipt; taken back in one press."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from enabler.domain.consents import Shown
from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.services import consents as service
from enabler.services import councillors, mandates
from enabler.web.access import actor
from enabler.web.forms.base import Confirm
from enabler.web.forms.consents import Again, ChooseCouncillor
from enabler.web.language import current
from enabler.web.paths import inside
from enabler.web.refusals import shown_unless_late

blueprint = Blueprint("consents", __name__)


def shown_on(where: str) -> Shown:
    """How the words stand before somebody's eyes on this page."""
    return Shown(current(), page=where)


@blueprint.get("/me/consents")
@page(action=Action.SEE_OWN)
def mine() -> str:
    """All of it, what stands on top."""
    return render_template(
        "consents/mine.html", mine=service.mine(actor=actor(), now=now()),
        mandates=mandates.standing(actor=actor(), now=now()), form=Confirm(formdata=None),
    )  # fmt: skip


@blueprint.get("/me/consents/<code>/<int:nth>")
@page(action=Action.SEE_OWN)
def receipt(code: str, nth: int) -> str:
    """A receipt, to be printed or mailed."""
    return render_template(
        "consents/receipt.html", form=Confirm(formdata=None),
        one=service.receipt(actor=actor(), code=code, nth=nth, now=now()),
        has_mail=service.mine(actor=actor(), now=now()).has_mail, sent="sent" in request.args,
    )  # fmt: skip


@blueprint.post("/me/consents/<code>/<int:nth>/mail")
@page(action=Action.CHANGE_OWN)
def mail(code: str, nth: int) -> Response:
    """Send me this by mail."""
    service.send_receipt(actor=actor(), code=code, nth=nth, key=Confirm().the_key(), now=now())
    return redirect(url_for("consents.receipt", code=code, nth=nth, sent="1"))


@blueprint.post("/me/consents/<code>/take-back")
@page(action=Action.CHANGE_OWN)
def take_back(code: str) -> Response:
    """I take it back: what it lets happen ends at once."""
    about = request.form.get("about", "")[:20]
    service.withdraw(actor=actor(), code=code, about=about, key=Confirm().the_key(), now=now())
    return redirect(url_for("consents.mine"))


@blueprint.route("/me/consents/again", methods=["GET", "POST"])
@page(action=Action.CHANGE_OWN)
def again() -> Any:
    """What is to be asked again: newer words, or what is kept and was never asked."""
    due = service.due(actor=actor())
    to = inside(request.args.get("next"), otherwise=url_for("mine.mine"))
    form = Again()
    if form.sent() and shown_unless_late(form, "agrees", lambda: service.answer_again(
        actor=actor(), code=form.code.data or "", agrees=form.agrees.data == "yes",
        shown=shown_on("again"), key=form.the_key(), now=now(),
    )):  # fmt: skip
        return redirect(url_for("consents.again", next=to))
    if not due:
        return redirect(to)
    form.ask(due[0])
    return render_template("consents/again.html", form=form, code=due[0])


@blueprint.route("/needs/<ref:ref>/councillor", methods=["GET", "POST"])
@page(action=Action.CHANGE_NEED)
def councillor(ref: str) -> Any:
    """Let a councillor of my ward see what I asked for."""
    shown = councillors.to_choose(actor=actor(), need_ref=ref, now=now())
    form = ChooseCouncillor()
    form.choose_from(shown.councillors)
    if form.sent() and shown_unless_late(form, "councillor", lambda: councillors.let_see(
        actor=actor(), need_ref=ref, councillor_ref=form.councillor.data or "",
        shown=shown_on("councillor"), key=form.the_key(), now=now(),
    )):  # fmt: skip
        return redirect(url_for("consents.councillor", ref=ref))
    return render_template(
        "consents/councillor.html", form=form, shown=shown, end=Confirm(formdata=None)
    )


@blueprint.post("/me/shares/<ref:ref>/end")
@page(action=Action.CHANGE_OWN)
def end_share(ref: str) -> Response:
    """They see it no more."""
    councillors.end(actor=actor(), ref=ref, key=Confirm().the_key(), now=now())
    return redirect(url_for("consents.mine"))
