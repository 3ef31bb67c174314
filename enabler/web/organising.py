"""Register an organisation: one question a page, with a list of what is done and what is left."""

from functools import partial
from typing import Any

from flask import Blueprint, render_template

from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.services import organisations
from enabler.services.organisations import OrganisationDraft
from enabler.web.access import actor, place, require_given
from enabler.web.forms import organisations as forms
from enabler.web.forms.base import Form
from enabler.web.journey import Answers, Journey, Question

blueprint = Blueprint("organising", __name__, url_prefix="/organisations/new")
blueprint.before_request(partial(require_given, Action.REGISTER_ORGANISATION))

QUESTIONS = (
    Question("kind", forms.WhatKind, "organising/kind.html"),
    Question("name", forms.WhoItIs, "organising/name.html"),
    Question("where", forms.WhereItIs, "organising/where.html"),
    Question("reach", forms.HowToReach, "organising/reach.html"),
    Question("hours", forms.OpenWhen, "organising/hours.html"),
    Question("papers", forms.Papers, "organising/papers.html"),
)
PARTS = (("who", ("kind", "name")), ("where", ("where", "reach")), ("hours", ("hours",)),
         ("papers", ("papers",)))  # fmt: skip
"""The list of what is to be done: each part with its questions."""
UNSAID = {"kind": "", "name": "", "about": "", "postcode": "", "address": ""}


def _draft(answers: Answers) -> OrganisationDraft:
    said: dict[str, Any] = dict(UNSAID)
    for question in JOURNEY.questions:
        if question.name in answers:
            form: Any = JOURNEY.filled(question, answers)
            said |= form.parts()
    return OrganisationDraft(**said)


def _check(answers: Answers) -> None:
    organisations.check_draft(actor_place_id=place().id, draft=_draft(answers))


JOURNEY = Journey("organisation", "organising", QUESTIONS, _check)


@blueprint.get("")
@page(action=Action.SEE_PUBLIC)
def start() -> str:
    """What is to be done, and how far it is."""
    JOURNEY.begin_anew()
    answers = JOURNEY.read()
    parts = [(name, questions[0], _standing(questions, answers)) for name, questions in PARTS]
    return render_template("organising/start.html", parts=parts)


def _standing(questions: tuple[str, ...], answers: Answers) -> str:
    done = [name in answers for name in questions]
    return "completed" if all(done) else "in-progress" if any(done) else "not-started"


@blueprint.route("/<name>", methods=["GET", "POST"])
@page(action=Action.SEE_PUBLIC)
def question(name: str) -> Any:
    """One question."""
    return JOURNEY.show(name)


@blueprint.route("/check", methods=["GET", "POST"])
@page(action=Action.SEE_PUBLIC)
def check() -> Any:
    """Check your answers, then send."""
    return JOURNEY.finish(_check_page, _register)


def _check_page(answers: Answers, form: Form) -> str:
    return render_template("organising/check.html", form=form, draft=_draft(answers))


def _register(answers: Answers, key: str) -> tuple[str, str]:
    kept = organisations.register(actor=actor(), draft=_draft(answers), key=key, now=now())
    return "organising.posted", kept.ref


@blueprint.get("/posted/<ref:ref>")
@page(action=Action.SEE_ORGANISATION)
def posted(ref: str) -> str:
    """It was sent: what happens next, and what can be got ready meanwhile."""
    shown = organisations.show(actor=actor(), ref=ref, now=now())
    return render_template("organising/posted.html", organisation=shown)
