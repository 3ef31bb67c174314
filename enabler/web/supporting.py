"""Those for whom I may act: begin, stop, and what they have asked for."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from enabler.domain.errors import Invalid, LimitReached
from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.forgery import FIELD
from enabler.doors.wiring import now, wiring
from enabler.services import acting, mandate_asks, mandate_going_on, mandate_offers, mandates
from enabler.web import again, telling
from enabler.web.access import actor, browser, own_actor, visitor
from enabler.web.forms import mandates as forms
from enabler.web.forms.base import Confirm
from enabler.web.refusals import shown_at

blueprint = Blueprint("supporting", __name__, url_prefix="/for")


@blueprint.get("")
@page(action=Action.SEE_OWN)
def whom() -> Any:
    """Those for whom I may act."""
    found = acting.whom(actor=own_actor(), now=now())
    someone = visitor()
    current = someone.acting.ref if someone and someone.acting else None
    return render_template("supporting/whom.html", found=found, current=current, form=Confirm())


@blueprint.post("/<ref:ref>")
@page(action=Action.CHANGE_OWN)
def begin(ref: str) -> Any:
    """I act for this person from now on."""
    someone, typed = visitor(), again.kept_here()
    acting.enter(
        actor=own_actor(), session_id=someone.signed.session_id if someone else 0, ref=ref,
        browser=browser(), secrets=wiring().secrets, now=now(),
    )  # fmt: skip
    of = telling.page_of(request.form.get("back"))
    turned = _turned(typed, ref, "supporting.theirs")
    return redirect(of) if of else turned


@blueprint.post("/stop")
@page(action=Action.CHANGE_OWN)
def stop() -> Any:
    """I act for myself again; with ``tell`` to tell the council something, of that page."""
    someone, typed = visitor(), again.kept_here()
    whom = someone.acting.ref if someone and someone.acting else None
    acting.leave(
        actor=own_actor(), session_id=someone.signed.session_id if someone else 0,
        browser=browser(), secrets=wiring().secrets,
    )  # fmt: skip
    if telling.begin(request.form.get("tell"), whom):
        session.pop(FIELD, None)
        return redirect(url_for("reports.about_anything"))
    return _turned(typed, "", "supporting.whom")


def _turned(typed: dict[str, Any], whom: str, to: str) -> Response:
    """What stands in another window was for somebody else: it is not sent. What was typed for this
    one, and could not be sent before, is shown once more."""
    session.pop(FIELD, None)
    if request.form.get("typed") and typed.get("whom") == whom:
        again.keep(typed)
        return redirect(url_for("again.again"))
    return redirect(url_for(to))


@blueprint.get("/now")
@page(action=Action.SEE_NEED)
def theirs() -> Any:
    """What the person for whom I act has asked for."""
    if actor().by is None:
        return redirect(url_for("supporting.whom"))
    needs = acting.asked_for(actor=actor(), now=now())
    return render_template("supporting/theirs.html", needs=needs)


@blueprint.post("/<ref:ref>/give-up")
@page(action=Action.CHANGE_OWN)
def give_up(ref: str) -> Any:
    """I act for this person no more, and cannot begin again by myself."""
    mandates.give_up(actor=own_actor(), ref=ref, key=Confirm().the_key(), now=now())
    return redirect(url_for("supporting.whom"))


@blueprint.post("/<ref:ref>/go-on")
@page(action=Action.CHANGE_OWN)
def go_on(ref: str) -> Any:
    """Ask this person whether I may go on. What follows is the same whatever becomes of it."""
    mandate_going_on.ask(
        actor=own_actor(), ref=ref, secrets=wiring().secrets, key=Confirm().the_key(), now=now()
    )
    return redirect(url_for("supporting.gone"))


@blueprint.get("/asked")
@page(action=Action.SEE_OWN)
def gone() -> str:
    """It was asked. This page names nobody and is the same for all."""
    return render_template("supporting/sent.html", going_on=True)


@blueprint.route("/ask", methods=["GET", "POST"])
@page(action=Action.CHANGE_OWN)
def ask() -> Any:
    """Ask somebody whether I may act for them."""
    form = forms.Ask()
    if form.sent() and _asked(form):
        return render_template("supporting/sent.html")
    return render_template("supporting/ask.html", form=form)


def _asked(form: forms.Ask) -> bool:
    try:
        return shown_at(form, lambda: mandate_asks.ask(
            actor=own_actor(), to=form.to.data or "", scopes=form.chosen, days=form.days.number,
            secrets=wiring().secrets, key=form.the_key(), now=now(),
        ))  # fmt: skip
    except LimitReached as wrong:
        form.refuse("to", wrong)
        return False


@blueprint.route("/asked/<ref:ref>", methods=["GET", "POST"])
@page(action=Action.CHANGE_OWN)
def asked(ref: str) -> Any:
    """Somebody asks me to act for them: who, with the code of the message, and my yes or no."""
    form, shown = forms.Answer(), mandate_asks.show(actor=own_actor(), ref=ref, now=now())
    if request.method == "GET":
        form.code.data = request.args.get("code", "")[:20]
    if form.sent():
        if form.answer.data and shown_at(form, lambda: mandate_offers.answer(
            actor=own_actor(), ref=ref, code=form.code.data or "",
            taking=form.answer.data == "yes", secrets=wiring().secrets, now=now(),
        )):  # fmt: skip
            return redirect(url_for("supporting.whom"))
        if not form.answer.data:
            shown = _opened(ref, form) or shown
    return render_template("supporting/asked.html", ask=shown, form=form)


def _opened(ref: str, form: forms.Answer) -> Any:
    try:
        return mandate_offers.open_with(
            actor=own_actor(),
            ref=ref,
            code=form.code.data or "",
            secrets=wiring().secrets,
            now=now(),
        )
    except Invalid as wrong:
        form.show(wrong)
        return None
