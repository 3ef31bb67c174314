"""One thing as it is decided about at the desk, with what happened to it there."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from enabler.domain.history import AuditEntry
from enabler.domain.members import Organisation
from enabler.domain.needs import Need
from enabler.domain.next_steps import is_urgent
from enabler.domain.offers import Offer
from enabler.domain.permissions import Actor
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._checks import demanded
from enabler.services._claim_views import claim_view
from enabler.services._colleagues import called
from enabler.services._ground import Ground
from enabler.services._hidden import knows
from enabler.services._lacking import missing
from enabler.services._queue import risk_of_thing
from enabler.services._things import Thing, thing_of
from enabler.services.views import CaseView, ClaimView
from enabler.services.views.desk import AskedView, HappenedView

KINDS = frozenset({"need", "offer", "organisation", "member"})
MAY: dict[str, dict[str, tuple[str, ...]]] = {
    "need": {
        "held": ("approve", "edit", "ask", "refuse", "suspend"), "open": ("hold", "suspend"),
        "filled": ("suspend",), "arranged": ("suspend",), "suspended": ("lift",),
    },
    "offer": {
        "held": ("approve", "edit", "ask", "refuse", "suspend"), "open": ("hold", "suspend"),
        "paused": ("hold", "suspend"), "suspended": ("lift",),
    },
    "organisation": {
        "held": ("approve", "ask", "refuse", "suspend"), "active": ("hold", "suspend"),
        "paused": ("hold", "suspend"), "suspended": ("lift",),
    },
    "member": {"active": ("suspend",), "paused": ("suspend",), "suspended": ("lift",)},
}  # fmt: skip
"""What can be decided about a thing, by its kind and state."""
_DECIDED = {"open", "active", "refused", "held", "suspended"}


@dataclass(frozen=True, slots=True)
class Undoable:
    """The last decision, which can be taken back: from which state, why it was held before."""

    what: str
    at: datetime
    because: str


def thing_view(uow: UnitOfWork, actor: Actor, typed: str, here: Ground) -> CaseView | None:
    """The thing of this ref; None for a ref that is of no such thing here. No name is in it."""
    known = uow.refs.kind_of(here.place.id, typed)
    if known is None or known[0] not in KINDS:
        return None
    thing = thing_of(uow, *known, here, lock=False)
    if thing.kind == "member" and not knows(uow, actor, thing.id):
        return None
    history = uow.audit.of(thing.kind, thing.id)
    undoable, asked = undoable_of(thing, history, here), uow.decisions.questions(*thing.subject[:2])
    may = MAY[thing.kind].get(thing.state, ())
    if thing.words_wait:
        may = ("approve", "refuse", *may)
    if any(one.ended_at is None for one in asked):  # one question at a time
        may = tuple(code for code in may if code != "ask")
    undo_until = None
    if undoable is not None:
        undo_until = undoable.at + timedelta(minutes=here.ruleset.desk_undo_minutes)
    signals = uow.signals.of(here.place.id, thing.kind, [thing.id]).get(thing.id, ())
    return CaseView(
        kind=thing.kind, ref=thing.ref, state=thing.state, version=thing.version,
        risk=risk_of_thing(uow, thing, here), categories=thing.categories,
        because=thing.because or "",
        since=_since(thing, history, here), ward=_ward(uow, thing), own=_own(actor, thing),
        may=(*may, "undo") if undoable else may, signals=tuple(signals),
        claim=_claim(uow, actor, thing, here),
        asked=tuple(
            AskedView(one.words, one.asked_at, one.answer, one.answered_at)
            for one in asked
        ),
        last=_last(uow, actor, thing, history, here), undo_until=undo_until,
        answers=tuple((a.ref, a.name, a.words)
                      for a in uow.decisions.standard_answers(here.place.id)),
        lifts=_lifts(uow, thing), **_own_of(uow, actor, thing, here),
    )  # fmt: skip


def undoable_of(thing: Thing, history: list[AuditEntry], here: Ground) -> Undoable | None:
    """The last decision about it, if it is young enough to be taken back: by its last change."""
    moved = [one for one in history if one.state_before != one.state_after]
    last = moved[-1] if moved else None
    if last is None or last.state_before != "held" or last.state_after != thing.state:
        return None
    if thing.state not in ("open", "active", "refused") or last.actor_kind == "system":
        return None
    young = last.at + timedelta(minutes=here.ruleset.desk_undo_minutes) >= here.now
    held = [one.why for one in moved if one.state_after == "held" and one.why]
    return Undoable(last.what, last.at, held[-1] if held else "custodian") if young else None


def _claim(uow: UnitOfWork, actor: Actor, thing: Thing, here: Ground) -> ClaimView | None:
    claim = uow.desk.claim_of(here.place.id, thing.kind, thing.ref)
    holders = {claim.by_member_id} if claim is not None else set()
    return claim_view(actor, claim, here, called(uow, here.place.id, holders, here.now))


def _since(thing: Thing, history: list[AuditEntry], here: Ground) -> datetime:
    """When it came into its state: an edit or a question leaves it there."""
    came = [one.at for one in history
            if one.state_after == thing.state != one.state_before]  # fmt: skip
    posted = getattr(thing.row, "posted_at", None) or getattr(thing.row, "created_at", None)
    return came[-1] if came else posted or here.now


def _ward(uow: UnitOfWork, thing: Thing) -> str | None:
    return uow.homes.ward_name(thing.ward_id) if thing.ward_id is not None else None


def _own(actor: Actor, thing: Thing) -> bool:
    return actor.member_id is not None and actor.member_id in thing.own


def _last(
    uow: UnitOfWork, actor: Actor, thing: Thing, history: list[AuditEntry], here: Ground
) -> HappenedView | None:
    """What was decided last, by whom and in what words: what a second custodian has to know. Words
    that were said to the author stand with the decision."""
    decided = [
        one for one in history
        if one.state_before is not None and one.state_before != one.state_after
        and one.state_after in _DECIDED
    ]  # fmt: skip
    if not decided:
        return None
    last = decided[-1]
    verbs = {"refused": "refused", "open": "approved", "active": "active"}
    spoken = f"{thing.kind}.{verbs.get(last.state_after or '', last.state_after)}"
    words = uow.audit.words_of(thing.kind, thing.id, spoken)
    told = [one.words for one in uow.decisions.of_subject(thing.kind, thing.id)
            if one.decided_at == last.at]  # fmt: skip
    mine = actor.kind == last.actor_kind == "member" and actor.name == last.actor_name
    what = "neglected" if last.why == "neglected" else f"{last.state_before}-{last.state_after}"
    by = _name(uow, last, here) if last.actor_kind == "member" else None
    return HappenedView(what, by, last.actor_kind, mine, last.at, told[-1] if told else words)


def _name(uow: UnitOfWork, entry: AuditEntry, here: Ground) -> str:
    """Whoever did it, by name; who is at the desk no more, by ref."""
    names = {hand.member_id: hand.name for hand in uow.staff.at_desk(here.place.id, here.now)}
    refs = uow.members.refs_of(names)
    return next((names[one] for one, ref in refs.items() if ref == entry.actor_name),
                entry.actor_name)  # fmt: skip


def _lifts(uow: UnitOfWork, thing: Thing) -> datetime | None:
    if thing.state != "suspended":
        return None
    stands = [one.review_at for one in uow.decisions.of_subject(thing.kind, thing.id)
              if one.kind == "suspend" and one.stands]  # fmt: skip
    return stands[0] if stands else None


def _whose(uow: UnitOfWork, actor: Actor, member_id: int) -> str | None:
    """The ref of whose it is; of somebody hidden only for those who may know of them."""
    return uow.homes.member(member_id).ref if knows(uow, actor, member_id) else None


def _own_of(uow: UnitOfWork, actor: Actor, thing: Thing, here: Ground) -> dict[str, Any]:
    """What a need, an offer, an organisation each say of themselves."""
    row = thing.row
    organisation = uow.organisations.by_id(thing.organisation_id) if thing.organisation_id else None
    name = organisation.name if organisation else None
    if isinstance(row, Need):
        return {
            "words": row.words, "organisation": name, "missing_credentials": (),
            "giver_ref": _whose(uow, actor, row.asker_id),
            "urgent": is_urgent(row, here.ruleset, here.now), "any_time": not row.windows,
            "windows": row.windows, "setting": row.setting, "circumstances": row.circumstances,
            "asks": tuple(sorted(demanded(row, here.ruleset))),
        }  # fmt: skip
    if isinstance(row, Offer):
        ref = organisation.ref if organisation else _whose(uow, actor, row.member_id or 0)
        return {
            "words": row.words, "organisation": name, "giver_ref": ref,
            "missing_credentials": missing(uow, row, here.ruleset, here.now),
            "reach_metres": row.reach_metres,
        }  # fmt: skip
    if isinstance(row, Organisation):
        seen = uow.credentials.valid_of((None, row.id), here.now)
        words = row.about_waiting if thing.words_wait else row.about
        return {
            "words": words or "", "organisation": row.name, "giver_ref": row.ref,
            "missing_credentials": tuple(sorted(set(row.can_show) - seen)),
        }  # fmt: skip
    return {"words": "", "organisation": None, "giver_ref": row.ref, "missing_credentials": ()}
