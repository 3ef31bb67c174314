"""My details: a list of what I told, and a page for each question."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from enabler.domain.consents import Shown
from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now, wiring
from enabler.services import details as service
from enabler.web.access import actor, place
from enabler.web.forms import settings as forms
from enabler.web.forms.base import Form
from enabler.web.forms.naming import Name
from enabler.web.language import current
from enabler.web.refusals import shown_at

blueprint = Blueprint("details", __name__, url_prefix="/me/details")


@blueprint.get("")
@page(action=Action.SEE_OWN)
def details() -> str:
    """All of it, with a link to change each."""
    mine = service.show(actor=actor(), now=now())
    return render_template("settings/details.html", mine=mine, now=now())


@blueprint.route("/name", methods=["GET", "POST"])
@page(action=Action.CHANGE_OWN)
def name() -> Any:
    """The name in full, and the one that others see."""
    form = _filled(Name)
    return _asked(form, "settings/name.html", lambda: service.rename(
        actor=actor(), name=form.name.data or "", shown=form.shown_name.data,
        secrets=wiring().secrets, key=form.the_key(), now=now(),
    ))  # fmt: skip


@blueprint.route("/languages", methods=["GET", "POST"])
@page(action=Action.CHANGE_OWN)
def languages() -> Any:
    """The languages spoken with others."""
    form = _filled(forms.Spoken)
    return _asked(form, "settings/languages.html", lambda: service.speak(
        actor=actor(), languages=form.languages.data or (), key=form.the_key(), now=now()
    ))  # fmt: skip


@blueprint.route("/language", methods=["GET", "POST"])
@page(action=Action.CHANGE_OWN)
def language() -> Any:
    """The language of pages and messages."""
    form = _filled(forms.Reading)
    form.offer(place().languages or ("en",))
    return _asked(form, "settings/language.html", lambda: service.read_in(
        actor=actor(), language=form.language.data or "", key=form.the_key(), now=now()
    ))  # fmt: skip


@blueprint.route("/home", methods=["GET", "POST"])
@page(action=Action.CHANGE_OWN)
def home() -> Any:
    """Where I live."""
    form = _filled(forms.Home)
    return _asked(form, "settings/home.html", lambda: service.move(
        actor=actor(), postcode_text=form.postcode.data or "", address=form.address.data or "",
        secrets=wiring().secrets, key=form.the_key(), now=now(),
    ))  # fmt: skip


@blueprint.route("/access", methods=["GET", "POST"])
@page(action=Action.CHANGE_OWN)
def access() -> Any:
    """What whoever comes to help should know."""
    form = _filled(forms.Access)
    return _asked(form, "settings/access.html", lambda: service.need_access(
        actor=actor(), needs=form.needs.data or (), words=form.words.data, key=form.the_key(),
        consented=bool(form.consented.data), shown=Shown(current(), page="access"), now=now(),
    ))  # fmt: skip


def _filled(kind: type[Any]) -> Any:
    """The form, with what was said before where it is only opened."""
    if request.method != "GET":
        return kind()
    return kind(data=forms.of_details(service.show(actor=actor(), now=now())))


def _asked(form: Form, template: str, act: Callable[[], Any]) -> Any:
    if form.sent() and shown_at(form, act):
        return redirect(url_for("details.details"))
    mine = service.show(actor=actor(), now=now())
    return render_template(template, form=form, mine=mine)
