"""For whoever is shown a proof: is it good? For programs: a place's keys, what counts no more."""

from flask import Blueprint, Response, jsonify, render_template

from enabler.domain.errors import Invalid
from enabler.domain.permissions import Action
from enabler.doors.access import Placed, page
from enabler.doors.signing import TYPE
from enabler.doors.wiring import now, wiring
from enabler.services import issuing, relying, verifying
from enabler.web.access import actor, member
from enabler.web.calendars import base_url
from enabler.web.forms import proofs as forms
from enabler.web.forms.base import Confirm

blueprint = Blueprint("verifying", __name__)
NOT_EVEN_ONE = ("proof_unreadable", "proof_too_long")
"""What was pasted is no proof at all: said where it was typed."""
_KEPT = int(issuing.LIST_LASTS.total_seconds()) // 3


@blueprint.route("/verify", methods=["GET", "POST"])
@page(action=Action.SEE_PUBLIC)
def text() -> str:
    """A proof that was pasted: who vouches for what, until when, whether it is still good."""
    form, found = forms.CheckProof(), None
    if form.sent():
        found = verifying.by_text(
            actor=actor(), text=form.text.data or "", signing=wiring().signing,
            base_url=base_url(), now=now(),
        )  # fmt: skip
        if found.state in NOT_EVEN_ONE:
            form.show(Invalid("text", found.state))
            found = None
    return render_template("proofs/verify.html", form=form, found=found)


@blueprint.route("/verify/<token>", methods=["GET", "POST"])
@page(action=Action.SEE_PUBLIC)
def link(token: str) -> str:
    """A proof by its link; whoever shows it reads out a code."""
    form = forms.HolderCode()
    typed = (form.code.data or "").strip() if form.sent() else ""
    found = verifying.by_link(
        actor=actor(), token=token, code=typed or None, secrets=wiring().secrets,
        base_url=base_url(), now=now(),
    )  # fmt: skip
    someone = member()
    leads = someone is not None and someone.acting is None and found.holder == "same"
    return render_template(
        "proofs/link.html", form=form, found=found, token=token, keyed=Confirm(formdata=None),
        led=relying.could(actor=actor(), now=now()) if leads else (),
    )  # fmt: skip


def _anybodys(response: Response) -> Response:
    """The same for everybody, and for a few minutes."""
    response.headers["Cache-Control"] = f"public, max-age={_KEPT}"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@blueprint.get("/issuers/<slug>/did.json")
@page(action=Action.SEE_PUBLIC, placed=Placed.NEVER)
def did(slug: str) -> Response:
    """Who a place is, and its public keys (did:web)."""
    found = issuing.did_document(slug=slug, base_url=base_url(), now=now())
    return _anybodys(jsonify(found))


@blueprint.get("/issuers/<slug>/jwks.json")
@page(action=Action.SEE_PUBLIC, placed=Placed.NEVER)
def jwks(slug: str) -> Response:
    """The same keys as a JWK set."""
    return _anybodys(jsonify(issuing.jwks(slug=slug, now=now())))


@blueprint.get("/issuers/<slug>/status/<int:number>")
@page(action=Action.SEE_PUBLIC, placed=Placed.NEVER)
def status(slug: str, number: int) -> Response:
    """What counts no more, as a signed Bitstring Status List."""
    signed = issuing.status_list(
        slug=slug, number=number, signing=wiring().signing, base_url=base_url(), now=now()
    )
    return _anybodys(Response(signed, content_type=f"application/{TYPE}"))
