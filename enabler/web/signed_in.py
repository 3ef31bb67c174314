"""Where I am signed in, with a button to sign each out."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for

from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now, wiring
from enabler.services import browsers as service
from enabler.web.access import actor, visitor
from enabler.web.forms.base import Confirm
from enabler.web.forms.settings import OneBrowser

blueprint = Blueprint("signed_in", __name__, url_prefix="/me/browsers")


@blueprint.get("")
@page(action=Action.SEE_OWN)
def browsers() -> str:
    """All browsers that are signed in as me."""
    someone = visitor()
    found = service.signed_in(
        actor=actor(), token=someone.token if someone else "", secrets=wiring().secrets, now=now()
    )
    return render_template("settings/browsers.html", browsers=found, form=Confirm())


@blueprint.post("/sign-out")
@page(action=Action.CHANGE_OWN)
def sign_out() -> Any:
    """Sign one of them out."""
    form = OneBrowser()
    service.sign_out_one(
        actor=actor(), mark=form.which.data or "", secrets=wiring().secrets, now=now()
    )
    return redirect(url_for("signed_in.browsers"))
