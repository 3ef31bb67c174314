"""Keys for programs: which there are, a new one shown once, and ending one."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for

from enabler.domain.api_tokens import Scope
from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now, wiring
from enabler.services import api_tokens
from enabler.services.views.api_tokens import ApiTokenView
from enabler.web.access import actor
from enabler.web.forms.api_tokens import NewKey
from enabler.web.forms.base import Confirm
from enabler.web.refusals import shown_at

blueprint = Blueprint("api_tokens", __name__, url_prefix="/me/tokens")


@blueprint.route("", methods=["GET", "POST"])
@page(action=Action.SEE_OWN)
def tokens() -> Any:
    """The keys that there are, and the form for a new one; once it is made, the key itself."""
    form, made = NewKey(), []
    if form.sent() and shown_at(form, lambda: made.append(_made(form))):
        return render_template("api_tokens/made.html", token=made[0])
    mine = api_tokens.mine(actor=actor(), now=now())
    return render_template(
        "api_tokens/tokens.html", tokens=mine, form=form, back=url_for("mine.mine")
    )


def _made(form: NewKey) -> ApiTokenView:
    return api_tokens.make(
        actor=actor(), name=form.name.data or "", scope=Scope(form.scope.data),
        days=int(form.days.data), secrets=wiring().secrets, key=form.the_key(), now=now(),
    )  # fmt: skip


@blueprint.route("/<ref:ref>/end", methods=["GET", "POST"])
@page(action=Action.SEE_OWN)
def end(ref: str) -> Any:
    """End a key, after a page that says what that means."""
    form = Confirm()
    if form.sent():
        api_tokens.end(actor=actor(), ref=ref, key=form.the_key(), now=now())
        return redirect(url_for("api_tokens.tokens"))
    token = api_tokens.show(actor=actor(), ref=ref)
    return render_template("api_tokens/end.html", token=token, form=form)
