"""Change my phone or mail address: the new one, then the codes; and the link that says not me."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, session, url_for

from enabler.domain.errors import Invalid, LimitReached
from enabler.domain.permissions import Action
from enabler.doors.access import Placed, page
from enabler.doors.wiring import now, wiring
from enabler.services import contacts as service
from enabler.services import details, mail_removal
from enabler.web.access import actor, browser
from enabler.web.forms import settings as forms
from enabler.web.forms.base import Confirm
from enabler.web.refusals import shown_at

blueprint = Blueprint("contacts", __name__)

_FORMS = {"phone": (forms.NewPhone, "phone"), "mail": (forms.NewMail, "email")}


@blueprint.route("/me/details/phone", methods=["GET", "POST"])
@page(action=Action.CHANGE_OWN)
def phone() -> Any:
    """The new number."""
    return _new("phone")


@blueprint.route("/me/details/phone/code", methods=["GET", "POST"])
@page(action=Action.CHANGE_OWN)
def phone_code() -> Any:
    """The codes for it."""
    return _code("phone")


@blueprint.route("/me/details/mail", methods=["GET", "POST"])
@page(action=Action.CHANGE_OWN)
def mail() -> Any:
    """The new mail address."""
    return _new("mail")


@blueprint.route("/me/details/mail/code", methods=["GET", "POST"])
@page(action=Action.CHANGE_OWN)
def mail_code() -> Any:
    """The code for it."""
    return _code("mail")


def _new(kind: str) -> Any:
    shape, name = _FORMS[kind]
    form = shape()
    if form.sent() and _asked(form, kind, form[name]):
        session[f"new-{kind}"] = form[name].data
        return redirect(url_for(f"contacts.{kind}_code"))
    mine = details.show(actor=actor(), now=now())
    return render_template(
        "settings/new_contact.html", form=form, kind=kind, field=form[name], mine=mine,
        sent_before=f"new-{kind}" in session,
    )  # fmt: skip


def _asked(form: Any, kind: str, field: Any) -> bool:
    try:
        return shown_at(form, lambda: service.ask_codes(
            actor=actor(), kind=kind, typed=field.data or "", browser=browser(),
            from_address=request.remote_addr or "", secrets=wiring().secrets,
            key=form.the_key(), now=now(),
        ))  # fmt: skip
    except LimitReached as wrong:  # codes came before: they still work, here
        form.refuse(field.name, wrong)
        return False


def _code(kind: str) -> Any:
    typed = session.get(f"new-{kind}")
    if typed is None:
        return redirect(url_for("details.details"))
    old = service.asks_old(actor=actor(), kind=kind)
    form = forms.NewCode() if old is None else forms.BothCodes()
    if form.sent() and _changed(form, kind, typed):
        return redirect(url_for("details.details"))
    return render_template(
        "settings/code.html", form=form, kind=kind, new=typed, old=old,
        back=url_for(f"contacts.{kind}"),
    )  # fmt: skip


def _changed(form: Any, kind: str, typed: str) -> bool:
    old_code = form.old_code.data or "" if "old_code" in form else ""
    try:
        service.change(
            actor=actor(), kind=kind, typed=typed, code=form.code.data or "", old_code=old_code,
            browser=browser(), secrets=wiring().secrets, now=now(),
        )  # fmt: skip
    except Invalid as wrong:
        if not form.show(wrong):
            raise
        return False
    return True


@blueprint.route("/me/details/mail/remove", methods=["GET", "POST"])
@page(action=Action.CHANGE_OWN)
def remove_mail() -> Any:
    """What it means to take the mail address away; then a code to the phone."""
    form, mail = Confirm(), mail_removal.check(actor=actor())
    if form.sent():
        mail_removal.ask_code(
            actor=actor(), browser=browser(), from_address=request.remote_addr or "",
            secrets=wiring().secrets, key=form.the_key(), now=now(),
        )  # fmt: skip
        return redirect(url_for("contacts.remove_mail_code"))
    return render_template("settings/remove_mail.html", form=form, mail=mail)


@blueprint.route("/me/details/mail/remove/code", methods=["GET", "POST"])
@page(action=Action.CHANGE_OWN)
def remove_mail_code() -> Any:
    """The code that came; the address is gone."""
    form = forms.OldCode()
    if form.sent() and shown_at(form, lambda: mail_removal.remove(
        actor=actor(), code=form.code.data or "", browser=browser(), secrets=wiring().secrets,
        now=now(),
    )):  # fmt: skip
        return redirect(url_for("details.details"))
    mail = mail_removal.check(actor=actor())
    return render_template("settings/remove_mail_code.html", form=form, mail=mail)


@blueprint.route("/not-me", methods=["GET", "POST"])
@page(action=Action.FOLLOW_LINK, placed=Placed.IF_KNOWN)
def not_me() -> Any:
    """Whoever was told of a change says: that was not me. Looking at the page does nothing."""
    token, form = request.args.get("c", ""), Confirm()
    if form.sent():
        service.refuse(token=token, secrets=wiring().secrets, now=now())
        return redirect(url_for("contacts.not_me", c=token))
    change = service.may_refuse(token=token, secrets=wiring().secrets, now=now())
    return render_template("settings/not_me.html", form=form, change=change)
