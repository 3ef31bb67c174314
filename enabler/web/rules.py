"""The rules at the desk: drafts, what they would change and would have done, the decision."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, redirect, render_template, request, url_for

from enabler.domain.errors import WrongMoment
from enabler.domain.permissions import Action
from enabler.domain.risk import LAW
from enabler.domain.ruleset_keys import PARTS
from enabler.domain.ruleset_parts import CARE_PART, KINDS_PART
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.doors.words import sentence
from enabler.services import market_rules
from enabler.services import rulesets as service
from enabler.services.views.rules import DraftView
from enabler.web.access import actor, place
from enabler.web.forms import rules as forms
from enabler.web.forms.base import Confirm
from enabler.web.forms.rules_care import CareForm
from enabler.web.forms.rules_when import WhenForm
from enabler.web.refusals import shown_at, shown_unless_late

blueprint = Blueprint("rules", __name__, url_prefix="/desk/rules")
TYPED_PARTS = tuple(part for part in PARTS if part not in (KINDS_PART, CARE_PART))


@blueprint.get("")
@page(action=Action.DRAFT_RULES)
def desk() -> str:
    """What is in force, to come, drafted and proposed, and what was before."""
    return render_template("rules/desk.html", desk=service.desk(actor=actor(), now=now()))


@blueprint.route("/new", methods=["GET", "POST"])
@page(action=Action.DRAFT_RULES)
def begin() -> Any:
    """Begin a draft, from the rules in force or from an older version."""
    form, made = forms.Begin(), []
    asked = request.args.get("from", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 9 else None
    if form.sent() and shown_at(form, lambda: made.append(service.begin(
        actor=actor(), name=form.name.data or "", from_version=number, key=form.the_key(),
        now=now(),
    ))):  # fmt: skip
        return redirect(url_for("rules.draft", ref=made[0].ref))
    return render_template("rules/begin.html", form=form, number=number)


@blueprint.get("/versions/<int:number>")
@page(action=Action.DRAFT_RULES)
def version(number: int) -> str:
    """One version: what it says, and in what it differs from the one before."""
    found = service.version(actor=actor(), number=number, now=now())
    return render_template("rules/version.html", one=found)


@blueprint.get("/drafts/<ref:ref>")
@page(action=Action.DRAFT_RULES)
def draft(ref: str) -> str:
    """One draft: what it changes, when and where it is to hold, and what can be done with it."""
    found = _draft(ref)
    area = service.area(actor=actor(), ref=ref) if found.covers else None
    return render_template(
        "rules/draft.html", draft=found, area=area, parts=TYPED_PARTS, form=Confirm()
    )


_IN_PATHS = "looks,noticed,asking,finding,visits,hours,games,desk,checks,keeping"


@blueprint.route(f"/drafts/<ref:ref>/<any({_IN_PATHS}):part>",
                 methods=["GET", "POST"])  # fmt: skip
@page(action=Action.DRAFT_RULES)
def part(ref: str, part: str) -> Any:
    """Edit one part of the rules."""
    found, form = _draft(ref), forms.part_form(part)()
    form.know(found.rules)
    return _edit_page(
        found, form, lambda: form.write(found.rules), "rules/part.html",
        after=url_for("rules.draft", ref=ref), part=part,
    )  # fmt: skip


@blueprint.route("/drafts/<ref:ref>/care", methods=["GET", "POST"])
@page(action=Action.DRAFT_RULES)
def care(ref: str) -> Any:
    """Edit what help asks of whoever gives it."""
    found, form = _draft(ref), CareForm()
    form.know(found.rules)
    return _edit_page(
        found, form, lambda: form.write(found.rules), "rules/care.html",
        after=url_for("rules.draft", ref=ref), law=LAW,
    )  # fmt: skip


@blueprint.get("/drafts/<ref:ref>/kinds")
@page(action=Action.DRAFT_RULES)
def kinds(ref: str) -> str:
    """All kinds of help, with what the draft says of each."""
    slugs = market_rules.kinds(actor=actor(), place_id=place().id)
    return render_template("rules/kinds.html", draft=_draft(ref), slugs=slugs)


@blueprint.route("/drafts/<ref:ref>/kinds/<slug>", methods=["GET", "POST"])
@page(action=Action.DRAFT_RULES)
def kind(ref: str, slug: str) -> Any:
    """Edit what the rules say of one kind of help."""
    found, form = _draft(ref), forms.KindForm()
    if slug not in market_rules.kinds(actor=actor(), place_id=place().id):
        abort(404)
    form.know(slug, found.rules)
    return _edit_page(
        found, form, form.write, "rules/kind.html", after=url_for("rules.kinds", ref=ref), slug=slug
    )


@blueprint.route("/drafts/<ref:ref>/when", methods=["GET", "POST"])
@page(action=Action.DRAFT_RULES)
def when(ref: str) -> Any:
    """Say the draft's name, and when and where it is to hold."""
    found, form, zone = _draft(ref), WhenForm(), ZoneInfo(place().timezone)
    form.know(service.wards(actor=actor()), found)
    if form.sent() and shown_unless_late(form, "name", lambda: service.place_when(
        actor=actor(), ref=ref, version=form.seen, when=form.when(zone), key=form.the_key(),
        now=now(),
    )):  # fmt: skip
        return redirect(url_for("rules.draft", ref=ref))
    if request.method == "GET":
        form.write(found, zone)
        form.see(found.version)
    return render_template("rules/when.html", draft=found, form=form,
                           changes=_changes(ref, found, form))  # fmt: skip


