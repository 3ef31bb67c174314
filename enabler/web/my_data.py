"""All that is kept about me: seen kind by kind, put right where it stands, taken away as files."""

from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, redirect, render_template, request, session, url_for

from enabler.domain.errors import WrongMoment
from enabler.domain.permissions import Action
from enabler.doors import copies
from enabler.doors.access import page
from enabler.doors.wiring import now, wiring
from enabler.doors.words import held, privacy
from enabler.doors.words import my_data as words
from enabler.services import corrections, proving
from enabler.services import my_data as service
from enabler.services.views.my_data import AllHeldView, HeldKindView, RowView
from enabler.web import drafted
from enabler.web.access import actor, browser, place, visitor
from enabler.web.complaints import TOLD
from enabler.web.forms.base import Confirm
from enabler.web.forms.my_data import Correction, ProofCode
from enabler.web.refusals import shown_at

blueprint = Blueprint("my_data", __name__, url_prefix="/me/data")

NEWEST = 3
"""Rows of a kind that the page shows; the copy has them all."""
LINES = 10
"""Among so many it can be chosen which is wrong; of others it is said in words."""
CORRECT = {
    "details": "details.details", "home": "details.home", "wishes": "notices.ways",
    "contact": "details.details", "asked": "mine.mine", "offers": "mine.mine",
    "organisations": "mine.mine", "calendar": "calendars.mine", "checks": "checks.mine",
    "tokens": "api_tokens.tokens", "apart": "mine.apart", "browsers": "signed_in.browsers",
    "looked": "looked.looked", "supporters": "supporters.mine", "consents": "consents.mine",
    "proofs": "proofs.facts", "shared": "letting.shared", "complaints": "complaints.yours",
    "pause": "pausing.pause",
}  # fmt: skip
"""Where each kind is put right (``enabler/domain/privacy/kinds.toml``)."""


def _what(kind: HeldKindView) -> str:
    return privacy.kept_words(kind.what)


def _shown(template: str, copy: AllHeldView, **more: Any) -> str:
    parts: dict[str, list[HeldKindView]] = {}
    for kind in copy.kinds:
        parts.setdefault(kind.part, []).append(kind)
    zone = ZoneInfo(place().timezone)
    return render_template(
        template, copy=copy, parts=parts, what=_what, words=words, held=drafted, law=privacy,
        zone=zone, **more,
    )  # fmt: skip


@blueprint.get("")
@page(action=Action.SEE_OWN)
def mine() -> str:
    """What is held, why, how long, and where each is put right."""
    found = service.show(actor=actor(), now=now())
    correct = {code: url_for(page) for code, page in CORRECT.items()}
    return _shown("my_data/mine.html", found, correct=correct, newest=NEWEST)


@blueprint.route("/wrong", methods=["GET", "POST"])
@page(action=Action.CHANGE_OWN)
def wrong() -> Any:
    """Ask to put right what I cannot put right myself."""
    kinds = {one.what: one for one in service.show(actor=actor(), now=now()).kinds}
    names = {code: _what(one) for code, one in kinds.items()}
    form = Correction()
    if request.method == "GET":
        form.of.data = request.args.get("of", "")
    zone, of = ZoneInfo(place().timezone), kinds.get(str(form.of.data))
    rows = () if of is None else of.rows[::-1][:LINES]
    lines = {} if of is None else {held.row_heading(of.what, row, zone): row for row in rows}
    form.choose_among(names, lines)
    if form.sent() and shown_at(form, lambda: _ask(form, lines)):
        return redirect(url_for("complaints.made"))
    return render_template("my_data/wrong.html", form=form, about=of and _what(of))


def _ask(form: Correction, lines: dict[str, RowView]) -> None:
    of, line = form.meant
    ref = corrections.ask(
        actor=actor(), words=form.words.data or "", of=of, line=lines.get(line or ""),
        key=form.the_key(), now=now(),
    )  # fmt: skip
    session[TOLD] = {"ref": ref, "token": None, "at": now().isoformat(), "correction": True}


def _proof() -> Any:
    someone = visitor()
    return {
        "actor": actor(), "token": someone.token if someone else "", "secrets": wiring().secrets,
        "now": now(),
    }  # fmt: skip


@blueprint.route("/copy", methods=["GET", "POST"])
@page(action=Action.CHANGE_OWN)
def copy() -> Any:
    """The files to take away, or first a code that shows that it is them."""
    form = Confirm()
    if form.sent():
        proving.ask_code(
            actor=actor(), browser=browser(), from_address=request.remote_addr or "",
            secrets=wiring().secrets, key=form.the_key(), now=now(),
        )  # fmt: skip
        return redirect(url_for("my_data.code"))
    return render_template("my_data/copy.html", form=form, proof=proving.state(**_proof()))


@blueprint.route("/copy/code", methods=["GET", "POST"])
@page(action=Action.CHANGE_OWN)
def code() -> Any:
    """The code that came; then the files can be had."""
    form = ProofCode()
    if form.sent() and shown_at(form, lambda: proving.prove_it(
        code=form.code.data or "", browser=browser(), **_proof()
    )):  # fmt: skip
        return redirect(url_for("my_data.copy"))
    return render_template("my_data/code.html", form=form)


@blueprint.post("/copy/all")
@page(action=Action.CHANGE_OWN)
def everything() -> Any:
    """Everything in one file: to read, for a spreadsheet, for a program."""
    return _file("zip", "application/zip")


@blueprint.post("/copy/page")
@page(action=Action.CHANGE_OWN)
def to_read() -> Any:
    """Everything as one page to read or print."""
    return _file("html", "text/html; charset=utf-8")


def _file(kind: str, content_type: str) -> Any:
    try:
        found = service.take_copy(key=Confirm().the_key(), **_proof())
    except WrongMoment:  # the five minutes are over: another code
        return redirect(url_for("my_data.copy"))
    sheet = _shown("my_data/sheet.html", found)
    written = copies.as_zip(found, _what, sheet) if kind == "zip" else sheet
    headers = {"Content-Disposition": f"attachment; filename=my-data.{kind}"}
    return Response(written, content_type=content_type, headers=headers)
