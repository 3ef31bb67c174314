"""What its asker changes in a need, and what follows for those who were asked or said yes.

The need is locked by the caller.
"""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from enabler.domain.errors import Invalid, WrongMoment
from enabler.domain.lifecycle import CHANGEABLE_NEEDS
from enabler.domain.matches import Match
from enabler.domain.members import Organisation, Where
from enabler.domain.needs import Need
from enabler.domain.next_steps import Plan, after_asks
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import MatchState, NeedState, NextStep
from enabler.matching import refusals
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._asking import ask_again, take_step
from enabler.services._candidates import told
from enabler.services._ground import Ground, ground
from enabler.services._need_drafts import (
    NeedDraft,
    checked_draft,
    needed_by,
    not_said,
    said_by_asker,
    where_of,
)
from enabler.services._need_look import keep_look, look_at_change
from enabler.services._opening import open_need
from enabler.services._posting import held_because, tell_held
from enabler.services._progress import (
    fill,
    move_match,
    move_need,
    reopen,
    tell_helpers,
)
from enabler.services._waiting import held_from_now

ASKED_AGAIN_FOR = frozenset(
    {"category", "windows", "duration_minutes", "spot", "setting", "circumstances"}
)
"""When, where and what: whoever has yet to answer is asked once more."""
LOOKED_AT_AGAIN = ASKED_AGAIN_FOR | {"languages_required", "reach_metres", "preferences"}
"""Whoever does not fit any more is not waited for."""
DEMANDING = frozenset({"category", "spot", "setting", "circumstances"})
"""What a helper said yes to with their checks: it does not change behind a yes."""
TOLD_OF = frozenset({"words", "windows", "duration_minutes"})
"""What whoever said yes has to hear of."""
_OF_THE_MOMENT = frozenset({"cap", "capacity"})
"""Rules that an ask itself uses up: they say nothing against who was asked already."""
_SAID_YES = (MatchState.ACCEPTED, MatchState.ARRANGED)


def draft_of(uow: UnitOfWork, need: Need) -> NeedDraft:
    """What was asked for, as its asker could write it again."""
    postcode, address = uow.needs.exact(need.id)
    theirs = _organisation(uow, need)
    at_home = (postcode, address) == (_home(uow, need) if theirs is None else _door(theirs))
    return NeedDraft(
        category=need.category, words=need.words, at_home=at_home,
        postcode=None if at_home else postcode, address=None if at_home else address,
        windows=need.windows, duration_minutes=need.duration_minutes, slots=need.slots,
        languages_required=need.languages_required, preferences=need.preferences,
        reach_metres=need.reach_metres, setting=need.setting,
        circumstances=said_by_asker(need.circumstances),
        organisation_ref=None if theirs is None else theirs.ref,
    )  # fmt: skip


def _organisation(uow: UnitOfWork, need: Need) -> Organisation | None:
    return uow.organisations.by_id(need.organisation_id) if need.organisation_id else None


def _home(uow: UnitOfWork, need: Need) -> tuple[str, str] | None:
    home_id = uow.homes.member(need.asker_id).home_id
    home = uow.homes.where(home_id) if home_id is not None else None
    return None if home is None else (home.postcode, home.address)


def _door(organisation: Organisation) -> tuple[str, str]:
    return organisation.postcode or "", organisation.address or ""


def change_need(
    uow: UnitOfWork, actor: Actor, need: Need, draft: NeedDraft, here: Ground, *,
    version: int | None = None,
) -> tuple[str, ...]:  # fmt: skip
    """Bring the need to what the draft says; the names of what changed, none where nothing did.

    ``version``: the one that the draft was made from, if that is asked about.
    Raises WrongMoment, Invalid.
    """
    if version is not None and need.version != version:
        raise WrongMoment("changed_meanwhile", version=need.version)
    if need.state not in CHANGEABLE_NEEDS:
        raise WrongMoment(f"cannot_change_when_{need.state.value}", state=need.state.value)
    draft = _checked(uow, need, draft, here)
    asker = uow.homes.member(need.asker_id)
    where = where_of(uow, asker, draft, _organisation(uow, need), need=need)
    there = ground(uow, need.place_id, here.now, uow.homes.cell(where.cell_id))
    if there.ruleset.id != here.ruleset.id:  # an area has rules of its own
        draft = _checked(uow, need, draft, there)
    here = there
    changed = _changed(uow, need, draft, where)
    if not changed:
        return ()
    change = look_at_change(uow, need, draft, where, _organisation(uow, need), here)
    held = _must_be_held(need, draft, changed, change.looked.codes, here)
    _keep(uow, actor, need, draft, where, changed, here)
    keep_look(uow, actor, change, here, held=held is not None)
    if held:
        _hold(uow, actor, uow.needs.by_id(need.id), here, held)
    elif change.opens(draft.category, here):
        open_need(uow, actor, uow.needs.lock(need.id), here)
    else:
        _go_on(uow, actor, uow.needs.by_id(need.id), frozenset(changed), here)
    return changed


