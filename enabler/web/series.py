"""Help that is needed every week: its next days, leave one out, change it, end it."""

from datetime import date
from functools import partial
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from enabler.domain.errors import Invalid, NotAllowed, WrongMoment
from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.services import needs, series
from enabler.services.needs import NeedDraft
from enabler.services.views import SeriesView
from enabler.web import asking
from enabler.web.access import actor, place
from enabler.web.forms.base import Confirm, Form
from enabler.web.forms.changes import LeaveOut
from enabler.web.forms.when import When
from enabler.web.frame import zone
from enabler.web.journey import Answers, Journey
from enabler.web.keeping import check_page
from enabler.web.prefilled import of_need
from enabler.web.refusals import shown_at

blueprint = Blueprint("series", __name__, url_prefix="/series/<ref:ref>")


@blueprint.get("")
@page(action=Action.CHANGE_NEED)
def weeks(ref: str) -> str:
    """What comes every week, with its next days."""
    shown = series.show(actor=actor(), ref=ref, now=now())
    free = series.holidays_in(actor_place_id=place().id, every=_week(shown), now=now())
    return render_template("series/series.html", series=shown, free=free)


def _week(shown: SeriesView) -> Any:
    return shown.draft.every


@blueprint.route("/skip", methods=["GET", "POST"])
@page(action=Action.CHANGE_NEED)
def skip(ref: str) -> Any:
    """Leave out one day, after a page that says what that means."""
    form = LeaveOut()
    form.day.data = form.day.data or request.args.get("day", "")
    if form.sent() and shown_at(form, lambda: series.skip(
        actor=actor(), ref=ref, day=form.on, key=form.the_key(), now=now()
    )):  # fmt: skip
        return redirect(url_for("series.weeks", ref=ref))
    shown = series.show(actor=actor(), ref=ref, now=now())
    return render_template("series/skip.html", series=shown, form=form, day=_day(form))


def _day(form: LeaveOut) -> date | None:
    try:
        return form.on
    except Invalid:
        return None


@blueprint.route("/end", methods=["GET", "POST"])
@page(action=Action.CHANGE_NEED)
def end(ref: str) -> Any:
    """No more of it, after a page that says what that means."""
    form = Confirm()
    if form.sent():
        series.end(actor=actor(), ref=ref, key=form.the_key(), now=now())
        return redirect(url_for("series.weeks", ref=ref))
    shown = series.show(actor=actor(), ref=ref, now=now())
    return render_template("series/end.html", series=shown, form=form)


def _journey(shown: SeriesView) -> Journey:
    """The questions about what comes every week."""

    def prepare(form: Form, answers: Answers) -> None:
        asking.prepare(form, answers)
        if isinstance(form, When):
            form.let_only_repeat()

    def check(answers: Answers) -> None:
        drafted = asking.draft_of(answers, journey)
        needs.check_draft(actor_place_id=place().id, draft=drafted, now=now())

    def begun() -> Answers:
        return of_need(shown.draft, zone()) | {"version": shown.version}

    journey = Journey(
        f"series-{shown.ref}", "series", asking.QUESTIONS, check, prepare, begun,
        {"ref": shown.ref},
    )  # fmt: skip
    return journey


def _to_change(ref: str) -> SeriesView:
    shown = series.show(actor=actor(), ref=ref, now=now())
    if "end" not in shown.may:
        raise WrongMoment("series_ended")
    if "change" not in shown.may:
        raise NotAllowed("beyond_mandate", action=Action.CHANGE_NEED.value)
    return shown


@blueprint.get("/edit/questions")
@page(action=Action.CHANGE_NEED)
def start(ref: str) -> Any:
    """The first question leads back to the page that shows all answers."""
    _to_change(ref)
    return redirect(url_for("series.check", ref=ref))


@blueprint.route("/edit/<name>", methods=["GET", "POST"])
@page(action=Action.CHANGE_NEED)
def question(ref: str, name: str) -> Any:
    """One question, as it was answered."""
    return _journey(_to_change(ref)).show(name)


@blueprint.route("/edit", methods=["GET", "POST"])
@page(action=Action.CHANGE_NEED)
def check(ref: str) -> Any:
    """All answers, each to be changed; then keep them for all days to come."""
    shown = _to_change(ref)

    def change(draft: NeedDraft, version: int, key: str) -> object:
        return series.change(
            actor=actor(), ref=ref, draft=draft, version=version, key=key, now=now()
        )

    return check_page(
        _journey(shown), shown.version, draft_of=asking.draft_of, change=change,
        after=url_for("series.weeks", ref=ref),
        show=partial(render_template, "series/check.html", series=shown), look=asking.seen_in,
    )  # fmt: skip
