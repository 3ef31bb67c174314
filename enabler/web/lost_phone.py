"""I have lost my phone or number: in by a code to my mail, or to the people at the desk."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask_login import login_user

from enabler.domain.errors import Invalid, LimitReached
from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now, wiring
from enabler.services import lost_phone as service
from enabler.services import sign_in
from enabler.web.access import Visitor, browser, place, visitor
from enabler.web.forms import settings as forms
from enabler.web.refusals import shown_at

blueprint = Blueprint("lost_phone", __name__, url_prefix="/sign-in/lost")


@blueprint.route("", methods=["GET", "POST"])
@page(action=Action.SIGN_IN)
def lost() -> Any:
    """The mail address that a code goes to."""
    form = forms.LostMail()
    if form.sent() and _asked(form):
        session["lost-mail"] = form.email.data
        return redirect(url_for("lost_phone.code"))
    return render_template("settings/lost.html", form=form, sent_before="lost-mail" in session)


def _asked(form: forms.LostMail) -> bool:
    try:
        return shown_at(form, lambda: service.ask_code(
            place_id=place().id, typed=form.email.data or "", browser=browser(),
            from_address=request.remote_addr or "", secrets=wiring().secrets,
            key=form.the_key(), now=now(),
        ))  # fmt: skip
    except LimitReached as wrong:
        form.refuse("email", wrong)
        return False


@blueprint.route("/code", methods=["GET", "POST"])
@page(action=Action.SIGN_IN)
def code() -> Any:
    """The code that came; in, and to the page of the new number."""
    typed = session.get("lost-mail")
    if typed is None:
        return redirect(url_for("lost_phone.lost"))
    form = forms.LostCode()
    token = _checked(form, typed) if form.sent() else None
    found = None if token is None else sign_in.who(
        token=token, secrets=wiring().secrets, now=now()
    )  # fmt: skip
    if token is None or found is None:
        return render_template("settings/lost_code.html", form=form, typed=typed)
    session.pop("lost-mail", None)
    session.permanent = True
    login_user(Visitor(token, *found))
    return redirect(url_for("contacts.phone"))


def _checked(form: forms.LostCode, typed: str) -> str | None:
    before = visitor()
    try:
        return service.check_code(
            place_id=place().id, typed=typed, code=form.code.data or "", browser=browser(),
            secrets=wiring().secrets, now=now(), replacing=before.token if before else None,
        )  # fmt: skip
    except Invalid as wrong:
        if not form.show(wrong):
            raise
        return None


@blueprint.route("/no-mail", methods=["GET", "POST"])
@page(action=Action.SIGN_IN)
def no_mail() -> Any:
    """What people at the council can do, and a note to them."""
    form = forms.TellDesk()
    if form.sent() and _told(form):
        return redirect(url_for("lost_phone.told"))
    return render_template("settings/lost_no_mail.html", form=form)


def _told(form: forms.TellDesk) -> bool:
    try:
        return shown_at(form, lambda: service.tell_desk(
            place_id=place().id, name=form.name.data or "", phone_text=form.phone.data or "",
            words=form.words.data or "", secrets=wiring().secrets, key=form.the_key(), now=now(),
        ))  # fmt: skip
    except LimitReached as wrong:
        form.refuse("name", wrong)
        return False


@blueprint.get("/told")
@page(action=Action.SIGN_IN)
def told() -> str:
    """What happens with the note."""
    return render_template("settings/lost_told.html")
