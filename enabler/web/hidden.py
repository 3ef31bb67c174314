"""People who are hidden because somebody threatens them: for the safeguarding leads."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from enabler.domain.errors import Invalid, NotFound
from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.services import hidden as service
from enabler.web.access import actor
from enabler.web.forms import hidden as forms
from enabler.web.forms.base import Confirm, KeyedForm
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
    if request.method == "GET":
        form.ref.data = request.args.get("who", "")[:20]
    return _done_or("hide", form, lambda: service.mark(
        actor=actor(), ref=form.ref.data or "", words=form.words.data or "",
        readers=form.readers.data or (), key=form.the_key(), now=now(),
    ))  # fmt: skip


@blueprint.route("/introduce", methods=["GET", "POST"])
@page(action=Action.HIDE_MEMBER)
def introduce() -> Any:
    """Let the other side of a match know who it is."""
    form = forms.Introduce()
    service.everybody(actor=actor(), now=now())
    if request.method == "GET":
        form.ref.data = request.args.get("who", "")[:20]
        form.match_ref.data = request.args.get("match", "")[:20]
    return _done_or("introduce", form, lambda: service.introduce(
        actor=actor(), ref=form.ref.data or "", match_ref=form.match_ref.data or "",
        key=form.the_key(), now=now(),
    ))  # fmt: skip


def _done_or(template: str, form: KeyedForm, act: Callable[[], str]) -> Any:
    """Back to all of them, or the form again; a ref that nobody has is said at its field."""
    status = 200
    try:
        if form.sent() and shown_at(form, act):
            return redirect(url_for("hidden.everybody"))
    except NotFound as nobody:
        form.show(Invalid("ref", nobody.code))
        status = 404
    back = url_for("hidden.everybody")
    return render_template(f"hidden/{template}.html", form=form, back=back), status


@blueprint.post("/<ref:ref>/show")
@page(action=Action.HIDE_MEMBER)
def show(ref: str) -> Any:
    """They are hidden no more."""
    service.unmark(actor=actor(), ref=ref, key=Confirm().the_key(), now=now())
    return redirect(url_for("hidden.everybody"))
