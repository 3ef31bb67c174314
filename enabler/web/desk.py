"""The custodians' desk: what is held, what waits, what was reported; credentials."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from enabler.domain.errors import Invalid, NotFound
from enabler.domain.permissions import Action, allowed
from enabler.domain.vocabulary import CredentialKind
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.services import between_places, matches, moderation
from enabler.web.access import actor
from enabler.web.cases import case
from enabler.web.forms import desk as forms
from enabler.web.refusals import shown_at

blueprint = Blueprint("desk", __name__, url_prefix="/desk")


@blueprint.get("")
@page(action=Action.SEE_DESK)
def desk() -> str:
    """What waits for a decision, the next on top."""
    found = moderation.desk(actor=actor(), now=now())
    return render_template(
        "desk/desk.html", desk=found, may_decide=allowed(actor(), Action.MODERATE),
        proposals=between_places.proposals(actor=actor(), now=now()),
    )  # fmt: skip


@blueprint.route("/held/<ref:ref>", methods=["GET", "POST"])
@page(action=Action.MODERATE)
def held(ref: str) -> Any:
    """One held thing: approve it, or refuse it with a reason."""
    form = forms.Decide()
    if form.sent() and shown_at(form, lambda: _decided(ref, form)):
        return redirect(url_for("desk.desk"))
    waiting = moderation.desk(actor=actor(), now=now()).held
    found = next((each for each in waiting if each.ref == ref), None)
    return render_template("desk/held.html", held=found, ref=ref, form=form)


def _decided(ref: str, form: forms.Decide) -> None:
    decide = moderation.approve if form.decision.data == "approve" else moderation.refuse
    decide(actor=actor(), ref=ref, words=form.words.data or "", key=form.the_key(), now=now())


@blueprint.route("/credentials/new", methods=["GET", "POST"])
@page(action=Action.RECORD_CREDENTIAL)
def credential() -> Any:
    """Record a paper that was seen."""
    form = forms.Record()
    if request.method == "GET" and request.args.get("holder"):
        form.holder_ref.data = request.args["holder"][:20]
    status = 200
    try:
        if form.sent() and shown_at(form, lambda: _recorded(form)):
            return redirect(url_for("desk.desk"))
    except NotFound as nobody:  # said at its field: what was typed beside it stays
        form.show(Invalid("holder_ref", nobody.code))
        status = 404
    return render_template("desk/credential.html", form=form), status


def _recorded(form: forms.Record) -> None:
    seen_on, valid_until = form.days()
    moderation.record_credential(
        actor=actor(), holder_ref=form.holder_ref.data or "",
        kind=CredentialKind(form.kind.data), seen_on=seen_on, valid_until=valid_until,
        key=form.the_key(), now=now(),
    )  # fmt: skip


@blueprint.route("/reports/<ref:ref>", methods=["GET", "POST"])
@page(action=Action.KEEP_CASE)
def report(ref: str) -> Any:
    """One report: what was done about it."""
    return case(ref)


@blueprint.route("/matches/<ref:ref>/decide", methods=["GET", "POST"])
@page(action=Action.MODERATE)
def decide(ref: str) -> Any:
    """Two do not agree how long it took: say so for them."""
    form = forms.HowLong()
    if form.sent() and shown_at(form, lambda: matches.decide(
        actor=actor(), match_ref=ref, minutes=form.minutes.number or 0,
        words=form.words.data or "", key=form.the_key(), now=now(),
    )):  # fmt: skip
        return redirect(url_for("matches.match", ref=ref))
    shown = matches.show(actor=actor(), ref=ref, now=now())
    return render_template("desk/decide.html", match=shown, form=form)
