"""The staff's way in: mail address, password and a code of their authenticator app."""

from typing import Any

from flask import Blueprint, render_template

from enabler.domain.errors import Invalid
from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now, wiring
from enabler.services import sign_in
from enabler.web.access import place, visitor, was_signed_in
from enabler.web.forms.signing import Staff
from enabler.web.sign_in import let_in, remember_where_to

blueprint = Blueprint("staff", __name__)


@blueprint.route("/sign-in/staff", methods=["GET", "POST"])
@page(action=Action.SIGN_IN)
def staff() -> Any:
    """Both factors on one page."""
    remember_where_to()
    form = Staff()
    token = _checked(form) if form.sent() else None
    if token is None:
        return render_template("staff/staff.html", form=form, ended=was_signed_in())
    return let_in(token, lasting=False)


def _checked(form: Staff) -> str | None:
    before = visitor()
    try:
        return sign_in.staff(
            place_id=place().id, mail=form.email.data or "", password=form.password.data or "",
            totp=form.totp.data or "", secrets=wiring().secrets, now=now(),
            replacing=before.token if before else None,
        )  # fmt: skip
    except Invalid as wrong:
        if not form.show(wrong):
            raise
        return None
