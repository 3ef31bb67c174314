"""Delete my account: what it means, a code, and it is done."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import logout_user

from enabler.domain.errors import LimitReached
from enabler.domain.permissions import Action
from enabler.doors.access import Placed, page
from enabler.doors.wiring import now, wiring
from enabler.services import erasure as service
from enabler.web.access import actor, browser
from enabler.web.forms import erasure as forms
from enabler.web.forms.base import Confirm
from enabler.web.language import begin_anew
from enabler.web.refusals import shown_at

blueprint = Blueprint("erasure", __name__)


@blueprint.route("/me/data/delete", methods=["GET", "POST"])
@page(action=Action.CHANGE_OWN)
def delete() -> Any:
    """What goes, what stays and why, and what comes first; then a code."""
    form, limit = Confirm(), None
    shown = service.show(actor=actor(), now=now())
    if form.sent() and not shown.first and shown.reach:
        try:
            service.ask_code(
                actor=actor(), browser=browser(), from_address=request.remote_addr or "",
                secrets=wiring().secrets, key=form.the_key(), now=now(),
            )  # fmt: skip
            return redirect(url_for("erasure.code"))
        except LimitReached as wrong:  # codes came before: they still work
            limit = wrong
    return render_template("settings/delete.html", shown=shown, form=form, limit=limit)


@blueprint.route("/me/data/delete/code", methods=["GET", "POST"])
@page(action=Action.CHANGE_OWN)
def code() -> Any:
    """The code that came; the account is deleted, and this browser forgets."""
    form, shown = forms.Delete(), service.show(actor=actor(), now=now())
    if shown.first or not shown.reach:
        return redirect(url_for("erasure.delete"))
    if form.sent() and shown_at(form, lambda: service.delete(
        actor=actor(), code=form.code.data or "", browser=browser(), gateway=wiring().gateway,
        secrets=wiring().secrets, kept_in=wiring().erasures, now=now(),
    )):  # fmt: skip
        logout_user()
        begin_anew()
        return redirect(url_for("erasure.gone"))
    return render_template("settings/delete_code.html", shown=shown, form=form)


@blueprint.get("/deleted")
@page(action=Action.SEE_PUBLIC, placed=Placed.IF_KNOWN)
def gone() -> str:
    """It is done. Whoever comes by learns nothing."""
    return render_template("settings/deleted.html")
