"""A desk sets up who acts for somebody: who, the words read out, the code read back, done. The
council's desk does, and that of an organisation which acts itself."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from enabler.domain.consents import SIGN_UP
from enabler.domain.errors import LimitReached, WrongMoment
from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now, wiring
from enabler.doors.words.mandates import consent_lines
from enabler.services import drafts
from enabler.services import mandate_desk as service
from enabler.services.mandate_desk import Setting
from enabler.services.views.mandates import BegunView
from enabler.web.access import actor, browser
from enabler.web.forms import mandates as forms
from enabler.web.forms.agreeing import words_of
from enabler.web.forms.base import Confirm
from enabler.web.language import current
from enabler.web.mandate_seen import newcomer
from enabler.web.refusals import shown_at

blueprint = Blueprint("mandate_desk", __name__)


@blueprint.route("/desk/supporters", methods=["GET", "POST"])
@page(action=Action.RECORD_MANDATE)
def at_council() -> Any:
    """The council's desk: who is here, and who is to act for them."""
    return _begin(None)


@blueprint.route("/organisations/<ref:ref>/supporters", methods=["GET", "POST"])
@page(action=Action.SEE_ORGANISATION)
def at_organisation(ref: str) -> Any:
    """An organisation's own desk: who is here."""
    return _begin(ref)


@blueprint.route("/desk/supporters/code", methods=["GET", "POST"])
@page(action=Action.RECORD_MANDATE)
def code_at_council() -> Any:
    """The code that they read out."""
    return _code(None)


@blueprint.route("/organisations/<ref:ref>/supporters/code", methods=["GET", "POST"])
@page(action=Action.SEE_ORGANISATION)
def code_at_organisation(ref: str) -> Any:
    """The same at an organisation's desk."""
    return _code(ref)


def _begin(ref: str | None) -> Any:
    name = service.check(actor=actor(), organisation_ref=ref)
    said = _said(ref) or {"days": service.most(actor=actor(), now=now())}
    form = forms.AtDesk(data=said | {"days": str(said["days"])})
    if ref is not None:
        del form.helper
    if form.sent() and _code_sent(ref, form):
        drafts.keep(**_draft(ref), answers=_answers(form), now=now())
        return redirect(_address("code_at", ref))
    return render_template("supporters/desk.html", form=form, organisation=name, ref=ref,
                           lines=consent_lines())  # fmt: skip


def _answers(form: Any) -> dict[str, Any]:
    return {
        "to": form.to.data, "scopes": list(form.chosen), "days": form.days.number,
        "why": form.why.data, "helper": _helper(form), "language": current(),
    }  # fmt: skip


def _address(what: str, ref: str | None) -> str:
    if ref is None:
        return url_for(f"mandate_desk.{what}_council")
    return url_for(f"mandate_desk.{what}_organisation", ref=ref)


def _helper(form: Any) -> str:
    return str(form.helper.data or "") if "helper" in form else ""


def _code_sent(ref: str | None, form: Any) -> bool:
    setting = Setting(
        to=form.to.data or "", scopes=form.chosen, days=form.days.number, why=form.why.data or "",
        language=current(), helper=_helper(form), organisation_ref=ref,
    )  # fmt: skip
    try:
        return shown_at(form, lambda: service.ask_code(
            actor=actor(), setting=setting, browser=browser(),
            from_address=request.remote_addr or "", secrets=wiring().secrets, key=form.the_key(),
            now=now(),
        ))  # fmt: skip
    except LimitReached as wrong:
        form.refuse("to", wrong)
        return False


def _code(ref: str | None) -> Any:
    name = service.check(actor=actor(), organisation_ref=ref)
    said, form, back = _said(ref), forms.ReadOut(), _address("at", ref)
    begun: list[BegunView | None] = []
    if not said or _changed_their_mind(ref):
        return redirect(back)
    again = request.form.get("anew") == "1"
    sent_anew = again and _sent_anew(ref, said, form)
    if not again and form.sent() and _shown(
        form, lambda: begun.append(_begun(ref, said, form))
    ):  # fmt: skip
        form.new.data = form.new.data or ("" if begun[0] else "1")
    if begun and begun[0]:
        drafts.drop(**_draft(ref))
        return render_template("supporters/desk_done.html", ref=ref, again=back, begun=begun[0],
                               form=Confirm())  # fmt: skip
    return render_template("supporters/desk_code.html", form=form, to=said["to"], back=back,
                           organisation=name, terms=[words_of(SIGN_UP)], anew=sent_anew,
                           resending=Confirm())  # fmt: skip


def _changed_their_mind(ref: str | None) -> bool:
    """Nothing of whoever was here stands in the form for the next."""
    if request.form.get("stop") == "1":
        drafts.drop(**_draft(ref))
        return True
    return False


def _sent_anew(ref: str | None, said: dict[str, Any], form: forms.ReadOut) -> bool:
    try:
        service.ask_code(
            actor=actor(), setting=_setting(ref, said), browser=browser(),
            from_address=request.remote_addr or "", secrets=wiring().secrets,
            key=Confirm().the_key(), now=now(),
        )  # fmt: skip
    except LimitReached as wrong:
        form.refuse("code", wrong)
        return False
    return True


def _shown(form: forms.ReadOut, act: Any) -> bool:
    try:
        return shown_at(form, act)
    except (LimitReached, WrongMoment) as wrong:
        form.refuse("code", wrong)
        return False


def _setting(ref: str | None, said: dict[str, Any]) -> Setting:
    return Setting(
        to=said["to"], scopes=tuple(said["scopes"]), days=said["days"], why=said["why"],
        language=said["language"], helper=said["helper"], organisation_ref=ref,
    )  # fmt: skip


def _begun(ref: str | None, said: dict[str, Any], form: forms.ReadOut) -> BegunView | None:
    return service.begin_by_code(
        actor=actor(), setting=_setting(ref, said), code=form.code.data or "",
        person=newcomer(form), browser=browser(), secrets=wiring().secrets, now=now(),
    )  # fmt: skip


def _draft(ref: str | None) -> dict[str, Any]:
    """Where what was typed waits for the code: each colleague's by itself, for they share the
    computer."""
    form = f"mandate-desk-{actor().member_id}-{(ref or 'council').upper()}"
    return {"browser": browser(), "form": form, "secrets": wiring().secrets}


def _said(ref: str | None) -> dict[str, Any]:
    return drafts.read(**_draft(ref), now=now())