def _checked(uow: UnitOfWork, need: Need, draft: NeedDraft, here: Ground) -> NeedDraft:
    """The draft as it would be kept. Times of before that have passed stand in nobody's way."""
    off = uow.rulesets.category_off(need.place_id)
    ahead = tuple(
        one for one in draft.windows if one.end > here.now or one not in need.windows
    )  # fmt: skip
    as_before = (set(draft.windows), draft.duration_minutes) == (
        set(need.windows), need.duration_minutes,
    )  # fmt: skip
    if draft.windows and not ahead and not as_before:
        raise Invalid("windows", "window_in_the_past")
    theirs = _organisation(uow, need)  # whose need it is does not change
    asked = replace(
        draft, windows=() if as_before else ahead,
        organisation_ref=None if theirs is None else theirs.ref,
        reach_metres=need.reach_metres if draft.as_it_is else draft.reach_metres,
    )  # fmt: skip
    checked = checked_draft(asked, off=off, ruleset=here.ruleset, now=here.now)
    if checked.slots < need.slots_filled:
        raise Invalid("slots", "slots_under_filled", filled=need.slots_filled)
    return replace(checked, windows=need.windows) if as_before else checked


def _changed(uow: UnitOfWork, need: Need, draft: NeedDraft, where: Where) -> tuple[str, ...]:
    plain = (
        "category", "words", "windows", "duration_minutes", "slots", "languages_required",
        "preferences", "reach_metres", "setting",
    )  # fmt: skip
    changed = [name for name in plain if getattr(draft, name) != getattr(need, name)]
    if draft.circumstances != said_by_asker(need.circumstances):
        changed.append("circumstances")
    if (where.postcode, where.address) != uow.needs.exact(need.id):
        changed.append("spot")
    if need.slots_filled and DEMANDING & set(changed):
        raise WrongMoment("change_after_yes", state=need.state.value)
    return tuple(changed)


def _must_be_held(
    need: Need, draft: NeedDraft, changed: Collection[str], signals: Collection[str], here: Ground
) -> str | None:
    """Why a custodian has to look at it again, as at posting: for its kind, or new words of it."""
    held = held_because(draft.category, here, signals)
    if held is None or need.state is NeedState.HELD or not {"category", "words"} & set(changed):
        return None
    if need.slots_filled:
        raise WrongMoment("change_needs_a_look", state=need.state.value)
    return held


def _keep(
    uow: UnitOfWork, actor: Actor, need: Need, draft: NeedDraft, where: Where,
    changed: Collection[str], here: Ground,
) -> None:  # fmt: skip
    values: dict[str, Any] = {
        name: list(kept) if isinstance(kept := getattr(draft, name), tuple) else kept
        for name in changed if name not in ("windows", "spot")
    }  # fmt: skip
    if "windows" in changed:
        uow.needs.replace_windows(need.id, draft.windows)
        values["needed_by"] = needed_by(draft.windows, here.ruleset, here.now)
    if "spot" in changed:
        values |= {
            "postcode": where.postcode, "address": where.address, "easting": where.easting,
            "northing": where.northing, "cell_id": where.cell_id, "ward_id": where.ward_id,
        }  # fmt: skip
    if "circumstances" in changed:
        values["circumstances"] = [*draft.circumstances, *not_said(need.circumstances)]
    if {"category", "setting", "circumstances"} & set(changed):
        values |= {"category_from": here.now, "ruleset_id": here.ruleset.id}
    uow.needs.change(need.id, version=need.version + 1, **values)
    said = {"words": (need.words, draft.words)} if "words" in changed else None
    uow.audit.record(
        actor, "need.changed", place_id=need.place_id, subject=("need", need.id, need.ref),
        now=here.now, states=(need.state.value, need.state.value), columns=tuple(changed),
        values=said, whose=need.asker_id,
    )  # fmt: skip


