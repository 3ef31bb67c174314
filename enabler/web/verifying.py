"""For whoever is shown a proof: is it good? For programs: a place's keys, what counts no more."""

from typing import Any

from flask import Blueprint, Response, abort, jsonify, render_template, request

from enabler.domain.permissions import Action
from enabler.doors.access import Placed, page
from enabler.doors.signing import TYPE
from enabler.doors.wiring import now, wiring
from enabler.services import issuing, verifying
from enabler.web.access import actor
from enabler.web.calendars import base_url
from enabler.web.forms import proofs as forms
from enabler.web.slugs import slug_in_path

blueprint = Blueprint("verifying", __name__)
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
    form.code.data = ""
    return render_template("proofs/link.html", form=form, found=found)


def _slug() -> str:
    """Of which place: it stands in the path, whoever asks."""
    return slug_in_path(request) or abort(404)


def _anybodys(response: Response) -> Response:
    """The same for everybody, and for a few minutes."""
    response.headers["Cache-Control"] = f"public, max-age={_KEPT}"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@blueprint.get("/did.json")
@page(action=Action.SEE_PUBLIC, placed=Placed.NEVER)
def did() -> Response:
    """Who the place is, and its public keys (did:web)."""
    found = jsonify(issuing.did_document(slug=_slug(), base_url=base_url(), now=now()))
    return _anybodys(found)


@blueprint.get("/jwks.json")
@page(action=Action.SEE_PUBLIC, placed=Placed.NEVER)
def jwks() -> Response:
    """The same keys as a JWK set."""
    return _anybodys(jsonify(issuing.jwks(slug=_slug(), now=now())))


@blueprint.get("/proofs/status/<int:number>")
@page(action=Action.SEE_PUBLIC, placed=Placed.NEVER)
def status(number: int) -> Any:
    """What counts no more, as a signed Bitstring Status List."""
    signed = issuing.status_list(
        slug=_slug(), number=number, signing=wiring().signing, base_url=base_url(), now=now()
    )
    return _anybodys(Response(signed, content_type=f"application/{TYPE}"))
