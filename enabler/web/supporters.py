"""Who acts for me: see it, end it with one press, ask somebody, answer who asks."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from enabler.domain.errors import LimitReached, WrongMoment
from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now, wiring
from enabler.doors.words.mandates import consent_lines
from enabler.services import drafts, mandate_asks, mandates
from enabler.web.access import actor, browser
from enabler.web.forms import mandates as forms
from enabler.web.forms.base import Confirm, KeyedForm
from enabler.web.language import current
from enabler.web.refusals import shown_at

blueprint = Blueprint("supporters", __name__, url_prefix="/me/supporters")


@blueprint.get("")
@page(action=Action.SEE_OWN)
def mine() -> str:
    """Who acts for me, who did, who asks to, and what was done."""
    shown = mandates.mine(actor=actor(), now=now())
    return render_template("supporters/mine.html", mine=shown, form=Confirm())


@blueprint.route("/<ref:ref>", methods=["GET", "POST"])
@page(action=Action.CHANGE_OWN)
def one(ref: str) -> Any:
    """One of them, and how much I hear of what they do."""
    shown = mandates.show(actor=actor(), ref=ref, now=now())
    form = forms.Hear()
    if request.method == "GET":
        form.hears.data = shown.hears.value
    if form.sent() and shown_at(form, lambda: mandates.hear(
        actor=actor(), ref=ref, hears=str(form.hears.data), key=form.the_key(), now=now()
    )):  # fmt: skip
        return redirect(url_for("supporters.mine"))
    return render_template("supporters/one.html", one=shown, form=form, ending=Confirm())


@blueprint.post("/<ref:ref>/end")
@page(action=Action.CHANGE_OWN)
def end(ref: str) -> Any:
    """They act for me no more."""
    mandates.end(actor=actor(), ref=ref, key=Confirm().the_key(), now=now())
    return redirect(url_for("supporters.mine"))


@blueprint.post("/end")
@page(action=Action.CHANGE_OWN)
def end_all() -> Any:
    """Nobody acts for me any more."""
    mandates.end_all_of(actor=actor(), key=Confirm().the_key(), now=now())
    return redirect(url_for("supporters.mine"))


@blueprint.route("/<ref:ref>/renew", methods=["GET", "POST"])
@page(action=Action.CHANGE_OWN)
def renew(ref: str) -> Any:
    """For how long it is to go on, and the words that I agree to once more."""
    shown = mandates.show(actor=actor(), ref=ref, now=now())
    as_before = {"days": str((shown.until_at - shown.from_at).days)}
    form = forms.ForDays(data=_typed(f"renew-{ref}") or as_before)
    if form.sent() and _code_sent(form):
        drafts.keep(**_draft(f"renew-{ref}"), answers={"days": form.days.number}, now=now())
        return redirect(url_for("supporters.renew_code", ref=ref))
    return render_template("supporters/renew.html", one=shown, form=form, lines=consent_lines())


@blueprint.route("/<ref:ref>/renew/code", methods=["GET", "POST"])
@page(action=Action.CHANGE_OWN)
def renew_code(ref: str) -> Any:
    """My code: it goes on."""
    mandates.show(actor=actor(), ref=ref, now=now())
    said, form = _said(f"renew-{ref}"), forms.Code()
    if not said:
        return redirect(url_for("supporters.renew", ref=ref))
    if form.sent() and shown_at(form, lambda: mandate_asks.renew(
        actor=actor(), ref=ref, days=said["days"], code=form.code.data or "",
        language=current(), browser=browser(), secrets=wiring().secrets, now=now(),
    )):  # fmt: skip
        _drop(f"renew-{ref}")
        return redirect(url_for("supporters.mine"))
    return render_template(
        "supporters/code.html", form=form, back=url_for("supporters.renew", ref=ref)
    )


@blueprint.route("/ask", methods=["GET", "POST"])
@page(action=Action.CHANGE_OWN)
def ask() -> Any:
    """Ask somebody to act for me: who, in what, how long, and the words that I agree to."""
    form = forms.Ask(data=_typed("ask"))
    if form.sent() and _may_go_on(form, form.to.data or "") and _code_sent(form):
        _keep("ask", form, to=form.to.data)
        return redirect(url_for("supporters.ask_code"))
    return render_template("supporters/ask.html", form=form, lines=consent_lines())


@blueprint.route("/ask/code", methods=["GET", "POST"])
@page(action=Action.CHANGE_OWN)
def ask_code() -> Any:
    """My code: it is asked."""
    said, form = _said("ask"), forms.Code()
    if not said:
        return redirect(url_for("supporters.ask"))
    if form.sent() and shown_at(form, lambda: mandate_asks.invite(
        actor=actor(), to=said["to"], scopes=tuple(said["scopes"]), days=said["days"],
        code=form.code.data or "", language=current(), browser=browser(),
        secrets=wiring().secrets, now=now(),
    )):  # fmt: skip
        _drop("ask")
        return render_template("supporters/sent.html")
    return render_template("supporters/code.html", form=form, back=url_for("supporters.ask"))


@blueprint.route("/asked/<ref:ref>", methods=["GET", "POST"])
@page(action=Action.CHANGE_OWN)
def asked(ref: str) -> Any:
    """Somebody asks to act for me: who, and in what of it I let them."""
    shown = mandate_asks.show(actor=actor(), ref=ref, now=now())
    form = forms.InWhat(data=_typed(ref) or {"days": str(shown.days), "scopes": list(shown.scopes)})
    form.scopes.choices = [one for one in form.scopes.choices if one.value in shown.scopes]
    if form.sent() and _may_go_on(form) and _code_sent(form):
        _keep(ref, form)
        return redirect(url_for("supporters.agree", ref=ref))
    return render_template("supporters/asked.html", ask=shown, form=form, saying_no=Confirm(),
                           lines=consent_lines())  # fmt: skip


@blueprint.route("/asked/<ref:ref>/code", methods=["GET", "POST"])
@page(action=Action.CHANGE_OWN)
def agree(ref: str) -> Any:
    """My code: they may act for me."""
    mandate_asks.show(actor=actor(), ref=ref, now=now())
    said, form = _said(ref), forms.Code()
    if not said:
        return redirect(url_for("supporters.asked", ref=ref))
    if form.sent() and shown_at(form, lambda: mandate_asks.agree(
        actor=actor(), ref=ref, scopes=tuple(said["scopes"]), days=said["days"],
        code=form.code.data or "", language=current(), browser=browser(),
        secrets=wiring().secrets, now=now(),
    )):  # fmt: skip
        _drop(ref)
        return redirect(url_for("supporters.mine"))
    return render_template(
        "supporters/code.html", form=form, back=url_for("supporters.asked", ref=ref)
    )


@blueprint.post("/asked/<ref:ref>/no")
@page(action=Action.CHANGE_OWN)
def decline(ref: str) -> Any:
    """No; or I take back what I asked."""
    change = mandate_asks.withdraw if request.form.get("mine") else mandate_asks.decline
    change(actor=actor(), ref=ref, key=Confirm().the_key(), now=now())
    return redirect(url_for("supporters.mine"))


def _may_go_on(form: Any, to: str | None = None) -> bool:
    """What was chosen means something, before a code is sent for it."""
    return shown_at(form, lambda: mandate_asks.check(
        actor=actor(), scopes=form.chosen, days=form.days.number, to=to, now=now()
    ))  # fmt: skip


def _code_sent(form: KeyedForm) -> bool:
    try:
        mandate_asks.send_own_code(
            actor=actor(), browser=browser(), from_address=request.remote_addr or "",
            secrets=wiring().secrets, key=form.the_key(), now=now(),
        )  # fmt: skip
    except (LimitReached, WrongMoment) as wrong:
        form.refuse("days", wrong)
        return False
    return True


def _draft(what: str) -> dict[str, Any]:
    form = f"mandate-{actor().member_id}-{what.upper()}"
    return {"browser": browser(), "form": form, "secrets": wiring().secrets}


def _keep(what: str, form: Any, **more: Any) -> None:
    answers = {"scopes": list(form.chosen), "days": form.days.number, **more}
    drafts.keep(**_draft(what), answers=answers, now=now())


def _said(what: str) -> dict[str, Any]:
    return drafts.read(**_draft(what), now=now())


def _typed(what: str) -> dict[str, Any]:
    """The same, as the form shows it."""
    said = _said(what)
    return said | {"days": str(said["days"])} if said else {}


def _drop(what: str) -> None:
    drafts.drop(**_draft(what))
