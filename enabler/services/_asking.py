"""Asks in waves: the step that an open need is due, done in the unit of work of whoever calls.

The need is locked by the caller. Nobody is told a name, an address or an exact distance here: an
ask carries its match's ref, and what it says is read when it is sent.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from enabler.domain.chasing import STALE, when_stale
from enabler.domain.matches import Match
from enabler.domain.needs import Need
from enabler.domain.next_steps import (
    Asked,
    Plan,
    after_hand_over,
    after_replacing,
    after_wave,
    is_over,
    is_urgent,
    wave_size,
)
from enabler.domain.permissions import Action, Actor
from enabler.domain.vocabulary import (
    MatchState,
    NextStep,
    Priority,
)
from enabler.domain.waiting import full_hour
from enabler.matching import Candidate
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._asking_side import askers_of
from enabler.services._candidates import candidates
from enabler.services._checks import may_be_asked
from enabler.services._considering import remember_wave
from enabler.services._days import day_with_room
from enabler.services._ground import Ground
from enabler.services._inviting import Invitation, after_inviting, ask_texts, invite
from enabler.services._replacing import Running, running
from enabler.services._tell import tell
from enabler.services._whom_to_ask import answerers, invitations, when_reached

GATHER_SECONDS = 600


def take_step(uow: UnitOfWork, actor: Actor, need: Need, ground: Ground) -> Need:
    """Do what is due for an open need: ask the first or the next wave, or hand it to people."""
    if is_over(need, ground.now):
        return hand_over(uow, actor, need, ground, why="time_is_over")
    if need.next_step is NextStep.AWAIT_ANSWERS:
        waiting = uow.matches.of_need(need.id, MatchState.ASKED)
        ends = [one.answer_by for one in waiting if one.answer_by and one.answer_by > ground.now]
        if ends:
            plan = after_wave(max(ends), wave=need.wave - 1, ruleset=ground.ruleset)
            return _planned(uow, need, plan)
        if need.wave >= len(ground.ruleset.waves):
            return hand_over(uow, actor, need, ground, why="waves_spent")
    wave = running(uow, need, ground)
    return (
        ask(uow, actor, need, ground) if wave is None else _fill_up(uow, actor, need, ground, wave)
    )


def ask(uow: UnitOfWork, actor: Actor, need: Need, ground: Ground) -> Need:
    """Ask the next wave for the slots that are free; people get the need when nobody is left."""
    free = need.slots - need.slots_filled
    size = wave_size(ground.ruleset, need.wave, free)
    looked = candidates(uow, need, ground)
    ranked, size = _usual_first(uow, need, ground, looked.ranked, size)
    chosen, verdicts = invitations(uow, need, ground, ranked, size)
    remember_wave(uow, need, ground, looked, verdicts)
    if not chosen:
        return hand_over(uow, actor, need, ground, why="nobody_to_ask")
    invite(uow, actor, ground, [(need, one) for one in chosen])
    after_inviting(uow, actor, ground, [(need, [one.when for one in chosen])])
    return uow.needs.by_id(need.id)


def _fill_up(uow: UnitOfWork, actor: Actor, need: Need, ground: Ground, wave: Running) -> Need:
    """Ask the next best in place of those of a wave who said no; its time runs on as it did.

    People get the need when nobody is left and those still asked are too few for its slots.
    """
    free, out, asked = need.slots - need.slots_filled, len(wave.out), replace(need, wave=wave.wave)
    missing = wave_size(ground.ruleset, wave.wave, free) - out
    chosen: list[Invitation] = []
    if missing > 0:
        looked = candidates(uow, need, ground)
        chosen, verdicts = invitations(uow, need, ground, looked.ranked, missing)
        remember_wave(uow, asked, ground, looked, verdicts, in_place=missing)
        invite(uow, actor, ground, [(asked, one) for one in chosen], why="in_place")
    if out + len(chosen) < free:
        return hand_over(uow, actor, need, ground, why="nobody_to_ask")
    asks = [*wave.out, *(one.when for one in chosen)]
    return _planned(uow, need, after_replacing(
        asks, wave.ends, wave=wave.wave, ruleset=ground.ruleset, now=ground.now
    ))  # fmt: skip


def _usual_first(
    uow: UnitOfWork, need: Need, ground: Ground, ranked: Sequence[Candidate], size: int
) -> tuple[Sequence[Candidate], int]:
    """Of a series, whoever did it well the last time is asked first, and alone while there is
    time: a face that is known is worth a wave."""
    if need.wave > 0 or not ranked:
        return ranked, size
    usual = uow.series.usual_offers(need.id)
    first = [one for one in ranked if int(one.offer) in usual]
    if not first:
        return ranked, size
    others = [one for one in ranked if int(one.offer) not in usual]
    return [*first, *others], size if is_urgent(need, ground.ruleset, ground.now) else 1


def ask_again(
    uow: UnitOfWork, actor: Actor, need: Need, ground: Ground, reserves: Sequence[Match], *,
    why: str = "reserve",
) -> list[Asked]:  # fmt: skip
    """Ask those once more who said yes when the last slot had just gone, if they still may help;
    or, where what is asked has changed, those who have not answered.

    Caps on asks do not hold them up: it is about this very need.
    """
    house = uow.telling.house(need.place_id, ground.now)
    asks = []
    for match in reserves:
        offer = uow.offers.by_id(match.offer_id)
        if not may_be_asked(uow, need, offer, ground.ruleset, ground.now, ground.week):
            continue
        if day_with_room(uow, need, offer, ground) is None:
            continue
        members = answerers(uow, need, offer, ground.now)
        when = when_reached(uow, need, ground, house, members)
        if when is None:
            continue
        again = uow.matches.change(
            match.id, state=MatchState.ASKED, asked_at=when.due_at, answer_by=when.answer_by,
            answered_at=None, ended_because=None,
        )  # fmt: skip
        texts = ask_texts(uow, need.place_id, again.ref, members, when, ground.now)
        uow.outbox.queue_many(texts)
        uow.audit.record(
            actor, "match.asked", place_id=need.place_id, subject=("match", match.id, match.ref),
            now=ground.now, states=(match.state.value, MatchState.ASKED.value), why=why,
        )  # fmt: skip
        asks.append(when)
    return asks


def hand_over(uow: UnitOfWork, actor: Actor, need: Need, ground: Ground, *, why: str) -> Need:
    """Let the custodians see it, and the ward's councillors that one more waits; the asker is told
    so."""
    plan = after_hand_over(need, ground.ruleset, ground.now)
    if plan.step is need.next_step is NextStep.CHASE:
        return _chase(uow, need, ground)
    if plan.step is not need.next_step:
        _tell_of_hand_over(uow, need, ground, plan.step)
        uow.audit.record(
            actor, "need.handed_over", place_id=need.place_id,
            subject=("need", need.id, need.ref), now=ground.now,
            states=(need.state.value, need.state.value), columns=("next_step",), why=why,
        )  # fmt: skip
    if plan.step is NextStep.CHASE:
        plan = when_stale(0, ground.now, _again(ground))
    return _planned(uow, need, plan, chased=0)


def _chase(uow: UnitOfWork, need: Need, ground: Ground) -> Need:
    """Its time was over before: its asker is asked once more whether it is still needed, in all
    :data:`STALE` times; from then on the desk has it alone. Only a person ends it."""
    if need.next_step_at is not None and need.next_step_at > ground.now:
        return need
    times = min(need.chased + 1, STALE + 1)
    if times <= STALE:
        for member_id in askers_of(uow, need, ground.now):
            of = f"{need.ref}:{member_id}:{need.version}:again-{times}"
            _tell_about(uow, need, member_id, "still_needed", of, ground)
    return _planned(uow, need, when_stale(times, ground.now, _again(ground)), chased=times)


def _again(ground: Ground) -> timedelta:
    return timedelta(hours=ground.ruleset.broker_again_hours)


def _planned(uow: UnitOfWork, need: Need, plan: Plan, **values: Any) -> Need:
    return uow.needs.change(need.id, next_step=plan.step, next_step_at=plan.at, **values)


def _tell_of_hand_over(uow: UnitOfWork, need: Need, ground: Ground, step: NextStep) -> None:
    to_asker = "brokering" if step is NextStep.BROKER else "still_needed"
    changed = f":{need.version}" if need.version > 1 else ""  # what was changed is said once more
    for member_id in askers_of(uow, need, ground.now):
        _tell_about(uow, need, member_id, to_asker, f"{need.ref}:{member_id}{changed}", ground)
    if need.next_step is not NextStep.BROKER:
        _tell_ward(uow, need, ground)
    urgent = is_urgent(need, ground.ruleset, ground.now)
    for member_id in sorted(uow.staff.who_may(Action.BROKER, need.place_id, ground.now)):
        if not urgent and need.next_step is NextStep.BROKER:
            continue  # they know
        of_this = f"{need.ref}:{member_id}{changed}"
        if urgent:
            _tell_about(uow, need, member_id, "brokering_staff", of_this, ground)
        else:
            _tell_gathered(uow, need, member_id, ground)


def _tell_gathered(uow: UnitOfWork, need: Need, member_id: int, ground: Ground) -> None:
    """The first of some minutes is told by itself and at once, all others of them in one letter at
    their end: whoever gets twenty letters reads none."""
    slot = int(ground.now.timestamp()) // GATHER_SECONDS
    first = f"gathered:{slot}:{member_id}"
    if _tell_about(uow, need, member_id, "brokering_staff", first, ground):
        return
    ends = datetime.fromtimestamp((slot + 1) * GATHER_SECONDS, UTC)
    _tell_about(uow, need, member_id, "more_waiting_staff", first, ground, due_at=ends)


def _tell_ward(uow: UnitOfWork, need: Need, ground: Ground) -> None:
    """The ward's councillors, at the next full hour and once for all of it: that people wait there.
    Of whom, when and what for nothing is in it, nor is this need in the row that is sent."""
    ward_id, hour = need.cell.ward_id, full_hour(ground.now)
    code = uow.homes.ward_code(ward_id)
    for one in uow.case_shares.councillors(need.place_id, ward_id, ground.now):
        tell(
            uow, place_id=need.place_id, member_id=one.member_id, template="more_waiting_ward",
            parameters={"ward": code}, priority=Priority.REMINDER, now=ground.now,
            due_at=hour + timedelta(hours=1),
            dedupe_key=f"more_waiting_ward:{code}:{one.member_id}:{hour.isoformat()}",
        )  # fmt: skip


def _tell_about(
    uow: UnitOfWork, need: Need, member_id: int, template: str, of: str, ground: Ground, *,
    due_at: datetime | None = None,
) -> bool:  # fmt: skip
    return tell(
        uow, place_id=need.place_id, member_id=member_id, template=template,
        parameters={"need": need.ref}, priority=Priority.REMINDER, now=ground.now, due_at=due_at,
        dedupe_key=f"{template}:{of}",
    )  # fmt: skip
