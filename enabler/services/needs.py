"""Needs: asking for help, looking at it, taking it back, saying how it ended."""

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from enabler.domain.errors import NotAllowed, WrongMoment
from enabler.domain.lifecycle import CHANGEABLE_NEEDS
from enabler.domain.needs import Need
from enabler.domain.permissions import Action, Actor, Subject, allowed, require
from enabler.domain.vocabulary import MatchState, NeedState, Outcome
from enabler.domain.words import optional_words
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services._acting import hides_where, require_where
from enabler.services._ground import Ground, ground
from enabler.services._match_views import says_done
from enabler.services._need_changes import change_need, draft_of
from enabler.services._need_drafts import NeedDraft, checked_draft
from enabler.services._need_views import need_view
from enabler.services._once import once
from enabler.services._posting import post_need
from enabler.services._progress import (
    move_match,
    move_need,
    tell_helpers,
    withdraw_matches,
    withdraw_need,
)
from enabler.services._subjects import of_need, of_organisation, place_of
from enabler.services.views import NeedToChange, NeedView

__all__ = [
    "NeedDraft", "change", "check_draft", "close", "enough", "one_more", "post", "preferences",
    "show", "to_change", "withdraw",
]  # fmt: skip

_SAYS_DONE = Action.CONFIRM_MATCH
_HELPED = (Outcome.HELPED, Outcome.PARTLY_HELPED)


