"""How a need follows its matches: its slots, its state, its next step.

The need is locked by the caller. Nothing is committed here.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from enabler.domain.lifecycle import (
    LIVE_MATCHES,
    MATCH_MOVES,
    NEED_MOVES,
    SETTLED_NEEDS,
    advance,
    need_state,
)
from enabler.domain.matches import Match
from enabler.domain.needs import Need
from enabler.domain.next_steps import (
    Plan,
    after_asks,
    is_over,
    when_arranged,
    when_done,
    when_filled,
)
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import MatchState, NeedState, NextStep, Outcome, Priority
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._asking import ask, ask_again, hand_over
from enabler.services._demands import demands_of, mate_of
from enabler.services._ground import Ground
from enabler.services._help_hours import let_go
from enabler.services._tell import tell
from enabler.services._visit_day import rest

_ANSWERED = (MatchState.ACCEPTED, MatchState.DECLINED)
_NEVER_ASKED = (MatchState.PROPOSED, MatchState.WITHDRAWN, MatchState.LAPSED)
_OPEN_ASKS = (MatchState.PROPOSED, MatchState.ASKED)


def move_match(
    uow: UnitOfWork, actor: Actor, match: Match, state: MatchState, ground: Ground, *,
    why: str | None = None, personal: dict[str, tuple[str | None, str | None]] | None = None,
    **values: Any,
) -> Match:  # fmt: skip
    """Bring a match to another state, if its table allows it, with its audit. Raises WrongMoment.

    ``personal`` are words that somebody wrote, {column: (old, new)}, kept apart from the audit.
    """
    advance(MATCH_MOVES, match.state, state)
    if match.state in LIVE_MATCHES and state not in LIVE_MATCHES:
        let_go(uow, match, ground)
    rest(uow, match, state)
    values = _when_it_went(match, state, ground) | values
    words = {column: new for column, (_, new) in (personal or {}).items()}
    moved = uow.matches.change(match.id, state=state, **values, **words)
    said = personal if actor.member_id is not None else None
    uow.audit.record(
        actor, f"match.{state.value}", place_id=match.place_id,
        subject=("match", match.id, match.ref), now=ground.now,
        states=(match.state.value, state.value), columns=tuple(values), why=why,
        values=said, whose=actor.member_id,
    )  # fmt: skip
    return moved


def _when_it_went(match: Match, state: MatchState, ground: Ground) -> dict[str, Any]:
    """An ask that still waits for the end of quiet hours: whoever answers it on their page has it
    now; else it never goes, and counts as no ask."""
    waits = match.state is MatchState.ASKED and _is_ahead(match.asked_at, ground)
    if not waits:
        return {}
    return {"asked_at": ground.now if state in _ANSWERED else None}


def _is_ahead(moment: datetime | None, ground: Ground) -> bool:
    return moment is not None and moment > ground.now


def move_need(
    uow: UnitOfWork, actor: Actor, need: Need, state: NeedState, ground: Ground, *,
    plan: Plan | None = None, why: str | None = None, **values: Any,
) -> Need:  # fmt: skip
    """Bring a need to another state with its next step and its audit. Raises WrongMoment."""
    advance(NEED_MOVES, need.state, state)
    if plan is not None:
        values |= {"next_step": plan.step, "next_step_at": plan.at, "chased": 0}
    if state in SETTLED_NEEDS:
        values |= {"next_step": None, "next_step_at": None, "ended_at": ground.now}
    moved = uow.needs.change(need.id, state=state, **values)
    uow.audit.record(
        actor, f"need.{state.value}", place_id=need.place_id,
        subject=("need", need.id, need.ref), now=ground.now,
        states=(need.state.value, state.value), columns=tuple(values), why=why,
    )  # fmt: skip
    return moved


def follow(uow: UnitOfWork, actor: Actor, need: Need, ground: Ground) -> Need:
    """Bring the need to where its matches are; it is over when the last help is confirmed."""
    live = uow.matches.of_need(need.id, *LIVE_MATCHES)
    state = need_state(need.slots, [match.state for match in live])
    if need.state in SETTLED_NEEDS or state is NeedState.OPEN:
        return need
    plan = _plan(state, need, live, ground)
    if state is need.state:
        return uow.needs.change(
            need.id, next_step=plan.step, next_step_at=plan.at, chased=0
        )  # fmt: skip
    values = {"outcome": Outcome.HELPED} if state is NeedState.CLOSED else {}
    return move_need(uow, actor, need, state, ground, plan=plan, **values)


def _plan(state: NeedState, need: Need, live: Sequence[Match], ground: Ground) -> Plan:
    if state is NeedState.FILLED:
        return when_filled(need, ground.now)
    if state is NeedState.ARRANGED:
        ends = [match.visit_end for match in live if match.visit_end is not None]
        return when_arranged(max(ends, default=need.needed_by))
    said = [match.done_at for match in live if match.done_at is not None]
    return when_done(max(said, default=ground.now), ground.ruleset)


def in_pairs(uow: UnitOfWork, need: Need, ground: Ground) -> Need:
    """Rules that came after the need may have two go together: then two are asked for."""
    if need.slots >= 2 or not demands_of(need, ground.ruleset).pair:
        return need
    return uow.needs.change(need.id, slots=2)


def fill(uow: UnitOfWork, actor: Actor, need: Need, ground: Ground) -> Need:
    """Behind a yes: when the last slot is taken the others who were asked hear that it is."""
    need = in_pairs(uow, need, ground)
    if need.slots_filled < need.slots:
        return need
    for other in uow.matches.of_need(need.id, *_OPEN_ASKS):
        move_match(uow, actor, other, MatchState.LAPSED, ground, why="filled",
                   ended_because="filled")  # fmt: skip
        tell_helpers(uow, other, "filled", ground)
    return follow(uow, actor, need, ground)


def reopen(uow: UnitOfWork, actor: Actor, need: Need, ground: Ground, *, why: str) -> Need:
    """Behind a slot that came free: those who said yes too late are asked first, then others.
    Whoever was to go with the one who left hears that they are not to go alone."""
    tell_mates(uow, need, "mate_gone", ground, together=False)
    if need.state is not NeedState.OPEN:
        plan = Plan(NextStep.ASK_MORE, ground.now)
        need = move_need(uow, actor, need, NeedState.OPEN, ground, plan=plan, why=why)
    if is_over(need, ground.now):
        return hand_over(uow, actor, need, ground, why="time_is_over")
    reserves = [one for one in uow.matches.of_need(need.id, MatchState.LAPSED) if one.is_reserve]
    asks = ask_again(uow, actor, need, ground, reserves)
    if not asks:
        return ask(uow, actor, need, ground)
    plan = after_asks(asks, wave=need.wave - 1, ruleset=ground.ruleset, now=ground.now)
    return uow.needs.change(need.id, next_step=plan.step, next_step_at=plan.at)


def tell_mates(
    uow: UnitOfWork, need: Need, template: str, ground: Ground, *, together: bool,
    besides: int | None = None,
) -> None:  # fmt: skip
    """Where two go together: tell those who have, or have not, somebody to go with now."""
    if not demands_of(need, ground.ruleset).pair:
        return
    for match in uow.matches.of_need(need.id, MatchState.ACCEPTED, MatchState.ARRANGED):
        if match.id == besides or together != (mate_of(uow, match, need, ground) is not None):
            continue
        for member_id in helpers_of(uow, match, ground):
            tell_one(uow, match, member_id, template, ground)


def withdraw_need(uow: UnitOfWork, actor: Actor, need: Need, ground: Ground) -> None:
    """Take a need back, with its matches."""
    moved = move_need(uow, actor, need, NeedState.WITHDRAWN, ground, why="asker")
    withdraw_matches(uow, actor, moved, ground, why="need_withdrawn")


def withdraw_matches(
    uow: UnitOfWork, actor: Actor, need: Need, ground: Ground, *, why: str
) -> None:
    """End every match that has not come to help; those who were asked or said yes are told."""
    ending = (*_OPEN_ASKS, MatchState.ACCEPTED, MatchState.ARRANGED)
    for match in uow.matches.of_need(need.id, *ending):
        move_match(uow, actor, match, MatchState.WITHDRAWN, ground, why=why, slot=None,
                   ended_because=why)  # fmt: skip
        if match.slot is not None:
            uow.needs.free_slot(need.id)
        tell_helpers(uow, match, "withdrawn", ground)


def tell_helpers(uow: UnitOfWork, match: Match, template: str, ground: Ground) -> None:
    """Tell the helper of a match, or the leads of its organisation, if the ask ever reached them.

    An ask that still waits for the end of quiet hours is never sent, so nothing follows it.
    """
    never_went = match.asked_at is None and match.state in _NEVER_ASKED
    if never_went or _is_ahead(match.asked_at, ground):
        return
    for member_id in helpers_of(uow, match, ground):
        tell_one(uow, match, member_id, template, ground)


def helpers_of(uow: UnitOfWork, match: Match, ground: Ground) -> list[int]:
    """Who stands on the helper's side: the one who accepted, else whoever can answer."""
    if match.helper_id is not None:
        return [match.helper_id]
    if match.organisation_id is None:
        return []
    return uow.organisations.leads(match.organisation_id, ground.now)


def tell_one(
    uow: UnitOfWork, match: Match, member_id: int, template: str, ground: Ground, *,
    priority: Priority = Priority.MATCH,
) -> None:  # fmt: skip
    """Queue a text about a match to one member, once for each moment at which it says so."""
    tell(
        uow, place_id=match.place_id, member_id=member_id, template=template,
        parameters={"match": match.ref}, priority=priority,
        dedupe_key=f"{template}:{match.ref}:{member_id}:{ground.now.isoformat()}", now=ground.now,
    )  # fmt: skip