def _hold(uow: UnitOfWork, actor: Actor, need: Need, here: Ground, because: str) -> None:
    """A held thing is never matched: whoever was asked is told that it is not needed now."""
    plan = held_from_now(uow, need, here, because)
    held = move_need(
        uow, actor, need, NeedState.HELD, here, plan=plan, why=because, held_because=because, wave=0
    )
    for match in uow.matches.of_need(need.id, MatchState.ASKED):
        _take_back(uow, actor, match, here)
    tell_held(uow, held, here)


def _go_on(
    uow: UnitOfWork, actor: Actor, need: Need, changed: frozenset[str], here: Ground
) -> None:
    if changed & TOLD_OF:
        for match in uow.matches.of_need(need.id, *_SAID_YES):
            tell_helpers(uow, match, "changed", here)
    if need.state is NeedState.HELD:
        return
    if need.slots_filled >= need.slots:
        fill(uow, actor, need, here)
    elif need.state is not NeedState.OPEN:
        reopen(uow, actor, need, here, why="more_wanted")
    elif changed & LOOKED_AT_AGAIN:
        _ask_anew(uow, actor, need, changed, here)
    elif "slots" in changed and not uow.matches.of_need(need.id, MatchState.ASKED):
        _from_the_first_wave(uow, actor, need, here)


def _ask_anew(
    uow: UnitOfWork, actor: Actor, need: Need, changed: frozenset[str], here: Ground
) -> None:
    """Ask those again who have not answered and still fit; take back the asks of the others."""
    asked = uow.matches.of_need(need.id, MatchState.ASKED)
    fitting = _fitting(uow, need, asked, here)
    for match in asked:
        if match.offer_id not in fitting:
            _take_back(uow, actor, match, here)
    if not changed & ASKED_AGAIN_FOR:
        if not fitting:
            _from_the_first_wave(uow, actor, need, here)
        return
    silent = [
        one for one in uow.matches.of_need(need.id, MatchState.ASKED, MatchState.LAPSED)
        if _can_be_asked_again(one, here)
    ]  # fmt: skip
    fitting |= _fitting(uow, need, silent, here)
    again = [one for one in silent if one.offer_id in fitting]
    asks = ask_again(uow, actor, need, here, again, why="changed")
    if asks:
        plan = after_asks(asks, wave=0, ruleset=here.ruleset, now=here.now)
        uow.needs.change(need.id, wave=1, next_step=plan.step, next_step_at=plan.at)
    elif not uow.matches.of_need(need.id, MatchState.ASKED):
        _from_the_first_wave(uow, actor, need, here)


def _can_be_asked_again(match: Match, here: Ground) -> bool:
    """Whoever was reached and said nothing. An ask that has yet to go says what is so then."""
    reached = match.asked_at is not None and match.asked_at <= here.now
    silent = match.state is MatchState.ASKED or match.ended_because == "no_answer"
    return reached and silent and match.answered_at is None


def _fitting(
    uow: UnitOfWork, need: Need, matches: Collection[Match], here: Ground
) -> set[int]:  # fmt: skip
    """Of these matches the offers that still could meet the need, by the rules of the engine."""
    if not matches:
        return set()
    near = uow.supply.near(need.cell, need.category, here.place_ids, here.terms)
    ids = {match.offer_id for match in matches}
    offers = [offer for offer in near if int(offer.id) in ids]
    policy = here.policy(need.category)
    refused = refusals(told(uow, [need], here)[0], offers, policy, now=here.now)
    against = {
        int(one) for code, them in refused.items() if code not in _OF_THE_MOMENT for one in them
    }
    return {int(offer.id) for offer in offers} - against


def _take_back(uow: UnitOfWork, actor: Actor, match: Match, here: Ground) -> None:
    move_match(uow, actor, match, MatchState.WITHDRAWN, here, why="need_changed",
               ended_because="need_changed")  # fmt: skip
    tell_helpers(uow, match, "withdrawn", here)


def _from_the_first_wave(uow: UnitOfWork, actor: Actor, need: Need, here: Ground) -> None:
    plan = Plan(NextStep.ASK_FIRST, here.now)
    fresh = uow.needs.change(need.id, wave=0, next_step=plan.step, next_step_at=plan.at)
    take_step(uow, actor, fresh, here)
