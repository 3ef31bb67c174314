"""Rules that end before their time: proposed by one, decided by another."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for

from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.services import rule_endings as service
from enabler.web.access import actor
from enabler.web.forms import rules_endings as forms
from enabler.web.forms.base import Confirm
from enabler.web.refusals import shown_unless_late

blueprint = Blueprint("rules_endings", __name__, url_prefix="/desk/rules")


@blueprint.route("/drafts/<ref:ref>/end", methods=["GET", "POST"])
@page(action=Action.DRAFT_RULES)
def propose(ref: str) -> Any:
    """Propose that the rules that a draft became end as soon as a colleague agrees."""
    form, made = forms.ProposeEnding(), []
    if form.sent() and shown_unless_late(form, "words", lambda: made.append(service.propose(
        actor=actor(), draft_ref=ref, words=form.words.data or "", key=form.the_key(), now=now(),
    ))):  # fmt: skip
        return redirect(url_for("rules_endings.ending", ref=made[0].ref))
    version = service.version_of(actor=actor(), draft_ref=ref, now=now())
    return render_template("rules/end.html", version=version, form=form)


@blueprint.route("/endings/<ref:ref>", methods=["GET", "POST"])
@page(action=Action.DRAFT_RULES)
def ending(ref: str) -> Any:
    """What is proposed, and the second person's decision."""
    form = forms.DecideEnding()
    if form.sent() and shown_unless_late(form, "decision", lambda: service.decide(
        actor=actor(), ref=ref, approving=form.decision.data == "approve",
        words=form.words.data or "", key=form.the_key(), now=now(),
    )):  # fmt: skip
        return redirect(url_for("rules_endings.ending", ref=ref))
    found = service.show(actor=actor(), ref=ref, now=now())
    return render_template("rules/ending.html", ending=found, form=form, taking_back=Confirm())


@blueprint.post("/endings/<ref:ref>/withdraw")
@page(action=Action.DRAFT_RULES)
def withdraw(ref: str) -> Any:
    """Take back what one has proposed."""
    form = Confirm()
    if form.sent():
        service.withdraw(actor=actor(), ref=ref, key=form.the_key(), now=now())
    return redirect(url_for("rules_endings.ending", ref=ref))
