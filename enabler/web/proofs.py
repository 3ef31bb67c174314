"""What the council has checked about me, and the proofs of it that I carry elsewhere."""

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_babel import gettext

from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.qr import qr_code
from enabler.doors.signing import TYPE
from enabler.doors.wiring import now, wiring
from enabler.services import proofs
from enabler.services.views.proofs import CarriedView
from enabler.web.access import actor, place
from enabler.web.calendars import base_url
from enabler.web.forms import proofs as forms
from enabler.web.forms.base import Confirm
from enabler.web.refusals import shown_unless_late

blueprint = Blueprint("proofs", __name__, url_prefix="/me/facts")


@blueprint.get("")
@page(action=Action.SEE_OWN)
def facts() -> str:
    """What was checked, and the proofs that I have made."""
    found = proofs.facts(actor=actor(), now=now())
    return render_template("proofs/facts.html", mine=found, form=Confirm(formdata=None))


@blueprint.route("/<ref:ref>/prove", methods=["GET", "POST"])
@page(action=Action.CHANGE_OWN)
def make(ref: str) -> Any:
    """Make a proof of one."""
    form, made = forms.MakeProof(), []
    if form.sent() and shown_unless_late(form, "for_whom", lambda: made.append(proofs.make(
        actor=actor(), ref=ref, for_whom=form.for_whom.data or "", until=form.until.given,
        named=form.named.data, secrets=wiring().secrets, signing=wiring().signing,
        key=form.the_key(), now=now(),
    ))):  # fmt: skip
        return redirect(url_for("proofs.show", ref=made[0]))
    found = proofs.fact(actor=actor(), ref=ref, now=now())
    if request.method == "GET":
        form.until.data = found.until_at and found.until_at.date()
    return render_template("proofs/make.html", form=form, fact=found)


def _shown(ref: str) -> CarriedView:
    return proofs.show(
        actor=actor(), ref=ref, secrets=wiring().secrets, signing=wiring().signing,
        base_url=base_url(), now=now(),
    )  # fmt: skip


@blueprint.get("/proofs/<ref:ref>")
@page(action=Action.SEE_OWN)
def show(ref: str) -> str:
    """One of them, to be shown: as a QR code, a link, a code to read out, and a text."""
    found = _shown(ref)
    address = drawn = None
    if found.token is not None:
        path = url_for("verifying.link", token=found.token)
        address = f"{base_url().rstrip('/')}/{place().slug}{path}"
        drawn = qr_code(address, gettext("QR code of this proof"))
    return render_template("proofs/show.html", found=found, address=address, qr=drawn,
                           form=Confirm(formdata=None))  # fmt: skip


@blueprint.get("/proofs/<ref:ref>/file")
@page(action=Action.SEE_OWN)
def file(ref: str) -> Any:
    """The signed text as a file; back to its page where it is good no more."""
    found = _shown(ref)
    if found.text is None:
        return redirect(url_for("proofs.show", ref=ref))
    headers = {"Content-Disposition": f"attachment; filename=proof-{ref}.jwt"}
    return Response(found.text, content_type=f"application/{TYPE}", headers=headers)


@blueprint.post("/proofs/<ref:ref>/end")
@page(action=Action.CHANGE_OWN)
def end(ref: str) -> Any:
    """It counts no more."""
    proofs.end(actor=actor(), ref=ref, key=Confirm().the_key(), now=now())
    return redirect(url_for("proofs.facts"))
