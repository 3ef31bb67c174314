"""My page: what waits for my answer first, then what I help with, ask for and offer."""

from flask import Blueprint, render_template, url_for

from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.services import acting, keeping_apart, questions
from enabler.services import mine as service
from enabler.web.access import actor
from enabler.web.forms.base import Confirm

blueprint = Blueprint("mine", __name__)


@blueprint.get("/me")
@page(action=Action.SEE_OWN)
def mine() -> str:
    """Everything of the member who is signed in."""
    everything = service.everything(actor=actor(), now=now())
    last = next((need for need in everything.needs if "again" in need.may), None)
    may_be_asked = everything.at_desk or bool(actor().organisations())
    asked = questions.waiting(actor=actor()) if may_be_asked else ()
    return render_template(
        "mine/mine.html", mine=everything, last=last, asked=asked, form=Confirm(),
        supports=acting.any_at_all(actor=actor(), now=now()),
    )  # fmt: skip


@blueprint.get("/me/apart")
@page(action=Action.SEE_OWN)
def apart() -> str:
    """Whom I keep away, since when, and how to let them back."""
    found = keeping_apart.mine(actor=actor(), now=now())
    return render_template("mine/apart.html", found=found, form=Confirm(), back=url_for(".mine"))
