"""The custodians' desk: the queue, what is decided about one thing or many; credentials."""

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from enabler.domain.errors import WrongMoment
from enabler.domain.permissions import Action, allowed
from enabler.domain.refs import written
from enabler.doors.access import page
from enabler.doors.wiring import now, wiring
from enabler.services import claims, costs_of_texts, matches, moderation, questions, suspensions
from enabler.services.views import EntryView
from enabler.web.access import actor
from enabler.web.cases import case
from enabler.web.desk_many import act_on
from enabler.web.forms import deciding
from enabler.web.forms import desk as forms
from enabler.web.refusals import shown_at, shown_unless_late

blueprint = Blueprint("desk", __name__, url_prefix="/desk")


@blueprint.get("")
@page(action=Action.SEE_DESK)
def desk() -> str:
    """What waits for a decision, the next on top."""
    return _listed(deciding.Many())


def _listed(form: deciding.Many) -> str:
    sieve = deciding.Sift()
    found = moderation.desk(actor=actor(), sieve=sieve.wanted(), now=now())
    sieve.know(found)
    return render_template(
        "desk/desk.html", desk=found, done=_done(), sieve=sieve, form=form,
        ticked=form.ticked(), may_decide=allowed(actor(), Action.MODERATE),
        may_bar=allowed(actor(), Action.BAR_PERSON),
        may_complaints=allowed(actor(), Action.KEEP_COMPLAINTS),
        may_words=allowed(actor(), Action.KEEP_WORDINGS),
        cost=costs_of_texts.of_many(
            actor=actor(), texts=sum(one.in_bulk for one in found.entries), now=now(),
            pence_per_segment=wiring().pence_per_segment,
        ),
    )  # fmt: skip


@blueprint.post("/many")
@page(action=Action.MODERATE)
def many() -> Any:
    """Decide about several where little can go wrong."""
    form = deciding.Many()
    if form.sent() and form.says_why():
        return render_template("desk/many.html", told=act_on(form))
    moderation.begin_many(actor=actor())
    return _listed(form)


@blueprint.get("/next")
@page(action=Action.MODERATE)
def next_one() -> Any:
    """The next thing to decide that nobody else has in hand."""
    free = (one for one in _to_decide()
            if not one.own and not one.asked and (one.claim is None or one.claim.mine))  # fmt: skip
    following, done = next(free, None), request.args.get("done")
    if following is None:
        return redirect(url_for("desk.desk", done=done))
    return redirect(url_for("desk.held", ref=following.ref, done=done))


def _to_decide() -> Iterator[EntryView]:
    """Held things in the order of the desk, from all its pages: what only waits for a helper may
    fill the first."""
    page, pages = 1, 1
    while page <= pages:
        found = moderation.desk(actor=actor(), sieve=moderation.Sieve(page=page), now=now())
        yield from found.of("need", "offer", "organisation")
        page, pages = page + 1, found.pages


def _done() -> Any:
    """What the reader has just decided about, with what came of it, if they did."""
    ref = request.args.get("done", "")[:20]
    if not ref or not allowed(actor(), Action.MODERATE):
        return None
    shown = moderation.look(actor=actor(), ref=ref, now=now())
    asked = shown is not None and bool(shown.asked) and shown.asked[-1].answer is None
    return shown if shown and (asked or (shown.last and shown.last.mine)) else None


@blueprint.route("/hands/<kind>/<ref:ref>", methods=["GET", "POST"])
@page(action=Action.MODERATE)
def hands(kind: str, ref: str) -> Any:
    """Take a thing in hand or give it back; take over what a colleague has, with a word."""
    form = deciding.TakeOver()
    common: dict[str, Any] = {
        "actor": actor(), "kind": kind[:20], "ref": written(ref), "key": form.the_key(),
        "now": now(),
    }  # fmt: skip

    def act() -> None:
        if form.gives_back():
            claims.release(**common)
        else:
            claims.claim(words=form.because.data or None, **common)

    if form.sent() and shown_unless_late(form, "because", act):
        return redirect(url_for("desk.desk", **forms.kept_filters()))
    return render_template("desk/over.html", form=form, ref=ref)


@blueprint.route("/held/<ref:ref>", methods=["GET", "POST"])
@page(action=Action.MODERATE)
def held(ref: str) -> Any:
    """One thing: what can be decided about it now, with what happened to it."""
    form, status, lost = deciding.Decide(), 200, None
    shown = moderation.look(actor=actor(), ref=ref, now=now())
    form.know(shown)
    try:
        if form.sent() and shown_at(form, lambda: _decided(ref, form)):
            return redirect(url_for("desk.next_one" if form.goes_on() else "desk.desk", done=ref))
    except WrongMoment as late:
        lost, status = late, 409
        shown = moderation.look(actor=actor(), ref=ref, now=now())
        form.know(shown, again=True)
    return render_template(
        "desk/held.html", held=shown, ref=ref, form=form, lost=lost, done=_done()
    ), status


_DECIDE = {
    "approve": moderation.approve, "refuse": moderation.refuse, "ask": questions.ask,
    "hold": suspensions.hold, "suspend": suspensions.suspend, "lift": suspensions.lift,
}  # fmt: skip


def _decided(ref: str, form: deciding.Decide) -> None:
    common: dict[str, Any] = {
        "actor": actor(), "ref": ref, "key": form.the_key(), "now": now(),
        "seen": form.version.data or None,
    }  # fmt: skip
    if form.decision.data == "undo":
        suspensions.undo(**common)
        return
    more: dict[str, Any] = {}
    if form.decision.data == "suspend":
        more["days"] = form.days.number
    _DECIDE[form.decision.data or ""](words=form.reason(), **common, **more)


@blueprint.route("/reports/<ref:ref>", methods=["GET", "POST"])
@page(action=Action.KEEP_CASE)
def report(ref: str) -> Any:
    """One report: what was done about it."""
    return case(ref)


@blueprint.route("/matches/<ref:ref>/decide", methods=["GET", "POST"])
@page(action=Action.MODERATE)
def decide(ref: str) -> Any:
    """Two do not agree how long it took: say so for them."""
    form = forms.HowLong()
    if form.sent() and shown_unless_late(form, "minutes", lambda: matches.decide(
        actor=actor(), match_ref=ref, minutes=form.minutes.number or 0,
        words=form.words.data or "", key=form.the_key(), now=now(),
    )):  # fmt: skip
        return redirect(url_for("matches.match", ref=ref))
    shown = matches.show(actor=actor(), ref=ref, now=now())
    return render_template("desk/decide.html", match=shown, form=form)
