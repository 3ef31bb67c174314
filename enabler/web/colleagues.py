"""Who acts for an organisation: ask somebody, another part for one, remove one, leave."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for

from enabler.domain.errors import Invalid
from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now, wiring
from enabler.services import colleagues, invitations, organisations, relying
from enabler.services.views import ColleagueView, PeopleView
from enabler.web.access import actor
from enabler.web.forms import colleagues as forms
from enabler.web.forms.base import Confirm
from enabler.web.refusals import shown_at

blueprint = Blueprint("colleagues", __name__)


def _people(ref: str) -> PeopleView:
    return colleagues.people(actor=actor(), ref=ref, now=now())


def _kept(ref: str) -> PeopleView:
    """Likewise, for those who say who acts for it."""
    shown = _people(ref)
    return shown if "keep" in shown.may else abort(403)


def _one(shown: PeopleView, who: str) -> ColleagueView:
    return next((one for one in shown.people if one.ref == who), None) or abort(404)


@blueprint.get("/organisations/<ref:ref>/people")
@page(action=Action.SEE_COLLEAGUES)
def people(ref: str) -> str:
    """Who acts for it, and who has been asked."""
    relied = relying.of_organisation(actor=actor(), ref=ref, now=now())
    return render_template(
        "organisations/people.html", shown=_people(ref), relied=relied, form=Confirm()
    )


@blueprint.route("/organisations/<ref:ref>/people/invite", methods=["GET", "POST"])
@page(action=Action.KEEP_COLLEAGUES)
def invite(ref: str) -> Any:
    """Ask somebody by their number or mail address."""
    form, shown = forms.Invite(), _kept(ref)
    if form.sent() and shown_at(form, lambda: invitations.invite(
        actor=actor(), ref=ref, role=str(form.role.data), to=form.to.data or "",
        secrets=wiring().secrets, key=form.the_key(), now=now(),
    )):  # fmt: skip
        return redirect(url_for("colleagues.people", ref=ref))
    return render_template("organisations/invite.html", shown=shown, form=form)


@blueprint.route("/organisations/<ref:ref>/people/<ref:who>", methods=["GET", "POST"])
@page(action=Action.KEEP_COLLEAGUES)
def person(ref: str, who: str) -> Any:
    """Another part for one of them."""
    form, shown = forms.OtherRole(), _kept(ref)
    one = _one(shown, who)
    if request.method == "GET":
        form.role.data = one.role.value
    if form.sent() and shown_at(form, lambda: colleagues.change_role(
        actor=actor(), ref=ref, who=who, role=str(form.role.data), key=form.the_key(), now=now()
    )):  # fmt: skip
        return redirect(url_for("colleagues.people", ref=ref))
    return render_template("organisations/person.html", shown=shown, one=one, form=form)


@blueprint.route("/organisations/<ref:ref>/people/<ref:who>/remove", methods=["GET", "POST"])
@page(action=Action.KEEP_COLLEAGUES)
def remove(ref: str, who: str) -> Any:
    """Remove one of them, after a page that says what that means."""
    form = Confirm()
    if form.sent():
        colleagues.remove(actor=actor(), ref=ref, who=who, key=form.the_key(), now=now())
        return redirect(url_for("colleagues.people", ref=ref))
    shown = _kept(ref)
    return render_template(
        "organisations/remove.html", shown=shown, one=_one(shown, who), form=form
    )


@blueprint.route("/organisations/<ref:ref>/leave", methods=["GET", "POST"])
@page(action=Action.LEAVE_ORGANISATION)
def leave(ref: str) -> Any:
    """Act for it no more, after a page that says what that means."""
    form = Confirm()
    if form.sent():
        colleagues.leave(actor=actor(), ref=ref, key=form.the_key(), now=now())
        return redirect(url_for("mine.mine"))
    shown = organisations.show(actor=actor(), ref=ref, now=now())
    if "leave" not in shown.may:
        abort(403)
    return render_template("organisations/leave.html", organisation=shown, form=form)


@blueprint.route("/invitations/<ref:ref>", methods=["GET", "POST"])
@page(action=Action.JOIN_ORGANISATION)
def invitation(ref: str) -> Any:
    """Somebody asks me to act for them: my yes or no."""
    form = forms.Answer()
    if request.method == "GET":
        form.code.data = request.args.get("code", "")[:20]
    if form.sent() and shown_at(form, lambda: invitations.answer(
        actor=actor(), invitation_ref=ref, code=form.code.data or "",
        joining=form.answer.data == "yes", secrets=wiring().secrets, key=form.the_key(),
        now=now(),
    )):  # fmt: skip
        return redirect(url_for("mine.mine"))
    return _invitation(ref, form)


def _invitation(ref: str, form: forms.Answer) -> str:
    """What was asked, for whom it was sent to; anybody else shows first that they have its code."""
    shown = invitations.show(actor=actor(), invitation_ref=ref, now=now())
    first = request.method == "POST" and "answer" not in request.form
    if first and shown.organisation is None and shown.waits:
        try:
            shown = invitations.open_with(
                actor=actor(), invitation_ref=ref, code=form.code.data or "",
                secrets=wiring().secrets, now=now(),
            )  # fmt: skip
        except Invalid as wrong:
            form.code.errors = []
            form.show(wrong)
        form.answer.errors = []
    return render_template("organisations/invitation.html", invitation=shown, form=form)


@blueprint.post("/invitations/<ref:ref>/withdraw")
@page(action=Action.KEEP_COLLEAGUES)
def withdraw(ref: str) -> Any:
    """Take back what somebody was asked."""
    key = Confirm().the_key()
    organisation = invitations.withdraw(actor=actor(), invitation_ref=ref, key=key, now=now())
    return redirect(url_for("colleagues.people", ref=organisation))
