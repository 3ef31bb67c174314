"""Offer help: one question a page, no account before the end."""

from functools import partial
from typing import Any

from flask import Blueprint, render_template

from enabler.domain.permissions import Action
from enabler.domain.vocabulary import Terms
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.services import offers, organisations, signs
from enabler.services.offers import OfferDraft
from enabler.services.views.signs import SignsView
from enabler.web import for_whom, suggesting
from enabler.web.access import actor, place, require_given
from enabler.web.forms import offering as forms
from enabler.web.forms.base import Form
from enabler.web.forms.each_week import EachWeek
from enabler.web.forms.exceptions import Exceptions
from enabler.web.journey import Answers, Journey, Question

blueprint = Blueprint("offering", __name__, url_prefix="/offers/new")
blueprint.before_request(partial(require_given, Action.POST_OFFER))

QUESTIONS = (
    Question("what", forms.Kinds, "offering/what.html"),
    Question("words", forms.InWords, "offering/words.html"),
    Question("how-far", forms.HowFar, "offering/how_far.html"),
    Question("when", EachWeek, "offering/when.html"),
    Question("exceptions", Exceptions, "offering/exceptions.html", optional=True),
    Question("terms", forms.OnTerms, "offering/terms.html"),
    Question("who", forms.AsWhom, "offering/who.html"),
)
UNSAID: dict[str, Any] = {
    "categories": (), "words": "", "terms": Terms.FREE, "stated_terms": None,
    "reach_metres": 1600, "any_time": True, "weekly": (),
}  # fmt: skip


def draft_of(answers: Answers, journey: Journey) -> OfferDraft:
    """What was said so far."""
    said = dict(UNSAID)
    for question in journey.questions:
        if question.name in answers:
            form: Any = journey.filled(question, answers)
            said |= form.parts()
    return OfferDraft(**said)


def _draft(answers: Answers) -> OfferDraft:
    return draft_of(answers, JOURNEY)


def _check(answers: Answers) -> None:
    offers.check_draft(actor_place_id=place().id, draft=_draft(answers), now=now())


def prepare(form: Form, answers: Answers) -> None:
    """Give a form what depends on the visitor or on the answers so far."""
    suggesting.listen(form, answers)
    if isinstance(form, forms.AsWhom):
        form.offer_for(for_whom.theirs())
        chosen = answers.get("what", {}).get("categories") or []
        form.let_say(offers.preferences(actor_place_id=place().id, categories=chosen, now=now()))
    if isinstance(form, forms.InWords):
        form.organisation = for_whom.name_in(answers)
    if isinstance(form, EachWeek):
        ref = for_whom.ref_in(answers)
        if ref in dict(for_whom.theirs()):
            form.let_open(organisations.show(actor=actor(), ref=ref, now=now()).hours)


JOURNEY = Journey("offer", "offering", QUESTIONS, _check, prepare)


@blueprint.get("")
@page(action=Action.SEE_PUBLIC)
def start() -> str:
    """What will be asked, and what an offer leads to; ``for``: on behalf of an organisation, or of
    none."""
    name = for_whom.begin(JOURNEY, languages=["en"], wish=[""])
    return render_template("offering/start.html", organisation=name)


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
    offer = offers.post(actor=actor(), draft=_draft(answers), key=key, now=now())
    return "offering.posted", offer.ref


def _check_page(answers: Answers, form: Form) -> str:
    draft = _draft(answers)
    name = dict(for_whom.theirs()).get(draft.organisation_ref or "")
    return render_template(
        "offering/check.html", form=form, draft=draft, organisation=name, seen=seen_in(draft)
    )


def seen_in(draft: OfferDraft) -> SignsView:
    """What the words show, to whoever is about to post them."""
    return signs.of_offer(actor=actor(), place_id=place().id, draft=draft, now=now())


@blueprint.get("/posted/<ref:ref>")
@page(action=Action.SEE_OFFER)
def posted(ref: str) -> str:
    """It was posted: what happens next, and what we still need to see."""
    offer = offers.show(actor=actor(), ref=ref, now=now())
    return render_template("offering/posted.html", offer=offer)
