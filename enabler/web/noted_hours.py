"""What was written down of given time: as it stands, against it, and decided by a custodian."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for

from enabler.domain.permissions import Action, allowed
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.services import hours_events as service
from enabler.services.hours_events import HelpDraft
from enabler.services.views.hours_events import HoursEventView
from enabler.web.access import actor
from enabler.web.forms import hours_events as forms
from enabler.web.forms.base import Confirm
from enabler.web.hours_events import just_noted
from enabler.web.refusals import shown_at
from enabler.web.without_hours import say_so_kindly

blueprint = Blueprint("noted_hours", __name__)
say_so_kindly(blueprint)


def _shown(ref: str) -> HoursEventView:
    return service.show(actor=actor(), ref=ref, now=now())


@blueprint.get("/hours/events/<ref:ref>")
@page(action=Action.SEE_OWN)
def event(ref: str) -> str:
    """What was written down, how it stands, and what one may do."""
    shown = _shown(ref)
    return render_template("hours_events/event.html", event=shown, noted=just_noted(shown))


@blueprint.route("/hours/events/<ref:ref>/not-so", methods=["GET", "POST"])
@page(action=Action.REPORT)
def not_so(ref: str) -> Any:
    """Whoever is said to have been there says that it was otherwise."""
    form = forms.NotSo()
    if form.sent() and shown_at(form, lambda: service.dispute(
        actor=actor(), ref=ref, words=form.words.data or "", key=form.the_key(), now=now()
    )):  # fmt: skip
        return redirect(url_for("noted_hours.event", ref=ref))
    shown = _shown(ref)
    if shown.mine is None:
        abort(404)
    return render_template("hours_events/not_so.html", event=shown, form=form)


@blueprint.route("/hours/events/<ref:ref>/take-back", methods=["GET", "POST"])
@page(action=Action.RECORD_HOURS)
def take_back(ref: str) -> Any:
    """It was written down wrongly: make sure, then take it back."""
    form = Confirm()
    if form.sent():
        service.take_back(actor=actor(), ref=ref, key=form.the_key(), now=now())
        return redirect(url_for("noted_hours.event", ref=ref))
    shown = _shown(ref)
    if "take-back" not in shown.may:
        abort(404)
    return render_template("hours_events/take_back.html", event=shown, form=form)


@blueprint.get("/desk/hours/events")
@page(action=Action.RECORD_HOURS)
def waiting() -> str:
    """What somebody says was otherwise, what counts soon; and what a custodian can write down."""
    found = service.waiting(actor=actor(), now=now())
    return render_template("hours_events/waiting.html", events=found)


@blueprint.route("/desk/hours/events/<ref:ref>", methods=["GET", "POST"])
@page(action=Action.RECORD_HOURS)
def decide(ref: str) -> Any:
    """Who was there and who was not: say so. Nobody does about their own."""
    if not allowed(actor(), Action.RECORD_HOURS):
        abort(403)
    form, shown = forms.DecideEvent(), _shown(ref)
    if shown.mine is not None or not (shown.over or "decide" in shown.may):
        abort(404)
    form.know(shown, sent=request.method == "POST")
    if form.sent() and shown_at(form, lambda: service.decide(
        actor=actor(), ref=ref, without=form.chosen, words=form.words.data or "",
        key=form.the_key(), now=now(),
    )):  # fmt: skip
        return redirect(url_for("noted_hours.event", ref=ref))
    form.know(shown)
    return render_template("hours_events/decide.html", event=shown, form=form)


@blueprint.route("/desk/hours/record", methods=["GET", "POST"])
@page(action=Action.RECORD_HOURS)
def record() -> Any:
    """A help between two of which a custodian was told."""
    form = forms.RecordHelp()
    service.begin(actor=actor(), organisation_ref=None, now=now())
    refs: list[str] = []
    if form.sent() and shown_at(form, lambda: refs.append(_recorded(form))):
        return redirect(url_for("noted_hours.event", ref=refs[0]))
    return render_template("hours_events/record.html", form=form)


def _recorded(form: forms.RecordHelp) -> str:
    draft = HelpDraft(**form.parts())
    kept = service.record_help(actor=actor(), draft=draft, key=form.the_key(), now=now())
    return kept.ref
