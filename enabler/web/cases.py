"""The page of a report at the desk, and each thing that is done with it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _

from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.services import cases, worries
from enabler.services.views.cases import CaseView
from enabler.web.access import actor
from enabler.web.forms import cases as forms
from enabler.web.forms import desk
from enabler.web.forms.base import Confirm, KeyedForm
from enabler.web.refusals import shown_unless_late

blueprint = Blueprint("cases", __name__, url_prefix="/desk/reports")


def case(ref: str) -> Any:
    """One report: all that was done about it; say that it is dealt with."""
    form = desk.Settle()
    if form.sent() and shown_unless_late(form, "words", lambda: cases.settle(
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


@dataclass(frozen=True)
class _Deed:
    """One thing that is done with a report on a page of its own. ``path`` ends its address,
    ``name`` is its endpoint; ``code``: whether it may be done now, as the case says; ``typed`` are
    the fields that the service takes; ``choices``: of what in the case one is chosen."""

    path: str
    name: str
    code: str
    title: Any
    form: type[KeyedForm]
    act: Callable[..., CaseView | None]
    typed: tuple[str, ...] = ("words",)
    choices: str | None = None


_DEEDS = (
    _Deed("note", "note", "note", _("Write a note"), forms.NoteDown, cases.add_note,
          ("words", "about")),
    _Deed("stands", "stands", "stand", _("Say where it stands"), forms.Stands, cases.stand,
          ("state", "words")),
    _Deed("whose", "whose", "assign", _("Give it to a colleague"), forms.Whose, cases.assign,
          ("who",), choices="hands"),
    _Deed("pass", "pass_on", "pass", _("Pass it to the safeguarding lead"), forms.PassOn,
          cases.pass_on),
    _Deed("answer", "answer", "outcome", _("Answer who told us"), forms.Outcome,
          cases.share_outcome),
    _Deed("release", "release", "release", _("Tell whom it concerns"), forms.Release,
          cases.release, ("who", "words"), choices="concerned"),
    _Deed("open-again", "open_again", "reopen", _("Open it again"), forms.OpenAgain,
          cases.reopen),
)  # fmt: skip


def _view_of(deed: _Deed) -> Callable[[str], Any]:
    """The page of one deed; when it is done, the report's, where the actor still reads it."""

    def view(ref: str) -> Any:
        form: Any = deed.form()
        if deed.choices:
            form.choose_from(getattr(cases.show(actor=actor(), ref=ref, now=now()), deed.choices))
        done: list[CaseView | None] = []
        if form.sent() and shown_unless_late(form, deed.typed[0], lambda: done.append(deed.act(
            actor=actor(), ref=ref, key=form.the_key(), now=now(),
            **{name: form[name].data or None for name in deed.typed},
        ))):  # fmt: skip
            return redirect(url_for("desk.report", ref=ref) if done[0] else url_for("desk.desk"))
        shown = cases.show(actor=actor(), ref=ref, now=now())
        if deed.code not in shown.may and request.method == "GET":
            abort(404)
        return render_template(
            "reports/deed.html", case=shown, form=form, title=deed.title,
            back=url_for("desk.report", ref=ref),
        )  # fmt: skip

    return view


for _one in _DEEDS:
    blueprint.add_url_rule(
        f"/<ref:ref>/{_one.path}", _one.name, page(action=Action.KEEP_CASE)(_view_of(_one)),
        methods=["GET", "POST"],
    )  # fmt: skip
