"""Change what is offered: the same questions filled in, a page to check, one press to keep."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from enabler.domain.errors import WrongMoment
from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.services import offers, resting
from enabler.services.offers import OfferDraft
from enabler.services.views import OfferToChange
from enabler.web import offering
from enabler.web.access import actor, member, place
from enabler.web.forms import offering as forms
from enabler.web.forms.base import Confirm, Form
from enabler.web.forms.changes import Save
from enabler.web.journey import Answers, Journey
from enabler.web.prefilled import of_offer

blueprint = Blueprint("offer_changing", __name__, url_prefix="/offers/<ref:ref>")


def _journey(offer: OfferToChange) -> Journey:
    """The questions about this offer; its answers are another draft than those of a new one."""
    mine = offer.draft.organisation_ref

    def prepare(form: Form, answers: Answers) -> None:
        offering.prepare(form, answers)
        if isinstance(form, forms.AsWhom):  # whose it is does not change
            form.offer_for([(mine, mine)] if mine else [])

    def check(answers: Answers) -> None:
        drafted = offering.draft_of(answers, journey)
        offers.check_draft(actor_place_id=place().id, draft=drafted, now=now())

    def begun() -> Answers:
        return of_offer(offer.draft) | {"version": offer.version}

    journey = Journey(
        f"offer-{offer.ref}", "offer_changing", offering.QUESTIONS, check, prepare, begun,
        {"ref": offer.ref},
    )  # fmt: skip
    return journey


def _to_change(ref: str) -> OfferToChange:
    offer = offers.to_change(actor=actor(), ref=ref, now=now())
    if not offer.changeable:
        raise WrongMoment(f"cannot_change_when_{offer.state.value}", state=offer.state.value)
    return offer


@blueprint.get("/edit/questions")
@page(action=Action.CHANGE_OFFER)
def start(ref: str) -> Any:
    """The first question leads back to the page that shows all answers."""
    _to_change(ref)
    return redirect(url_for("offer_changing.check", ref=ref))


@blueprint.route("/edit/<name>", methods=["GET", "POST"])
@page(action=Action.CHANGE_OFFER)
def question(ref: str, name: str) -> Any:
    """One question, as it was answered."""
    return _journey(_to_change(ref)).show(name)


@blueprint.route("/edit", methods=["GET", "POST"])
@page(action=Action.CHANGE_OFFER)
def check(ref: str) -> Any:
    """All answers, each to be changed; then keep them."""
    offer, form = _to_change(ref), Save()
    journey = _journey(offer)
    answers = (request.method == "POST" and journey.carried()) or journey.read()
    wrong = journey.first_wrong(answers)
    if wrong is not None:
        return wrong
    draft = offering.draft_of(answers, journey)
    if form.sent() and _changed(offer, draft, form):
        journey.forget()
        return redirect(url_for("offers.offer", ref=ref))
    form.begin(offer.version)
    return _page(offer, draft, form, journey, answers)


def _page(
    offer: OfferToChange, draft: OfferDraft, form: Save, journey: Journey, answers: Answers
) -> str:
    someone = member()
    names = dict(someone.signed.organisations) if someone else {}
    return render_template(
        "changing/offer.html", form=form, draft=draft, offer=offer,
        organisation=names.get(offer.draft.organisation_ref or ""),
        stale=answers.get("version") != offer.version,
        so_far=journey.so_far(answers | {"version": offer.version}),
    )  # fmt: skip


def _changed(offer: OfferToChange, draft: OfferDraft, form: Save) -> bool:
    def act() -> None:
        offers.change(
            actor=actor(), ref=offer.ref, draft=draft, version=form.of_version,
            key=form.the_key(), now=now(),
        )  # fmt: skip

    return form.kept(act)


@blueprint.post("/still-right")
@page(action=Action.CHANGE_OFFER)
def still_right(ref: str) -> Any:
    """Yes, it is still right."""
    resting.still_right(actor=actor(), ref=ref, key=Confirm().the_key(), now=now())
    return redirect(url_for("offers.offer", ref=ref))
