"""Write an afternoon of many down: who gave time to whom, what, when, how long, who; check it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Blueprint, render_template, request, url_for

from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.services import hours_events as service
from enabler.services.hours_events import EventDraft
from enabler.services.views.hours_events import EventStart, HoursEventView
from enabler.web.access import actor
from enabler.web.forms import hours_events as forms
from enabler.web.forms.base import Form
from enabler.web.journey import Answers, Journey, Question
from enabler.web.without_hours import say_so_kindly

blueprint = Blueprint("hours_events", __name__, url_prefix="/organisations/<ref:ref>/hours/event")
desk = Blueprint("desk_hours_events", __name__, url_prefix="/desk/hours/event")
for each in (blueprint, desk):
    say_so_kindly(each)

QUESTIONS = (
    Question("way", forms.WhichWay, "hours_events/way.html"),
    Question("what", forms.WhatWasIt, "hours_events/what.html"),
    Question("day", forms.WhenWasIt, "hours_events/day.html"),
    Question("length", forms.HowLongWasIt, "hours/length.html"),
    Question("who", forms.WhoWasThere, "hours_events/who.html"),
)


def _journey(ref: str | None, begun: Callable[[], Answers] | None = None) -> Journey:
    """The questions about an afternoon of an organisation, or of the community."""

    def check(answers: Answers) -> None:
        service.check_draft(actor=actor(), draft=_draft(journey, ref, answers), now=now())

    endpoint, values = ("hours_events", {"ref": ref}) if ref else ("desk_hours_events", {})
    name = f"hours-event-{ref}" if ref else "hours-event"
    journey = Journey(
        name, endpoint, QUESTIONS, check, partial(_prepare, ref), begun or partial(_known, ref),
        values,
    )  # fmt: skip
    return journey


def _known(ref: str | None) -> Answers:
    """What is no question, since there is one answer alone."""
    ways = _begin(ref).ways
    return {"way": {"way": list(ways)}} if len(ways) == 1 else {}


def _prepare(ref: str | None, form: Form, answers: Answers) -> None:
    if isinstance(form, forms.WhichWay):
        form.know(_begin(ref).ways)
    if isinstance(form, forms.WhatWasIt):
        alone = len(_begin(ref).ways) == 1 and not request.args.get("change")
        form.comes_from = url_for("hours_events.start", ref=ref) if alone and ref else ""
    if isinstance(form, forms.WhoWasThere):
        form.know(next(iter(answers.get("way", {}).get("way") or ()), ""))


def _draft(journey: Journey, ref: str | None, answers: Answers) -> EventDraft:
    said: dict[str, Any] = {}
    for question in QUESTIONS:
        if question.name in answers:
            form: Any = journey.filled(question, answers)
            said |= form.parts()
    return EventDraft(organisation_ref=ref, **said)


def just_noted(event: HoursEventView) -> bool:
    """Whether this is what the visitor has just written down."""
    return _journey(event.organisation_ref, begun=dict).read().get("posted") == event.ref


def _begin(ref: str | None) -> EventStart:
    return service.begin(actor=actor(), organisation_ref=ref, now=now())


def _start(ref: str | None) -> str:
    begun, journey = _begin(ref), _journey(ref)
    journey.begin_anew()
    name = "what" if len(begun.ways) == 1 else "way"
    first = url_for(f"{journey.endpoint}.question", name=name, **journey.values)
    return render_template("hours_events/start.html", start=begun, first=first)


def _question(ref: str | None, name: str) -> Any:
    _begin(ref)
    return _journey(ref).show(name)


def _check(ref: str | None) -> Any:
    _begin(ref)
    journey = _journey(ref)
    return journey.finish(partial(_check_page, journey, ref), partial(_record, journey, ref))


def _check_page(journey: Journey, ref: str | None, answers: Answers, form: Form) -> str:
    noted = service.check(actor=actor(), draft=_draft(journey, ref, answers), now=now())
    return render_template(
        "hours_events/check.html", form=form, event=noted, endpoint=f"{journey.endpoint}.question",
        values=journey.values,
    )  # fmt: skip


def _record(journey: Journey, ref: str | None, answers: Answers, key: str) -> tuple[str, str]:
    kept = service.record(
        actor=actor(), draft=_draft(journey, ref, answers), key=key, now=now()
    )  # fmt: skip
    return "noted_hours.event", kept.ref


@blueprint.get("")
@page(action=Action.RECORD_HOURS)
def start(ref: str) -> str:
    """What is asked, and what happens with it."""
    return _start(ref)


@blueprint.route("/<name>", methods=["GET", "POST"])
@page(action=Action.RECORD_HOURS)
def question(ref: str, name: str) -> Any:
    """One question."""
    return _question(ref, name)


@blueprint.route("/check", methods=["GET", "POST"])
@page(action=Action.RECORD_HOURS)
def check(ref: str) -> Any:
    """Check it, then write it down."""
    return _check(ref)


@desk.get("", endpoint="start")
@page(action=Action.RECORD_HOURS)
def desk_start() -> str:
    """The same for something of the whole community, which its pot pays."""
    return _start(None)


@desk.route("/<name>", methods=["GET", "POST"], endpoint="question")
@page(action=Action.RECORD_HOURS)
def desk_question(name: str) -> Any:
    """One question."""
    return _question(None, name)


@desk.route("/check", methods=["GET", "POST"], endpoint="check")
@page(action=Action.RECORD_HOURS)
def desk_check() -> Any:
    """Check it, then write it down."""
    return _check(None)
