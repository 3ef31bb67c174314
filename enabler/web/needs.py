"""A need that was posted: where it stands, what comes next, take it back, say how it ended."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from enabler.domain.errors import Invalid, NotFound
from enabler.domain.permissions import Action
from enabler.domain.vocabulary import Outcome
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.services import explanations, needs
from enabler.web.access import actor, may_say_done
from enabler.web.forms.base import Confirm
from enabler.web.forms.needs import Close, WhichOffer
from enabler.web.refusals import shown_at
from enabler.web.statements import asked_about

blueprint = Blueprint("needs", __name__, url_prefix="/needs")


@blueprint.get("/<ref:ref>")
@page(action=Action.SEE_NEED)
def need(ref: str) -> str:
    """A need as its asker or staff sees it."""
    shown = needs.show(actor=actor(), ref=ref, now=now())
    asked = asked_about(shown.ref, shown.state)
    return render_template("needs/need.html", need=shown, asked=asked, form=Confirm())


@blueprint.route("/<ref:ref>/withdraw", methods=["GET", "POST"])
@page(action=Action.CHANGE_NEED)
def withdraw(ref: str) -> Any:
    """Take it back, after a page that says what that means."""
    form = Confirm()
    if form.sent():
        needs.withdraw(actor=actor(), ref=ref, key=form.the_key(), now=now())
        return redirect(url_for("needs.need", ref=ref))
    shown = needs.show(actor=actor(), ref=ref, now=now())
    return render_template("needs/withdraw.html", need=shown, form=form)


@blueprint.route("/<ref:ref>/close", methods=["GET", "POST"])
@page(action=Action.CHANGE_NEED)
def close(ref: str) -> Any:
    """Say how it ended."""
    form = Close()
    if form.sent() and shown_at(form, lambda: _closed(ref, form)):
        return redirect(url_for("needs.need", ref=ref))
    if not may_say_done():  # for another who has not let them: hours would move
        form.leave_out_helped()
    shown = needs.show(actor=actor(), ref=ref, now=now())
    return render_template("needs/close.html", need=shown, form=form)


def _closed(ref: str, form: Close) -> None:
    needs.close(
        actor=actor(), ref=ref, outcome=Outcome(form.outcome.data), words=form.words.data or None,
        key=form.the_key(), now=now(),
    )  # fmt: skip


@blueprint.get("/<ref:ref>/considered")
@page(action=Action.PROPOSE)
def considered(ref: str) -> str:
    """Who was considered for it, and why; with an offer's reference, why that one or not."""
    found = explanations.about_need(actor=actor(), need_ref=ref, now=now())
    form = WhichOffer(request.args, meta={"csrf": False})
    about = _about_offer(ref, form) if form.offer.data else None
    return render_template("needs/considered.html", found=found, about=about, form=form)


def _about_offer(ref: str, form: WhichOffer) -> explanations.OfferExplained | None:
    try:
        return explanations.about_offer(
            actor=actor(), need_ref=ref, offer_ref=form.offer.data, now=now()
        )
    except (Invalid, NotFound) as wrong:
        form.refuse("offer", wrong)
        return None
