"""What was decided against somebody, and why; the appeal; questions; what is published."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from enabler.domain.permissions import Action, allowed
from enabler.doors.access import page
from enabler.doors.wiring import now, wiring
from enabler.services import questions
from enabler.services import statements as service
from enabler.web.access import actor, place
from enabler.web.forms import deciding as forms
from enabler.web.refusals import shown_unless_late

blueprint = Blueprint("statements", __name__)


def asked_about(ref: str, state: str) -> list[questions.QuestionView]:
    """What its author, who looks at the page of a held thing, is asked about it; a supporter, who
    answers nothing in their name, is asked nothing."""
    if state != "held" or actor().member_id is None or actor().by is not None:
        return []
    return [one for one in questions.waiting(actor=actor()) if one.about_ref == ref]


@blueprint.get("/decisions")
@page(action=Action.SEE_OWN)
def mine() -> str:
    """What was decided about your things, and what you are asked."""
    return render_template("statements/mine.html", mine=service.mine(actor=actor()))


@blueprint.route("/decisions/<ref:ref>", methods=["GET", "POST"])
@page(action=Action.SEE_DECISION)
def statement(ref: str) -> Any:
    """One decision with its reasons; its author may say that they do not agree."""
    form = forms.Disagree()
    if form.sent() and shown_unless_late(form, "words", lambda: service.appeal(
        actor=actor(), ref=ref, words=form.words.data or "", key=form.the_key(), now=now()
    )):  # fmt: skip
        return redirect(url_for("statements.statement", ref=ref))
    shown = service.show(actor=actor(), ref=ref, now=now())
    return render_template("statements/statement.html", said=shown, form=form)


@blueprint.route("/statement", methods=["GET", "POST"])
@page(action=Action.FOLLOW_LINK)
def linked() -> Any:
    """The same by the link that we sent, for whoever cannot sign in."""
    form, token, secrets = forms.Disagree(), request.args.get("d", "")[:80], wiring().secrets
    if form.sent() and shown_unless_late(form, "words", lambda: service.appeal_linked(
        token=token, words=form.words.data or "", secrets=secrets, key=form.the_key(), now=now()
    )):  # fmt: skip
        return redirect(url_for("statements.linked", d=token))
    shown = service.show_linked(token=token, secrets=secrets, now=now())
    return render_template("statements/statement.html", said=shown, form=form)


@blueprint.route("/desk/appeals/<ref:ref>", methods=["GET", "POST"])
@page(action=Action.DECIDE_APPEAL)
def appeal(ref: str) -> Any:
    """An appeal: somebody else than before says what holds."""
    form = forms.DecideAppeal()
    if form.sent() and shown_unless_late(form, "decision", lambda: service.decide_appeal(
        actor=actor(), ref=ref, overturning=form.decision.data == "overturned",
        words=form.words.data or "", key=form.the_key(), now=now(),
    )):  # fmt: skip
        return redirect(url_for("desk.desk"))
    shown = service.to_decide(actor=actor(), ref=ref, now=now())
    looks = allowed(actor(), Action.MODERATE)
    return render_template("statements/appeal.html", said=shown, form=form, looks=looks)


@blueprint.route("/questions/<ref:ref>", methods=["GET", "POST"])
@page(action=Action.APPEAL)
def question(ref: str) -> Any:
    """What a custodian asks you about a thing of yours."""
    form = forms.Answer()
    if form.sent() and shown_unless_late(form, "words", lambda: questions.answer(
        actor=actor(), ref=ref, words=form.words.data or "", key=form.the_key(), now=now()
    )):  # fmt: skip
        return redirect(url_for("statements.question", ref=ref))
    shown = questions.show(actor=actor(), ref=ref)
    return render_template("statements/question.html", question=shown, form=form)


@blueprint.get("/market/decisions")
@page(action=Action.SEE_PUBLIC)
def market() -> str:
    """How many decisions there were against somebody, of many and never of a few."""
    found = service.market(actor=actor(), place_id=place().id, now=now())
    return render_template("statements/market.html", market=found)
