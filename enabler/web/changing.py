"""Change what was asked for: the same questions filled in, a page to check, one press to keep."""

from dataclasses import replace
from functools import partial
from typing import Any

from flask import Blueprint, redirect, render_template, url_for

from enabler.domain.errors import Invalid, WrongMoment
from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.doors.words.times import windows_words
from enabler.services import needs
from enabler.services.needs import NeedDraft
from enabler.services.views import NeedToChange
from enabler.web import asking
from enabler.web.access import actor, place
from enabler.web.forms.asking import AnythingElse
from enabler.web.forms.base import Confirm, Form
from enabler.web.forms.when import When
from enabler.web.frame import zone
from enabler.web.journey import Answers, Journey
from enabler.web.keeping import check_page
from enabler.web.prefilled import of_need

blueprint = Blueprint("changing", __name__, url_prefix="/needs/<ref:ref>")


def _journey(need: NeedToChange) -> Journey:
    """The questions about this need; its answers are another draft than those of a new one."""

    def prepare(form: Form, answers: Answers) -> None:
        asking.prepare(form, answers)
        if need.draft.as_it_is and isinstance(form, AnythingElse):
            form.keep_within()
        if isinstance(form, When):
            windows = need.draft.windows
            form.let_stay(windows, windows_words(windows, zone()))

    def check(answers: Answers) -> None:
        drafted = _draft_of(need, answers, journey)
        if drafted.slots < need.slots_filled:
            raise Invalid("slots", "slots_under_filled", filled=need.slots_filled)
        if drafted.windows == need.draft.windows:  # times of before may have passed
            drafted = replace(drafted, windows=())
        needs.check_draft(actor_place_id=place().id, draft=drafted, now=now())

    def begun() -> Answers:
        return of_need(need.draft, zone()) | {"version": need.version}

    questions = tuple(
        one for one in asking.QUESTIONS if not (need.draft.as_it_is and one.name == "where")
    )  # fmt: skip
    journey = Journey(
        f"need-{need.ref}", "changing", questions, check, prepare, begun, {"ref": need.ref}
    )
    return journey


def _draft_of(need: NeedToChange, answers: Answers, journey: Journey) -> NeedDraft:
    """What was answered; what the visitor does not read of it stays as it is."""
    drafted = asking.draft_of(answers, journey)
    if not need.draft.as_it_is:
        return drafted
    return replace(drafted, as_it_is=True, reach_metres=need.draft.reach_metres)


def _to_change(ref: str) -> NeedToChange:
    need = needs.to_change(actor=actor(), ref=ref, now=now())
    if not need.changeable:
        raise WrongMoment(f"cannot_change_when_{need.state.value}", state=need.state.value)
    return need


@blueprint.get("/edit/questions")
@page(action=Action.CHANGE_NEED)
def start(ref: str) -> Any:
    """The first question leads back to the page that shows all answers."""
    _to_change(ref)
    return redirect(url_for("changing.check", ref=ref))


@blueprint.route("/edit/<name>", methods=["GET", "POST"])
@page(action=Action.CHANGE_NEED)
def question(ref: str, name: str) -> Any:
    """One question, as it was answered."""
    return _journey(_to_change(ref)).show(name)


@blueprint.route("/edit", methods=["GET", "POST"])
@page(action=Action.CHANGE_NEED)
def check(ref: str) -> Any:
    """All answers, each to be changed; then keep them."""
    need = _to_change(ref)

    def change(draft: NeedDraft, version: int, key: str) -> object:
        return needs.change(
            actor=actor(), ref=ref, draft=draft, version=version, key=key, now=now()
        )

    return check_page(
        _journey(need), need.version, draft_of=partial(_draft_of, need), change=change,
        after=url_for("needs.need", ref=ref),
        show=partial(render_template, "changing/check.html", need=need), look=asking.seen_in,
    )  # fmt: skip


@blueprint.route("/anew", methods=["GET", "POST"])
@page(action=Action.CHANGE_NEED)
def anew(ref: str) -> Any:
    """Take it back and ask otherwise, after a page that says what that means; words go along."""
    form = Confirm()
    if not form.sent():
        return render_template("changing/anew.html", need=_to_change(ref), form=form)
    need = needs.to_change(actor=actor(), ref=ref, now=now())
    needs.withdraw(actor=actor(), ref=ref, key=form.the_key(), now=now())
    asking.JOURNEY.keep(of_need(need.draft, zone(), anew=True))
    return redirect(url_for("asking.check"))


@blueprint.post("/again")
@page(action=Action.CHANGE_NEED)
def again(ref: str) -> Any:
    """Ask for the same once more: everything is filled in but the time."""
    need = needs.to_change(actor=actor(), ref=ref, now=now())
    asking.JOURNEY.keep(of_need(need.draft, zone(), timed=False))
    return redirect(url_for("asking.check"))


@blueprint.post("/enough")
@page(action=Action.CHANGE_NEED)
def enough(ref: str) -> Any:
    """Those who were found are enough."""
    needs.enough(actor=actor(), ref=ref, key=Confirm().the_key(), now=now())
    return redirect(url_for("needs.need", ref=ref))


@blueprint.post("/one-more")
@page(action=Action.CHANGE_NEED)
def one_more(ref: str) -> Any:
    """One more helper, please."""
    needs.one_more(actor=actor(), ref=ref, key=Confirm().the_key(), now=now())
    return redirect(url_for("needs.need", ref=ref))