def post(*, actor: Actor, draft: NeedDraft, key: str, now: datetime) -> NeedView:
    """Ask for help. It is open, and the first helpers are asked, or held for a custodian.

    Raises NotAllowed, NotFound (the organisation), Invalid (at the field of the draft that is
    wrong), WrongMoment, KeyReused.
    """
    with unit_of_work() as uow:
        organisation = None
        if draft.organisation_ref is not None:
            organisation = uow.organisations.by_ref(actor.place_id, draft.organisation_ref)
        require(actor, Action.POST_NEED, (
            of_organisation(organisation) if organisation else Subject(actor.place_id)
        ))  # fmt: skip
        asker = uow.homes.member(actor.member_id or 0)
        here = ground(uow, asker.place_id, now)
        result = once(
            uow, "needs.post", actor=actor, key=key, arguments=asdict(draft), now=now,
            act=lambda: {
                "ref": post_need(uow, actor, asker, draft, here, organisation=organisation).ref
            },
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
        if field in (None, "postcode") and not (draft.at_home or draft.as_it_is):
            uow.places.locate(actor_place_id, draft.postcode or "")


def preferences(*, actor_place_id: int, category: str, now: datetime) -> dict[str, str]:
    """What may be wished of a helper with this kind of help here, each with its reason's code."""
    with reading() as uow:
        return dict(ground(uow, actor_place_id, now).ruleset.preferences.get(category, {}))


def show(*, actor: Actor, ref: str, now: datetime) -> NeedView:
    """A need with its status, its timeline and its next step. Raises NotFound, NotAllowed.

    A councillor of the ward is a stranger here: they see counts, and what its asker lets them see.
    """
    with unit_of_work() as uow:
        need = uow.needs.by_ref(place_of(actor), ref)
        require(actor, Action.SEE_NEED, of_need(need))
        view = need_view(uow, actor, need, ground(uow, need.place_id, now, need.cell))
        uow.commit()
    return view


def to_change(*, actor: Actor, ref: str, now: datetime) -> NeedToChange:
    """What its asker asked for, to be changed or asked for anew; for a supporter without the place
    (``as_it_is``), where it is somewhere else than at home and not by them.

    Raises NotFound, NotAllowed.
    """
    with unit_of_work() as uow:
        need = uow.needs.by_ref(place_of(actor), ref)
        require(actor, Action.CHANGE_NEED, of_need(need))
        draft = draft_of(uow, need)
        if hides_where(uow, actor, need):
            draft = replace(draft, at_home=False, postcode=None, address=None, as_it_is=True)
        uow.commit()
    return NeedToChange(
        ref=need.ref, state=need.state, version=need.version, draft=draft,
        slots_filled=need.slots_filled, fixed=need.slots_filled > 0,
        changeable=need.state in CHANGEABLE_NEEDS,
    )  # fmt: skip


def change(
    *, actor: Actor, ref: str, draft: NeedDraft, version: int, key: str, now: datetime
) -> NeedView:
    """Ask for it otherwise. Whoever said yes is told; whoever has yet to answer is asked again
    where it matters; what a custodian looks at when it is posted is looked at again.

    ``version``: which the asker had before them. Raises NotFound, NotAllowed, WrongMoment
    (*changed_meanwhile*: it was changed in another window since), Invalid, KeyReused.
    """
    said = {"version": version, **asdict(draft)}

    def act(uow: UnitOfWork, need: Need, here: Ground) -> None:
        require_where(uow, actor, need, stays=draft.as_it_is)
        change_need(uow, actor, need, draft, here, version=version)

    return _by_asker(actor, ref, "change", said, key, now, act)


def enough(*, actor: Actor, ref: str, key: str, now: datetime) -> NeedView:
    """Those who said yes are enough: the slots that are free are given up.

    Raises NotFound, NotAllowed, WrongMoment (nobody said yes yet, or all are found), KeyReused.
    """

    def act(uow: UnitOfWork, need: Need, here: Ground) -> None:
        if not 0 < need.slots_filled < need.slots:
            raise WrongMoment("enough_of_none", state=need.state.value)
        draft = replace(draft_of(uow, need), slots=need.slots_filled)
        change_need(uow, actor, need, draft, here)

    return _by_asker(actor, ref, "enough", {}, key, now, act)


def one_more(*, actor: Actor, ref: str, key: str, now: datetime) -> NeedView:
    """One more helper is wanted. Raises NotFound, NotAllowed, WrongMoment, Invalid, KeyReused."""

    def act(uow: UnitOfWork, need: Need, here: Ground) -> None:
        draft = replace(draft_of(uow, need), slots=need.slots + 1)
        change_need(uow, actor, need, draft, here)

    return _by_asker(actor, ref, "one_more", {}, key, now, act)


def withdraw(*, actor: Actor, ref: str, key: str, now: datetime) -> NeedView:
    """Take a need back; everybody who was asked or said yes is told.

    Raises NotFound, NotAllowed, WrongMoment, KeyReused.
    """

    def act(uow: UnitOfWork, need: Need, here: Ground) -> None:
        withdraw_need(uow, actor, need, here)

    return _by_asker(actor, ref, "withdraw", {}, key, now, act)


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
        if actor.by is not None and outcome in _HELPED and not actor.by.allows(_SAYS_DONE):
            raise NotAllowed("beyond_mandate", action=_SAYS_DONE.value)  # hours would move
        here = ground(uow, need.place_id, now, need.cell)
        once(
            uow, "needs.close", actor=actor, key=key, now=now,
            arguments={"ref": need.ref, "outcome": outcome.value, "words": reason},
            act=lambda: _close(uow, actor, need, here, outcome, reason),
        )  # fmt: skip
        view = need_view(uow, actor, uow.needs.by_id(need.id), here)
        uow.commit()
    return view


def _by_asker(
    actor: Actor, ref: str, what: str, said: dict[str, Any], key: str, now: datetime,
    act: Callable[[UnitOfWork, Need, Ground], None],
) -> NeedView:  # fmt: skip
    """What an asker does to the own need: it is locked, done once, and shown as it is then."""
    with unit_of_work() as uow:
        need = uow.needs.by_ref(place_of(actor), ref)
        require(actor, Action.CHANGE_NEED, of_need(need))
        here = ground(uow, need.place_id, now, need.cell)

        def once_only() -> dict[str, Any]:
            act(uow, uow.needs.lock(need.id), here)
            return {"ref": need.ref}

        once(
            uow, f"needs.{what}", actor=actor, key=key, arguments={"ref": need.ref, **said},
            now=now, act=once_only,
        )  # fmt: skip
        view = need_view(uow, actor, uow.needs.by_id(need.id), here)
        uow.commit()
    return view


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
                   done_by=says_done(actor, need), minutes=need.duration_minutes)  # fmt: skip
        tell_helpers(uow, match, "done_helper", here)
