"""Sign up: the number is proved already, now name and home."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask_login import logout_user
from werkzeug.wrappers import Response

from enabler.domain.errors import Invalid
from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now, wiring
from enabler.services import drafts, members
from enabler.web.access import Visitor, browser, visitor
from enabler.web.forms.signing import SignUp
from enabler.web.language import current
from enabler.web.paths import inside
from enabler.web.sign_in import remember_where_to

blueprint = Blueprint("sign_up", __name__)


@blueprint.route("/sign-up", methods=["GET", "POST"])
@page(action=Action.SIGN_IN)
def sign_up() -> Any:
    """Name and home; what was said of the need's spot is offered as a beginning."""
    remember_where_to()
    someone = visitor()
    if someone is None:
        return redirect(url_for("sign_in.number"))
    going_to = inside(session.get("next"), otherwise=url_for("mine.mine"))
    if someone.signed.member_id is not None:
        return redirect(going_to)
    form = SignUp(data=_said_before()) if request.method == "GET" else SignUp()
    if request.method == "POST" and form.adult.data == "n":
        return _turned_away(someone)
    if form.sent() and _signed_up(form, someone):
        session.pop("next", None)
        return redirect(going_to)
    return render_template("sign_up/sign_up.html", form=form)


def _turned_away(someone: Visitor) -> Response:
    """Nothing is kept of somebody who may not sign up: no proved number, nothing typed."""
    members.turn_away(session_token=someone.token, browser=browser(), secrets=wiring().secrets)
    logout_user()
    session.clear()
    return redirect(url_for("sign_up.under_18"))


@blueprint.get("/sign-up/under-18")
@page(action=Action.SIGN_IN)
def under_18() -> str:
    """Kindly no, and whom to ask instead."""
    return render_template("sign_up/under_18.html")


def _said_before() -> dict[str, str]:
    need = drafts.read(browser=browser(), form="need", secrets=wiring().secrets, now=now())
    where = need.get("where", {})
    return {name: (where.get(name) or [""])[0] for name in ("postcode", "address")}


def _signed_up(form: SignUp, someone: Visitor) -> bool:
    try:
        members.sign_up(
            session_token=someone.token, secrets=wiring().secrets, name=form.name.data or "",
            postcode_text=form.postcode.data or "", address=form.address.data or "",
            adult=form.adult.data == "y", shown_name=form.shown_name.data,
            consented=bool(form.consented.data), language=current(),
            key=form.the_key(), now=now(), browser=browser(),
            from_address=request.remote_addr or "",
        )  # fmt: skip
    except Invalid as wrong:
        if not form.show(wrong):
            raise
        return False
    return True
