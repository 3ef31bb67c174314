"""Money that a helper spent for the asker: written down, looked at, paid."""

from typing import Any

from flask import Blueprint, Response, redirect, render_template, url_for

from enabler.domain.permissions import Action
from enabler.domain.receipts import PDF
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.services import costs
from enabler.web.access import actor
from enabler.web.forms import costs as forms
from enabler.web.forms.base import Confirm
from enabler.web.refusals import shown_at

blueprint = Blueprint("costs", __name__)


@blueprint.route("/matches/<ref:ref>/spent", methods=["GET", "POST"])
@page(action=Action.FINISH_MATCH)
def spent(ref: str) -> Any:
    """Write down what you spent."""
    form = forms.Spent()
    noted: list[str] = []
    if form.sent() and shown_at(form, lambda: noted.append(costs.note(
        actor=actor(), match_ref=ref, key=form.the_key(), now=now(), **form.parts()
    ).ref)):  # fmt: skip
        return redirect(url_for("costs.cost", ref=noted[0]))
    shown = costs.before_note(actor=actor(), match_ref=ref, now=now())
    return render_template("costs/spent.html", form=form, shown=shown)


def _cost_page(
    ref: str, answering: forms.Answer | None = None, adding: forms.AddReceipt | None = None
) -> str:
    return render_template(
        "costs/cost.html", cost=costs.show(actor=actor(), ref=ref, now=now()),
        form=adding or answering or forms.Answer(formdata=None), confirm=Confirm(formdata=None),
        answering=answering or forms.Answer(formdata=None),
        adding=adding or forms.AddReceipt(formdata=None),
    )  # fmt: skip


@blueprint.get("/costs/<ref:ref>")
@page(action=Action.SEE_MATCH)
def cost(ref: str) -> str:
    """One thing that was paid for."""
    return _cost_page(ref)


@blueprint.post("/costs/<ref:ref>/answer")
@page(action=Action.CONFIRM_MATCH)
def answer(ref: str) -> Any:
    """It is right, or it is not."""
    form = forms.Answer()
    if form.sent() and shown_at(form, lambda: costs.answer(
        actor=actor(), ref=ref, key=form.the_key(), now=now(), **form.parts()
    )):  # fmt: skip
        return redirect(url_for("costs.cost", ref=ref))
    return _cost_page(ref, answering=form)


@blueprint.post("/costs/<ref:ref>/settled")
@page(action=Action.FINISH_MATCH)
def settled(ref: str) -> Any:
    """I have the money."""
    costs.settle(actor=actor(), ref=ref, key=Confirm().the_key(), now=now())
    return redirect(url_for("costs.cost", ref=ref))


@blueprint.post("/costs/<ref:ref>/withdraw")
@page(action=Action.FINISH_MATCH)
def withdraw(ref: str) -> Any:
    """I take it back."""
    costs.withdraw(actor=actor(), ref=ref, key=Confirm().the_key(), now=now())
    return redirect(url_for("costs.cost", ref=ref))


@blueprint.post("/costs/<ref:ref>/add-receipt")
@page(action=Action.FINISH_MATCH)
def add_receipt(ref: str) -> Any:
    """Add the receipt."""
    form = forms.AddReceipt()
    if form.sent() and shown_at(form, lambda: costs.add_receipt(
        actor=actor(), ref=ref, content=form.content(), key=form.the_key(), now=now()
    )):  # fmt: skip
        return redirect(url_for("costs.cost", ref=ref))
    return _cost_page(ref, adding=form)


@blueprint.get("/costs/<ref:ref>/receipt")
@page(action=Action.SEE_MATCH)
def receipt(ref: str) -> Response:
    """The receipt itself. A PDF is saved, never opened in our pages' place."""
    found = costs.receipt(actor=actor(), ref=ref, now=now())
    kept = "attachment" if found.kind == PDF else "inline"
    name = f"{found.ref}.{found.kind.rpartition('/')[2]}"
    headers = {"Content-Disposition": f"{kept}; filename={name}"}
    return Response(found.content, content_type=found.kind, headers=headers)
