"""The page of a report at the desk, and each thing that is done with it."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext

from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.services import cases, worries
from enabler.services.views.cases import CaseView
from enabler.web.access import actor
from enabler.web.forms import cases as forms
from enabler.web.forms import desk
from enabler.web.forms.base import Confirm, KeyedForm
from enabler.web.refusals import shown_at

blueprint = Blueprint("cases", __name__, url_prefix="/desk/reports")
Act = Callable[[], CaseView | None]


def case(ref: str) -> Any:
    """One report: all that was done about it; say that it is dealt with."""
    form = desk.Settle()
    if form.sent() and shown_at(form, lambda: cases.settle(
        actor=actor(), ref=ref, words=form.words.data or "", key=form.the_key(), now=now()
    )):  # fmt: skip
        return redirect(url_for("desk.desk"))
    return _case(ref, form)


def _case(ref: str, form: KeyedForm) -> str:
    shown = cases.show(actor=actor(), ref=ref, now=now())
    return render_template(
        "reports/case.html", case=shown, form=form, confirm=Confirm(formdata=None),
        late=shown.due_at is not None and shown.acknowledged_at is None and shown.due_at <= now(),
    )  # fmt: skip


@blueprint.post("/<ref:ref>/seen")
@page(action=Action.KEEP_CASE)
def seen(ref: str) -> Any:
    """I have seen it and deal with it."""
    worries.acknowledge(actor=actor(), ref=ref, key=Confirm().the_key(), now=now())
    return redirect(url_for("desk.report", ref=ref))


@blueprint.post("/<ref:ref>/call")
@page(action=Action.KEEP_CASE)
def call(ref: str) -> Any:
    """How a call on the list went."""
    worries.note_call(
        actor=actor(), ref=ref, who=request.form.get("who", "")[:20],
        went=request.form.get("went", "")[:20], key=Confirm().the_key(), now=now(),
    )  # fmt: skip
    return redirect(url_for("desk.report", ref=ref) + "#calls")


@blueprint.route("/<ref:ref>/note", methods=["GET", "POST"])
@page(action=Action.KEEP_CASE)
def note(ref: str) -> Any:
    """Write something down."""
    form = forms.NoteDown()
    return _deed(ref, "note", gettext("Write a note"), form, lambda: cases.add_note(
        actor=actor(), ref=ref, words=form.words.data or "", about=form.about.data or None,
        key=form.the_key(), now=now(),
    ))  # fmt: skip


@blueprint.route("/<ref:ref>/stands", methods=["GET", "POST"])
@page(action=Action.KEEP_CASE)
def stands(ref: str) -> Any:
    """Where it stands."""
    form = forms.Stands()
    return _deed(ref, "stand", gettext("Say where it stands"), form, lambda: cases.stand(
        actor=actor(), ref=ref, state=form.state.data or "", words=form.words.data or None,
        key=form.the_key(), now=now(),
    ))  # fmt: skip


@blueprint.route("/<ref:ref>/whose", methods=["GET", "POST"])
@page(action=Action.KEEP_CASE)
def whose(ref: str) -> Any:
    """Give it to a colleague."""
    form, shown = forms.Whose(), cases.show(actor=actor(), ref=ref, now=now())
    form.choose_from(shown.hands)
    return _deed(ref, "assign", gettext("Give it to a colleague"), form, lambda: cases.assign(
        actor=actor(), ref=ref, who=form.who.data or "", key=form.the_key(), now=now()
    ))  # fmt: skip


@blueprint.route("/<ref:ref>/pass", methods=["GET", "POST"])
@page(action=Action.KEEP_CASE)
def pass_on(ref: str) -> Any:
    """Pass it to the safeguarding lead."""
    form = forms.PassOn()
    title = gettext("Pass it to the safeguarding lead")
    return _deed(ref, "pass", title, form, lambda: cases.pass_on(
        actor=actor(), ref=ref, words=form.words.data or "", key=form.the_key(), now=now()
    ))  # fmt: skip


@blueprint.route("/<ref:ref>/answer", methods=["GET", "POST"])
@page(action=Action.KEEP_CASE)
def answer(ref: str) -> Any:
    """Tell whoever told us what came of it."""
    form = forms.Outcome()
    return _deed(ref, "outcome", gettext("Answer who told us"), form, lambda: cases.share_outcome(
        actor=actor(), ref=ref, words=form.words.data or "", key=form.the_key(), now=now()
    ))  # fmt: skip


@blueprint.route("/<ref:ref>/release", methods=["GET", "POST"])
@page(action=Action.KEEP_CASE)
def release(ref: str) -> Any:
    """Tell whom it concerns."""
    form, shown = forms.Release(), cases.show(actor=actor(), ref=ref, now=now())
    form.choose_from(shown.concerned)
    return _deed(ref, "release", gettext("Tell whom it concerns"), form, lambda: cases.release(
        actor=actor(), ref=ref, who=form.who.data or "", words=form.words.data or "",
        key=form.the_key(), now=now(),
    ))  # fmt: skip


@blueprint.route("/<ref:ref>/open-again", methods=["GET", "POST"])
@page(action=Action.KEEP_CASE)
def open_again(ref: str) -> Any:
    """It was closed, and is not over."""
    form = forms.OpenAgain()
    return _deed(ref, "reopen", gettext("Open it again"), form, lambda: cases.reopen(
        actor=actor(), ref=ref, words=form.words.data or "", key=form.the_key(), now=now()
    ))  # fmt: skip


def _deed(ref: str, deed: str, title: str, form: KeyedForm, act: Act) -> Any:
    """The page of one deed; when it is done, the report's, where the actor still reads it."""
    done: list[CaseView | None] = []
    if form.sent() and shown_at(form, lambda: done.append(act())):
        after = done[0]
        return redirect(url_for("desk.report", ref=ref) if after else url_for("desk.desk"))
    shown = cases.show(actor=actor(), ref=ref, now=now())
    if deed not in shown.may and request.method == "GET":
        abort(404)
    return render_template(
        "reports/deed.html", case=shown, form=form, title=title,
        back=url_for("desk.report", ref=ref),
    )  # fmt: skip
