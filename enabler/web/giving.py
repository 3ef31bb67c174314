"""Give hours: to whom, how long, with which words, check, done."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from enabler.domain.errors import Invalid
from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.services import hours as service
from enabler.web import for_whom
from enabler.web.access import actor
from enabler.web.forms import giving as forms
from enabler.web.forms.base import Form
from enabler.web.journey import Answers, Journey, Question
from enabler.web.without_hours import say_so_kindly

blueprint = Blueprint("giving", __name__, url_prefix="/hours/give")
say_so_kindly(blueprint)

QUESTIONS = (
    Question("to", forms.ToWhom, "hours/to.html"),
    Question("length", forms.HowLong, "hours/length.html"),
    Question("words", forms.WithWords, "hours/words.html"),
)


def _gift(answers: Answers) -> dict[str, Any]:
    said: dict[str, Any] = {"to": None, "minutes": None, "words": None}
    for question in QUESTIONS:
        if question.name in answers:
            form: Any = JOURNEY.filled(question, answers)
            said |= form.parts()
    return said


def _check(answers: Answers) -> None:
    said = _gift(answers)
    if said["to"] is None:
        raise Invalid("to", "receiver_missing")
    service.check_gift(
        actor=actor(), to=said["to"], minutes=said["minutes"],
        organisation_ref=for_whom.ref_in(answers), now=now(),
    )  # fmt: skip


def _prepare(form: Form, answers: Answers) -> None:
    if isinstance(form, forms.ToWhom):
        form.know(service.to_whom(
            actor=actor(), organisation_ref=for_whom.ref_in(answers), now=now()
        ))  # fmt: skip
    if isinstance(form, forms.HowLong) and for_whom.ref_in(answers) is None:
        form.know(service.balance(actor=actor(), now=now()).to_give)


JOURNEY = Journey("giving", "giving", QUESTIONS, _check, _prepare)


def just_given(ref: str | None) -> bool:
    """Whether this is what the visitor has just given."""
    return ref is not None and JOURNEY.read().get("posted") == ref


@blueprint.get("")
@page(action=Action.CHANGE_OWN)
def start() -> Any:
    """What giving means, and how much there is, or from when on there is some; begun with whom the
    address says, if it does."""
    from_name, typed = for_whom.begin(JOURNEY), request.args.get("to", "")
    answers = JOURNEY.read()
    whose = for_whom.ref_in(answers) if from_name else None
    balance = service.balance(actor=actor(), organisation_ref=whose, now=now())
    if typed and balance.to_give:
        JOURNEY.keep(answers | {"to": {"to": [forms.OTHER], "other": [typed[:20]]}})
        return redirect(url_for("giving.question", name="to"))
    for_them: dict[str, Any] = {"for": whose} if whose else {}
    back = url_for("hours.mine", **for_them)
    return render_template("hours/give.html", balance=balance, from_name=from_name, back=back)


@blueprint.route("/<name>", methods=["GET", "POST"])
@page(action=Action.CHANGE_OWN)
def question(name: str) -> Any:
    """One question."""
    return JOURNEY.show(name)


@blueprint.route("/check", methods=["GET", "POST"])
@page(action=Action.CHANGE_OWN)
def check() -> Any:
    """Check it, then give."""
    return JOURNEY.finish(_check_page, _give)


def _check_page(answers: Answers, form: Form) -> str:
    said = _gift(answers)
    gift = service.check_gift(
        actor=actor(), to=said["to"], minutes=said["minutes"],
        organisation_ref=for_whom.ref_in(answers), now=now(),
    )  # fmt: skip
    return render_template(
        "hours/check.html", form=form, gift=gift, words=said["words"],
        from_name=for_whom.name_in(answers),
    )  # fmt: skip


def _give(answers: Answers, key: str) -> tuple[str, str]:
    given = service.give(
        actor=actor(), **_gift(answers), key=key, now=now(),
        from_organisation=for_whom.ref_in(answers),
    )  # fmt: skip
    return "hours.mine", given.ref
