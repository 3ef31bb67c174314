"""Needs: asking for help, looking at it, taking it back, saying how it ended."""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from enabler.domain.errors import WrongMoment
from enabler.domain.members import Member, Where
from enabler.domain.needs import Need
from enabler.domain.next_steps import Plan, is_with_people, when_held
from enabler.domain.permissions import Action, Actor, Subject, allowed, require
from enabler.domain.vocabulary import (
    MatchState,
    MemberState,
    NeedState,
    NextStep,
    Outcome,
    Priority,
)
from enabler.domain.words import optional_words
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services._asking import ask
from enabler.services._ground import Ground, ground
from enabler.services._need_drafts import NeedDraft, checked_draft, needed_by, where_of
from enabler.services._need_views import need_view
from enabler.services._once import once
from enabler.services._progress import move_match, move_need, tell_helpers, withdraw_matches
from enabler.services._subjects import of_need, place_of
from enabler.services._tell import tell
from enabler.services.views import NeedView

__all__ = ["NeedDraft", "check_draft", "close", "post", "preferences", "show", "withdraw"]

RAISED_BY_A_REPEAT = 100
MOST_PRIORITY = 1000
_HELPED = (Outcome.HELPED, Outcome.PARTLY_HELPED)


def post(*, actor: Actor, draft: NeedDraft, key: str, now: datetime) -> NeedView:
    """Ask for help. It is open, and the first helpers are asked, or held for a custodian.

    Raises NotAllowed, Invalid (at the field of the draft that is wrong), KeyReused.
    """
    with unit_of_work() as uow:
        place_id = actor.place_id
        require(actor, Action.POST_NEED, Subject(place_id))
        asker = uow.homes.member(actor.member_id or 0)
        here = ground(uow, asker.place_id, now)
        result = once(
            uow, "needs.post", actor=actor, key=key, arguments=asdict(draft), now=now,
            act=lambda: _post(uow, actor, asker, draft, here),
        )  # fmt: skip
        need = uow.needs.by_ref(asker.place_id, result["ref"])
        view = need_view(uow, actor, need, here)
        uow.commit()
    return view


def check_draft(
    *, actor_place_id: int, draft: NeedDraft, now: datetime, field: str | None = None
) -> None:
    """Whether a draft means something, before it is sent; ``field`` asks about one question.

    Raises Invalid(field, code), as ``post`` would.
    """
    with reading() as uow:
        here = ground(uow, actor_place_id, now)
        off = uow.rulesets.category_off(actor_place_id)
        checked_draft(draft, off=off, ruleset=here.ruleset, now=now, field=field)
        if field in (None, "postcode") and not draft.at_home:
            uow.places.locate(actor_place_id, draft.postcode or "")


def preferences(*, actor_place_id: int, category: str, now: datetime) -> dict[str, str]:
    """What may be wished of a helper with this kind of help here, each with its reason's code."""
    with reading() as uow:
        return dict(ground(uow, actor_place_id, now).ruleset.preferences.get(category, {}))


def show(*, actor: Actor, ref: str, now: datetime) -> NeedView:
    """A need with its status, its timeline and its next step. Raises NotFound, NotAllowed.

    A councillor sees what was handed to people in the own ward, without who asks.
    """
    with unit_of_work() as uow:
        need = uow.needs.by_ref(place_of(actor), ref)
        if not (is_with_people(need) and allowed(actor, Action.SEE_WARD, of_need(need))):
            require(actor, Action.SEE_NEED, of_need(need))
        view = need_view(uow, actor, need, ground(uow, need.place_id, now, need.cell))
        uow.commit()
    return view


def withdraw(*, actor: Actor, ref: str, key: str, now: datetime) -> NeedView:
    """Take a need back; everybody who was asked or said yes is told.

    Raises NotFound, NotAllowed, WrongMoment, KeyReused.
    """
    with unit_of_work() as uow:
        need = uow.needs.by_ref(place_of(actor), ref)
        require(actor, Action.CHANGE_NEED, of_need(need))
        here = ground(uow, need.place_id, now, need.cell)
        once(
            uow, "needs.withdraw", actor=actor, key=key, arguments={"ref": need.ref}, now=now,
            act=lambda: _withdraw(uow, actor, need, here),
        )  # fmt: skip
        view = need_view(uow, actor, uow.needs.by_id(need.id), here)
        uow.commit()
    return view


def close(
    *, actor: Actor, ref: str, outcome: Outcome, words: str | None = None, key: str, now: datetime
) -> NeedView:
    """Say how it ended, with a reason where there is one to give: the asker, or a custodian.

    Raises NotFound, NotAllowed, WrongMoment, Invalid, KeyReused.
    """
    reason = optional_words("words", words)
    with unit_of_work() as uow:
        need = uow.needs.by_ref(place_of(actor), ref)
        if not allowed(actor, Action.CHANGE_NEED, of_need(need)):
            require(actor, Action.BROKER, of_need(need))
        here = ground(uow, need.place_id, now, need.cell)
        once(
            uow, "needs.close", actor=actor, key=key, now=now,
            arguments={"ref": need.ref, "outcome": outcome.value, "words": reason},
            act=lambda: _close(uow, actor, need, here, outcome, reason),
        )  # fmt: skip
        view = need_view(uow, actor, uow.needs.by_id(need.id), here)
        uow.commit()
    return view


