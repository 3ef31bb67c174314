"""My checks: what was seen of me, what I ask for, whom I let see it; an organisation's too."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from enabler.domain.consents import Shown
from enabler.domain.permissions import Action
from enabler.domain.vocabulary import CredentialKind
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.services import carrying, my_checks
from enabler.web.access import actor
from enabler.web.forms import credentials as forms
from enabler.web.forms.base import Confirm
from enabler.web.language import current
from enabler.web.refusals import shown_at, shown_unless_late

blueprint = Blueprint("checks", __name__)


def _back() -> Response:
    return redirect(url_for("checks.mine"))


@blueprint.get("/me/credentials")
@page(action=Action.SEE_OWN)
def mine() -> str:
    """What was seen of me, what waits, whom I let see it, who looked."""
    found = my_checks.mine(actor=actor(), now=now())
    return render_template("checks/mine.html", mine=found, form=Confirm(formdata=None))


@blueprint.route("/me/credentials/ask", methods=["GET", "POST"])
@page(action=Action.CHANGE_OWN)
def ask() -> Any:
    """Ask that somebody looks at a paper of mine."""
    form = forms.WantCheck()
    if form.sent() and shown_unless_late(form, "words", lambda: my_checks.want(
        actor=actor(), kind=CredentialKind(form.kind.data), words=form.words.data,
        key=form.the_key(), now=now(),
    )):  # fmt: skip
        return _back()
    return render_template("checks/ask.html", form=form, back=url_for("checks.mine"))


@blueprint.post("/me/credentials/asked/<ref:ref>/withdraw")
@page(action=Action.CHANGE_OWN)
def withdraw(ref: str) -> Any:
    """I do not want it any more."""
    my_checks.no_longer_want(actor=actor(), ref=ref, key=Confirm().the_key(), now=now())
    return _back()


@blueprint.route("/me/credentials/<ref:ref>/share", methods=["GET", "POST"])
@page(action=Action.CHANGE_OWN)
def share(ref: str) -> Any:
    """Let an organisation or another place see one."""
    form = forms.LetSee()
    if form.sent() and shown_unless_late(form, "to", lambda: carrying.let_see(
        actor=actor(), ref=ref, to=form.to.data or "", until=form.until.given,
        shown=Shown(current(), page="share"), key=form.the_key(), now=now(),
    )):  # fmt: skip
        return _back()
    found = my_checks.one(actor=actor(), ref=ref, now=now())
    return render_template("checks/share.html", form=form, check=found)


@blueprint.post("/me/credentials/shares/<ref:ref>/end")
@page(action=Action.CHANGE_OWN)
def unshare(ref: str) -> Any:
    """They see it no more."""
    carrying.end_leave(actor=actor(), ref=ref, key=Confirm().the_key(), now=now())
    return _back()


@blueprint.get("/organisations/<ref:ref>/checks")
@page(action=Action.SEE_COLLEAGUES)
def of_organisation(ref: str) -> str:
    """An organisation's own checks, and those that people let it see."""
    shown = carrying.shown_to_organisation(actor=actor(), ref=ref, now=now())
    own = my_checks.of_organisation(actor=actor(), ref=ref, now=now())
    return render_template("checks/organisation.html", shown=shown, mine=own, ref=ref,
                           form=Confirm(formdata=None))  # fmt: skip


@blueprint.route("/organisations/<ref:ref>/checks/ask", methods=["GET", "POST"])
@page(action=Action.CHANGE_ORGANISATION)
def ask_for_organisation(ref: str) -> Any:
    """Ask that somebody looks at a paper of the organisation's."""
    form, back = forms.WantCheck(), url_for("checks.of_organisation", ref=ref)
    if form.sent() and shown_at(form, lambda: my_checks.want(
        actor=actor(), kind=CredentialKind(form.kind.data), words=form.words.data,
        organisation_ref=ref, key=form.the_key(), now=now(),
    )):  # fmt: skip
        return redirect(back)
    my_checks.of_organisation(actor=actor(), ref=ref, now=now())
    return render_template("checks/ask.html", form=form, back=back)
