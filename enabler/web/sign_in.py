"""Sign in by a code to one's phone; sign out. Staff have their own door (``staff``)."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask_login import login_user, logout_user
from werkzeug.wrappers import Response

from enabler.domain.errors import Invalid, LimitReached
from enabler.domain.permissions import Action, Actor
from enabler.doors.access import Placed, at_desk, in_ward, page
from enabler.doors.wiring import now, wiring
from enabler.services import consents, sign_in
from enabler.web.access import Visitor, browser, member, place, visitor, was_signed_in
from enabler.web.forms import signing as forms
from enabler.web.forms.base import Confirm
from enabler.web.language import begin_anew, current
from enabler.web.paths import inside

blueprint = Blueprint("sign_in", __name__)
LONGEST_WAY_BACK = 1_000
"""A browser throws away a cookie of more than 4 KB, and with it who is signed in."""

_OF_STAFF = ("/desk", "/ward")
"""Pages of people who work here: who wants one of them signs in with a password."""


@blueprint.route("/sign-in", methods=["GET", "POST"])
@page(action=Action.SIGN_IN)
def number() -> Any:
    """Ask for the number, send it a code."""
    remember_where_to()
    if request.method == "GET" and member() is not None:
        return redirect(inside(session.pop("next", None), otherwise=url_for("mine.mine")))
    form = forms.Number(data={"phone": request.args.get("phone", "")[:40].replace("\0", "")})
    if form.sent() and _code_asked(form):
        session["phone"] = form.phone.data
        return redirect(url_for("sign_in.code"))
    ended = was_signed_in()
    works_here = ended or str(session.get("next", "")).startswith(_OF_STAFF)
    return render_template(
        "sign_in/number.html", form=form, ended=ended, sent_before="phone" in session,
        works_here=works_here,
    )  # fmt: skip


def _code_asked(form: forms.Number) -> bool:
    try:
        sign_in.ask_code(
            place_id=place().id, phone_text=form.phone.data or "", browser=browser(),
            from_address=request.remote_addr or "", secrets=wiring().secrets, key=form.the_key(),
            language=current(), now=now(),
        )  # fmt: skip
    except Invalid as wrong:
        return not form.show(wrong)
    except LimitReached as wrong:  # codes came before: they still work, here
        form.refuse("phone", wrong)
        return False
    return True


@blueprint.route("/sign-in/code", methods=["GET", "POST"])
@page(action=Action.SIGN_IN)
def code() -> Any:
    """Ask for the code that came; sign in."""
    phone = session.get("phone")
    if phone is None:  # where somebody is signed in, the form came a second time
        return redirect(url_for("sign_in.number" if visitor() is None else "mine.mine"))
    form = forms.Code()
    token = _checked(form, phone) if form.sent() else None
    if token is None:
        return render_template("sign_in/code.html", form=form, phone=phone)
    return let_in(token, lasting=not form.shared.data)


def _checked(form: forms.Code, phone: str) -> str | None:
    before = visitor()
    try:
        return sign_in.check_code(
            place_id=place().id, phone_text=phone, code=form.code.data or "", browser=browser(),
            shared_device=bool(form.shared.data), secrets=wiring().secrets, now=now(),
            replacing=before.token if before else None,
        )  # fmt: skip
    except Invalid as wrong:
        if not form.show(wrong):
            raise
        return None


def let_in(token: str, *, lasting: bool) -> Response:
    """Keep the session's token in the cookie and go where the visitor wanted to go."""
    found = sign_in.who(token=token, secrets=wiring().secrets, now=now())
    if found is None:
        return redirect(url_for("sign_in.number"))
    going_to = inside(session.pop("next", None), otherwise=url_for(_first_page(found[0])))
    session.pop("phone", None)
    session.permanent = lasting
    login_user(Visitor(token, *found))
    if found[1].member_id is None:
        return redirect(url_for("sign_up.sign_up", next=going_to))
    if consents.due(actor=found[0]):
        return redirect(url_for("consents.again", next=going_to))
    return redirect(going_to)


def _first_page(someone: Actor) -> str:
    """Where somebody begins: at work, or on their own page."""
    if at_desk(someone):
        return "desk.desk"
    return "wards.ward" if in_ward(someone) else "mine.mine"


def remember_where_to() -> None:
    """Keep the address that the visitor was sent here from; none that no page of ours has."""
    if "next" in request.args and len(request.args["next"]) <= LONGEST_WAY_BACK:
        session["next"] = inside(request.args["next"])


@blueprint.route("/sign-out", methods=["GET", "POST"])
@page(action=Action.SIGN_IN, placed=Placed.IF_KNOWN)
def sign_out() -> Any:
    """Sign out, here or everywhere; the browser forgets everything but its language."""
    form, someone = Confirm(), visitor()
    if not form.sent():
        return render_template("sign_in/sign_out.html", form=form)
    if someone is not None:
        sign_in.sign_out(token=someone.token, secrets=wiring().secrets, now=now())
        if request.form.get("everywhere"):
            sign_in.sign_out_everywhere(actor=someone.own, now=now())
    logout_user()
    begin_anew()
    return redirect(url_for("home.home"))
