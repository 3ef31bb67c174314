"""At the desk: whose proofs this place believes, and a proof of elsewhere that becomes a check."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from enabler.domain.errors import Invalid, NotFound
from enabler.domain.permissions import Action
from enabler.domain.vocabulary import CredentialKind
from enabler.doors.access import page
from enabler.doors.wiring import now, wiring
from enabler.services import bringing, trust
from enabler.web.access import actor
from enabler.web.calendars import base_url
from enabler.web.forms import proofs as forms
from enabler.web.forms.base import Confirm
from enabler.web.refusals import shown_unless_late

blueprint = Blueprint("trust", __name__, url_prefix="/desk")


@blueprint.get("/trusted")
@page(action=Action.KEEP_PLACE)
def listed() -> str:
    """Whom we believe."""
    found = trust.listed(actor=actor(), now=now())
    return render_template("proofs/trusted.html", trusted=found, form=Confirm(formdata=None))


@blueprint.route("/trusted/new", methods=["GET", "POST"])
@page(action=Action.KEEP_PLACE)
def add() -> Any:
    """Believe another place."""
    form = forms.Trust()
    if form.sent() and shown_unless_late(form, "name", lambda: trust.add(
        actor=actor(), did=form.did.data, name=form.name.data or "", keys=form.keys.data or "",
        kinds=[CredentialKind(kind) for kind in form.kinds.data or ()], until=form.until.given,
        signing=wiring().signing, base_url=base_url(), key=form.the_key(), now=now(),
    )):  # fmt: skip
        return redirect(url_for("trust.listed"))
    trust.listed(actor=actor(), now=now())
    return render_template("proofs/trust.html", form=form)


@blueprint.post("/trusted/<ref:ref>/end")
@page(action=Action.KEEP_PLACE)
def end(ref: str) -> Any:
    """Believe it no more."""
    trust.end(actor=actor(), ref=ref, key=Confirm().the_key(), now=now())
    return redirect(url_for("trust.listed"))


@blueprint.route("/credentials/bring", methods=["GET", "POST"])
@page(action=Action.RECORD_CREDENTIAL)
def bring() -> Any:
    """A proof of another place becomes a check here."""
    form, status = forms.BringIn(), 200
    if request.method == "GET":
        form.holder_ref.data = request.args.get("holder", "")[:20]
    try:
        if form.sent() and shown_unless_late(form, "text", lambda: _brought(form)):
            return redirect(url_for("checks_desk.desk"))
    except NotFound as nobody:  # said at its field: what was typed beside it stays
        form.show(Invalid("holder_ref", nobody.code))
        status = 404
    return render_template("proofs/bring.html", form=form), status


def _brought(form: forms.BringIn) -> object:
    return bringing.bring_in(
        actor=actor(), holder_ref=form.holder_ref.data or "", text=form.text.data or "",
        sure=form.sure.data, signing=wiring().signing, base_url=base_url(), key=form.the_key(),
        now=now(),
    )  # fmt: skip
