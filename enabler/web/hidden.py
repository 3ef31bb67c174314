"""People who are hidden because somebody threatens them: for the safeguarding leads."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.services import hidden as service
from enabler.web.access import actor
from enabler.web.forms import hidden as forms
from enabler.web.forms.base import Confirm
from enabler.web.refusals import shown_at

blueprint = Blueprint("hidden", __name__, url_prefix="/desk/hidden")


@blueprint.get("")
@page(action=Action.HIDE_MEMBER)
def everybody() -> str:
    """Who is hidden."""
    return render_template(
        "hidden/hidden.html", shown=service.everybody(actor=actor(), now=now()),
        confirm=Confirm(formdata=None), back=url_for("desk.desk"),
    )  # fmt: skip


@blueprint.route("/new", methods=["GET", "POST"])
@page(action=Action.HIDE_MEMBER)
def hide() -> Any:
    """Hide somebody, or change who may know."""
    form, shown = forms.Hide(), service.everybody(actor=actor(), now=now())
    form.choose_from(shown.staff)
    if form.sent() and shown_at(form, lambda: service.mark(
        actor=actor(), ref=form.ref.data or "", words=form.words.data or "",
        readers=form.readers.data or (), key=form.the_key(), now=now(),
    )):  # fmt: skip
        return redirect(url_for("hidden.everybody"))
    if request.method == "GET":
        form.ref.data = request.args.get("who", "")[:20]
    back = url_for("hidden.everybody")
    return render_template("hidden/hide.html", form=form, back=back)


@blueprint.route("/introduce", methods=["GET", "POST"])
@page(action=Action.HIDE_MEMBER)
def introduce() -> Any:
    """Let the other side of a match know who it is."""
    form = forms.Introduce()
    if form.sent() and shown_at(form, lambda: service.introduce(
        actor=actor(), ref=form.ref.data or "", match_ref=form.match_ref.data or "",
        key=form.the_key(), now=now(),
    )):  # fmt: skip
        return redirect(url_for("hidden.everybody"))
    service.everybody(actor=actor(), now=now())
    back = url_for("hidden.everybody")
    return render_template("hidden/introduce.html", form=form, back=back)


@blueprint.post("/<ref:ref>/show")
@page(action=Action.HIDE_MEMBER)
def show(ref: str) -> Any:
    """They are hidden no more."""
    service.unmark(actor=actor(), ref=ref, key=Confirm().the_key(), now=now())
    return redirect(url_for("hidden.everybody"))
