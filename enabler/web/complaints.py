"""Your data: where everything about it is; and a complaint about it, also without an account."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, redirect, render_template, request, session, url_for

from enabler.domain.complaints import COMPLAINT, CORRECTION
from enabler.domain.errors import LimitReached
from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now, wiring
from enabler.doors.words import held
from enabler.services import complaints as service
from enabler.web.access import actor, member, place
from enabler.web.forms import complaints as forms
from enabler.web.refusals import shown_at, shown_unless_late

blueprint = Blueprint("complaints", __name__)
TOLD = "complaint-told"


@blueprint.get("/your-data")
@page(action=Action.SEE_PUBLIC)
def yours() -> str:
    """What is yours to see, to end and to complain of."""
    found = {
        kind: service.counts(actor=actor(), place_id=place().id, kind=kind, now=now())
        for kind in (COMPLAINT, CORRECTION)
    }
    return render_template(
        "complaints/your_data.html",
        counts=found[COMPLAINT],
        put_right=found[CORRECTION],
        known=member() is not None,
    )


@blueprint.route("/your-data/complain", methods=["GET", "POST"])
@page(action=Action.TELL_COUNCIL)
def complain() -> Any:
    """Say what is wrong with what we do with your data."""
    form: Any = forms.Complain() if member() else forms.StrangersComplain()
    try:
        if form.sent() and shown_at(form, lambda: _made(form)):
            return redirect(url_for("complaints.made"))
    except LimitReached as wrong:
        form.refuse("words", wrong)
    return render_template("complaints/complain.html", form=form, known=member() is not None)


def _made(form: Any) -> None:
    secrets = wiring().secrets
    ref = service.make(
        actor=actor(), words=form.words.data or "", key=form.the_key(), now=now(),
        call_back=form["call_back"].data or None if "call_back" in form else None,
        from_address=request.remote_addr or "", secrets=secrets,
    )  # fmt: skip
    known = member() is not None
    token = None if known else service.link_of(ref=ref, secrets=secrets)
    session[TOLD] = {"ref": ref, "token": token, "at": now().isoformat()}


@blueprint.get("/your-data/complain/made")
@page(action=Action.TELL_COUNCIL)
def made() -> Any:
    """It is with us: its reference, and the day by which there is an answer."""
    told = session.get(TOLD)
    if not isinstance(told, dict):
        return redirect(url_for("complaints.yours"))
    day = service.answer_by(
        actor=actor(), place_id=place().id, made_at=datetime.fromisoformat(told["at"]),
        correction=bool(told.get("correction")),
    )  # fmt: skip
    return render_template("complaints/made.html", told=told, day=day)


@blueprint.get("/your-data/complaints")
@page(action=Action.SEE_OWN)
def mine() -> str:
    """What I complained of."""
    return render_template(
        "complaints/mine.html", complaints=service.mine(actor=actor(), now=now())
    )


@blueprint.route("/your-data/complaints/<ref:ref>", methods=["GET", "POST"])
@page(action=Action.SEE_OWN)
def one(ref: str) -> Any:
    """Where one stands; add something to it."""
    form = forms.AddTo()
    if form.sent() and shown_unless_late(form, "words", lambda: service.add(
        actor=actor(), ref=ref, words=form.words.data or "", key=form.the_key(), now=now()
    )):  # fmt: skip
        return redirect(url_for("complaints.one", ref=ref))
    shown = service.show(actor=actor(), ref=ref, now=now())
    meant = held.meant_words(shown.meant, ZoneInfo(place().timezone))
    return render_template("complaints/own.html", complaint=shown, form=form, meant=meant)


@blueprint.get("/your-data/complaints/at/<token>")
@page(action=Action.FOLLOW_LINK)
def by_link(token: str) -> str:
    """Where one stands, for whoever has the link."""
    shown = service.by_link(actor=actor(), token=token, secrets=wiring().secrets, now=now())
    return render_template("complaints/own.html", complaint=shown)