def _post(
    uow: UnitOfWork, actor: Actor, asker: Member, draft: NeedDraft, here: Ground
) -> dict[str, Any]:
    if asker.state is not MemberState.ACTIVE:
        raise WrongMoment("member_not_active", state=asker.state.value)
    off = uow.rulesets.category_off(asker.place_id)
    draft = checked_draft(draft, off=off, ruleset=here.ruleset, now=here.now)
    where = where_of(uow, asker, draft)
    here = ground(uow, asker.place_id, here.now, uow.homes.cell(where.cell_id))
    need = _keep(uow, actor, asker, draft, where, here)
    if need.state is NeedState.OPEN:
        ask(uow, actor, need, here)
    else:
        _tell_held(uow, need, here)
    return {"ref": need.ref}


def _keep(
    uow: UnitOfWork, actor: Actor, asker: Member, draft: NeedDraft, where: Where, here: Ground
) -> Need:
    held = "category" if draft.category in here.ruleset.categories_held else None
    first = _first_alike(uow, asker, draft, where, here)
    plan = when_held(here.ruleset, here.now) if held else Plan(NextStep.ASK_FIRST, here.now)
    need = uow.needs.add(
        draft.windows,
        place_id=asker.place_id, ref=uow.refs.new(asker.place_id, "need"), asker_id=asker.id,
        posted_by=actor.member_id, category=draft.category, words=draft.words,
        postcode=where.postcode, address=where.address, easting=where.easting,
        northing=where.northing, cell_id=where.cell_id, ward_id=where.ward_id,
        duration_minutes=draft.duration_minutes, slots=draft.slots,
        languages_required=list(draft.languages_required), preferences=list(draft.preferences),
        reach_metres=draft.reach_metres, held_because=held,
        state=NeedState.HELD if held else NeedState.OPEN, ruleset_id=here.ruleset.id,
        next_step=plan.step, next_step_at=plan.at, posted_at=here.now,
        needed_by=needed_by(draft.windows, here.ruleset, here.now),
        repeats_id=None if first is None else first.id,
    )  # fmt: skip
    uow.audit.record(
        actor, "need.posted", place_id=need.place_id, subject=("need", need.id, need.ref),
        now=here.now, states=(None, need.state.value), why=held,
    )  # fmt: skip
    if first is not None:
        _raise_priority(uow, actor, first, here)
    return need


def _first_alike(
    uow: UnitOfWork, asker: Member, draft: NeedDraft, where: Where, here: Ground
) -> Need | None:
    """The earlier need that this one repeats: the same kind of help from the same home."""
    return uow.needs.first_alike(
        place_id=asker.place_id, category=draft.category, home_id=asker.home_id,
        spot=(where.postcode, where.address),
        since=here.now - timedelta(days=here.ruleset.similar_days),
    )  # fmt: skip


def _raise_priority(uow: UnitOfWork, actor: Actor, first: Need, here: Ground) -> None:
    """Whoever has to ask twice waits less: the first need of the two comes before others."""
    priority = min(MOST_PRIORITY, first.priority + RAISED_BY_A_REPEAT)
    uow.needs.change(first.id, priority=priority)
    uow.audit.record(
        actor, "need.repeated", place_id=first.place_id, subject=("need", first.id, first.ref),
        now=here.now, states=(first.state.value, first.state.value), columns=("priority",),
    )  # fmt: skip


def _tell_held(uow: UnitOfWork, need: Need, here: Ground) -> None:
    tell(
        uow, place_id=need.place_id, member_id=need.asker_id, template="held",
        parameters={"need": need.ref}, priority=Priority.ANSWER,
        dedupe_key=f"held:{need.ref}", now=here.now,
    )  # fmt: skip


def _withdraw(uow: UnitOfWork, actor: Actor, need: Need, here: Ground) -> dict[str, Any]:
    need = uow.needs.lock(need.id)
    moved = move_need(uow, actor, need, NeedState.WITHDRAWN, here, why="asker")
    withdraw_matches(uow, actor, moved, here, why="need_withdrawn")
    return {"ref": need.ref}


def _close(
    uow: UnitOfWork, actor: Actor, need: Need, here: Ground, outcome: Outcome, reason: str | None
) -> dict[str, Any]:
    need = uow.needs.lock(need.id)
    if outcome in _HELPED:
        _finish_matches(uow, actor, need, here)
    moved = move_need(uow, actor, need, NeedState.CLOSED, here, why=outcome.value,
                      outcome=outcome, outcome_reason=reason)  # fmt: skip
    withdraw_matches(uow, actor, moved, here, why="need_closed")
    return {"ref": need.ref}


def _finish_matches(uow: UnitOfWork, actor: Actor, need: Need, here: Ground) -> None:
    """It was help, so whoever had said yes has helped, for as long as was asked."""
    for match in uow.matches.of_need(need.id, MatchState.ACCEPTED, MatchState.ARRANGED):
        move_match(uow, actor, match, MatchState.DONE, here, why="need_closed", done_at=here.now,
                   done_by=actor.member_id, minutes=need.duration_minutes)  # fmt: skip
        tell_helpers(uow, match, "done_helper", here)