@blueprint.get("/drafts/<ref:ref>/try")
@page(action=Action.DRAFT_RULES)
def trial(ref: str) -> str:
    """What the draft would have done with what was posted in the last 90 days."""
    found = service.trial(actor=actor(), ref=ref, now=now())
    return render_template("rules/try.html", trial=found)


@blueprint.post("/drafts/<ref:ref>/rebase")
@page(action=Action.DRAFT_RULES)
def rebase(ref: str) -> Any:
    """Move the draft's changes onto the rules that are in force by now."""
    form = Confirm()
    if form.sent():
        service.rebase(actor=actor(), ref=ref, key=form.the_key(), now=now())
    return redirect(url_for("rules.draft", ref=ref))


@blueprint.route("/drafts/<ref:ref>/propose", methods=["GET", "POST"])
@page(action=Action.DRAFT_RULES)
def propose(ref: str) -> Any:
    """Ask a second person to approve the draft."""
    found, form = _draft(ref), forms.Propose()
    if form.sent() and shown_unless_late(form, "words", lambda: service.propose(
        actor=actor(), ref=ref, version=form.seen, words=form.words.data or "",
        key=form.the_key(), now=now(),
    )):  # fmt: skip
        return redirect(url_for("rules.draft", ref=ref))
    if request.method == "GET":
        form.see(found.version)
    return render_template("rules/propose.html", draft=found, form=form,
                           changes=_changes(ref, found, form))  # fmt: skip


@blueprint.route("/drafts/<ref:ref>/withdraw", methods=["GET", "POST"])
@page(action=Action.DRAFT_RULES)
def withdraw(ref: str) -> Any:
    """Give the draft up, once that was confirmed."""
    form, problem = Confirm(), None
    if form.sent():
        try:
            service.withdraw(actor=actor(), ref=ref, key=form.the_key(), now=now())
            return redirect(url_for("rules.desk"))
        except WrongMoment as refused:
            problem = sentence(refused)
    return render_template("rules/withdraw.html", draft=_draft(ref), form=form, problem=problem)


@blueprint.route("/drafts/<ref:ref>/decide", methods=["GET", "POST"])
@page(action=Action.APPROVE_RULES)
def decide(ref: str) -> Any:
    """What was proposed, what it would have done, and the second person's decision."""
    form = forms.Decide()
    if form.sent() and shown_unless_late(form, "decision", lambda: service.decide(
        actor=actor(), ref=ref, approving=form.decision.data == "approve",
        words=form.words.data or "", key=form.the_key(), now=now(),
    )):  # fmt: skip
        return redirect(url_for("rules.draft", ref=ref))
    tried = service.trial(actor=actor(), ref=ref, now=now())
    return render_template("rules/decide.html", draft=tried.draft, trial=tried, form=form)


def _draft(ref: str) -> DraftView:
    return service.draft(actor=actor(), ref=ref, now=now())


def _edit_page(
    found: DraftView, form: Any, write: Callable[[], None], template: str, *, after: str,
    **shown: Any,
) -> Any:  # fmt: skip
    """A part of the draft: written into the form, or kept and back ``after`` it."""
    first = next(name for name in form._fields if name not in ("csrf_token", "key", "version"))
    if form.sent() and shown_unless_late(form, first, lambda: service.edit(
        actor=actor(), ref=found.ref, version=form.seen, values=form.values(), key=form.the_key(),
        now=now(),
    )):  # fmt: skip
        return redirect(after)
    if request.method == "GET":
        write()
        form.see(found.version)
    return render_template(
        template, draft=found, form=form, changes=_changes(found.ref, found, form), **shown
    )


def _changes(ref: str, draft: DraftView, form: forms.EditForm) -> Any:
    """What others have changed since the form was opened, to be seen beside what was typed; sent
    once more, the form goes by what it shows now."""
    if not form.errors or form.seen >= draft.version:
        return ()
    found = service.meanwhile(actor=actor(), ref=ref, version=form.seen, now=now())
    form.see(draft.version)
    return found
