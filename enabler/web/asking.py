"""Ask for help: one question a page, no account before the end."""

from datetime import date
from functools import partial
from typing import Any

from flask import Blueprint, render_template
from flask_babel import gettext

from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.doors.words.marking import N_
from enabler.services import needs, series, signs
from enabler.services.needs import NeedDraft
from enabler.services.views.signs import SignsView
from enabler.web import for_whom, suggesting
from enabler.web.access import actor, member, place, require_given
from enabler.web.forms import asking as forms
from enabler.web.forms.base import Form
from enabler.web.forms.meeting import Meeting
from enabler.web.forms.when import When
from enabler.web.frame import zone
from enabler.web.journey import Answers, Journey, Question

blueprint = Blueprint("asking", __name__, url_prefix="/needs/new")
blueprint.before_request(partial(require_given, Action.POST_NEED))

QUESTIONS = (
    Question("what", forms.What, "asking/what.html"),
    Question("words", forms.InWords, "asking/words.html"),
    Question("where", forms.Where, "asking/where.html"),
    Question("meeting", Meeting, "asking/meeting.html"),
    Question("when", When, "asking/when.html"),
    Question("how-much", forms.HowMuch, "asking/how_much.html"),
    Question("anything-else", forms.AnythingElse, "asking/anything_else.html"),
    Question("who", forms.ForWhom, "asking/who.html", optional=True),
)
FOR_ANOTHER: dict[str, str] = {
    "category": N_("What do they need help with?"),
    "words": N_("Tell helpers what they need"),
    "setting": N_("Where will they meet?"),
    "when": N_("When do they need it?"),
    "slots": N_("How many helpers do they need?"),
    "language": N_("Do they need a helper who speaks their language?"),
}
"""What is asked of whoever acts for somebody, by the field."""
UNSAID: dict[str, Any] = {
    "category": "", "words": "", "at_home": False, "postcode": None, "address": None,
    "windows": (),
}  # fmt: skip


def draft_of(answers: Answers, journey: Journey) -> NeedDraft:
    """What was said so far."""
    said = dict(UNSAID)
    for question in journey.questions:
        if question.name in answers:
            form: Any = journey.filled(question, answers)
            said |= form.parts(now=now(), zone=zone(), known_home=member() is not None)
    return NeedDraft(**said)


def _draft(answers: Answers) -> NeedDraft:
    return draft_of(answers, JOURNEY)


def _check(answers: Answers) -> None:
    needs.check_draft(actor_place_id=place().id, draft=_draft(answers), now=now())


def prepare(form: Form, answers: Answers) -> None:
    """Give a form what depends on the answers so far."""
    suggesting.listen(form, answers)
    if isinstance(form, forms.AnythingElse):
        chosen = answers.get("what", {}).get("category") or [""]
        form.let_wish(needs.preferences(actor_place_id=place().id, category=chosen[0], now=now()))
    if isinstance(form, Meeting):
        chosen = answers.get("what", {}).get("category") or [""]
        form.among(chosen[0])
    if isinstance(form, forms.ForWhom):
        form.offer_for(for_whom.theirs())
    if for_whom.ref_in(answers) and isinstance(form, forms.Where):
        form.at_our_door()
    elif actor().by is not None:
        _for_another(form)


def _for_another(form: Form) -> None:
    if isinstance(form, forms.Where):
        form.at_their_home()
    for name, words in FOR_ANOTHER.items():
        if name in form:
            form[name].label.text = gettext(words)


JOURNEY = Journey("need", "asking", QUESTIONS, _check, prepare)


@blueprint.get("")
@page(action=Action.SEE_PUBLIC)
def start() -> str:
    """What will be asked, and how else to ask; ``for``: for an organisation, or for none."""
    return render_template("asking/start.html", organisation=for_whom.begin(JOURNEY))


@blueprint.route("/<name>", methods=["GET", "POST"])
@page(action=Action.SEE_PUBLIC)
def question(name: str) -> Any:
    """One question."""
    return JOURNEY.show(name)


@blueprint.route("/check", methods=["GET", "POST"])
@page(action=Action.SEE_PUBLIC)
def check() -> Any:
    """Check your answers, then post."""
    return JOURNEY.finish(_check_page, _post)


def _post(answers: Answers, key: str) -> tuple[str, str]:
    """Where to see what was posted, and its ref."""
    draft = _draft(answers)
    if draft.every is not None:
        begun = series.begin(actor=actor(), draft=draft, key=key, now=now())
        return "series.weeks", begun.ref
    posted = needs.post(actor=actor(), draft=draft, key=key, now=now())
    return "asking.posted", posted.ref


def _check_page(answers: Answers, form: Form) -> str:
    draft = _draft(answers)
    free: tuple[date, ...] = ()
    if draft.every is not None:
        free = series.holidays_in(actor_place_id=place().id, every=draft.every, now=now())
    name = dict(for_whom.theirs()).get(draft.organisation_ref or "")
    return render_template(
        "asking/check.html", form=form, draft=draft, free=free, organisation=name,
        acts=bool(for_whom.theirs()),
        seen=seen_in(draft),
    )  # fmt: skip


def seen_in(draft: NeedDraft) -> SignsView:
    """What the words show, to whoever is about to post them."""
    return signs.of_need(actor=actor(), place_id=place().id, draft=draft, now=now())


@blueprint.get("/posted/<ref:ref>")
@page(action=Action.SEE_NEED)
def posted(ref: str) -> str:
    """It was posted: its reference, and what happens next with a time."""
    need = needs.show(actor=actor(), ref=ref, now=now())
    return render_template("asking/posted.html", need=need)
