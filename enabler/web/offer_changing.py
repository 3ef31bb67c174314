"""Change what is offered: the same questions filled in, a page to check, one press to keep."""

from functools import partial
from typing import Any

from flask import Blueprint, redirect, render_template, url_for

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
from enabler.web.journey import Answers, Journey
from enabler.web.keeping import check_page
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
    offer = _to_change(ref)

    def change(draft: OfferDraft, version: int, key: str) -> object:
        return offers.change(
            actor=actor(), ref=ref, draft=draft, version=version, key=key, now=now()
        )

    return check_page(
        _journey(offer), offer.version, draft_of=offering.draft_of, change=change,
        after=url_for("offers.offer", ref=ref),
        show=partial(
            render_template, "changing/offer.html", offer=offer, organisation=_organisation(offer)
        ),
        look=offering.seen_in,
    )  # fmt: skip


def _organisation(offer: OfferToChange) -> str | None:
    """The name of whose offer it is, where it is an organisation's."""
    someone = member()
    names = dict(someone.signed.organisations) if someone else {}
    return names.get(offer.draft.organisation_ref or "")


@blueprint.post("/still-right")
@page(action=Action.CHANGE_OFFER)
def still_right(ref: str) -> Any:
    """Yes, it is still right."""
    resting.still_right(actor=actor(), ref=ref, key=Confirm().the_key(), now=now())
    return redirect(url_for("offers.offer", ref=ref))
