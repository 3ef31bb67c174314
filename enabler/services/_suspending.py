"""An open thing is held again or suspended, and comes back: nothing of it is matched meanwhile.

The thing is locked by the caller. What was asked is taken back kindly; help that was agreed with
somebody who is suspended comes to the desk (it is somebody's visit), except a need's own: nobody is
to go there any more.
"""

from collections.abc import Sequence
from typing import cast

from enabler.domain.errors import WrongMoment
from enabler.domain.judging import ACCOUNT
from enabler.domain.lifecycle import (
    MEMBER_MOVES,
    NEED_MOVES,
    OFFER_MOVES,
    ORGANISATION_MOVES,
    advance,
)
from enabler.domain.matches import Match
from enabler.domain.needs import Need
from enabler.domain.next_steps import Plan
from enabler.domain.offers import Offer
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import (
    MatchState,
    MemberState,
    NeedState,
    NextStep,
    OfferState,
    OrganisationState,
)
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._asking import take_step
from enabler.services._ground import Ground
from enabler.services._lapsing import UNDER_WAY, look_after
from enabler.services._opening import begin_to_ask
from enabler.services._progress import move_match, move_need, tell_helpers, withdraw_matches
from enabler.services._standing_down import stand_down_everywhere
from enabler.services._things import Thing
from enabler.services._waiting import held_from_now

BY_HAND = "custodian"
"""Why a thing is held that a custodian held again."""
_ASKS = (MatchState.PROPOSED, MatchState.ASKED)
_RUNNING = (NeedState.HELD, NeedState.OPEN, NeedState.FILLED, NeedState.ARRANGED)


def hold(uow: UnitOfWork, actor: Actor, thing: Thing, here: Ground, *, because: str) -> str:
    """An open need, offer or organisation waits at the desk once more; its new state.

    A need that somebody has said yes to is not held: it is suspended, or left. Raises WrongMoment.
    """
    if thing.kind == "need":
        return hold_need(uow, actor, cast(Need, thing.row), here, because)
    if thing.kind == "offer":
        return _move_offer(uow, actor, cast(Offer, thing.row), OfferState.HELD, here, because)
    if thing.kind == "organisation":
        _move_organisation(uow, actor, thing, OrganisationState.HELD, here, because)
        return OrganisationState.HELD.value
    raise WrongMoment(f"cannot_held_when_{thing.state}", state=thing.state)


def hold_need(uow: UnitOfWork, actor: Actor, need: Need, here: Ground, because: str) -> str:
    """A need waits at the desk; what was asked for it is taken back. Raises WrongMoment where
    somebody has said yes."""
    if need.slots_filled:
        raise WrongMoment("change_needs_a_look", state=need.state.value)
    plan = held_from_now(uow, need, here, because)
    move_need(
        uow, actor, need, NeedState.HELD, here, plan=plan, why=because, held_because=because,
        wave=0, ended_at=None,
    )  # fmt: skip
    _take_back_asks(uow, actor, uow.matches.of_need(need.id, *_ASKS), here, "need_held")
    return NeedState.HELD.value


def _take_back_asks(
    uow: UnitOfWork, actor: Actor, asked: Sequence[Match], here: Ground, why: str
) -> None:
    for match in asked:
        gone = move_match(uow, actor, match, MatchState.WITHDRAWN, here, why=why, ended_because=why)
        tell_helpers(uow, gone, "withdrawn", here)


def _move_offer(
    uow: UnitOfWork, actor: Actor, offer: Offer, state: OfferState, here: Ground, why: str
) -> str:
    advance(OFFER_MOVES, offer.state, state)
    _take_back_asks(uow, actor, uow.matches.of_offer(offer.id, *_ASKS), here, "offer_held")
    uow.offers.change(
        offer.id, state=state, paused_until=None, ended_at=None,
        held_because=why if state is OfferState.HELD else offer.held_because,
    )  # fmt: skip
    uow.audit.record(
        actor, f"offer.{state.value}", place_id=offer.place_id,
        subject=("offer", offer.id, offer.ref), now=here.now,
        states=(offer.state.value, state.value), why=why,
    )  # fmt: skip
    return state.value


def _move_organisation(
    uow: UnitOfWork, actor: Actor, thing: Thing, state: OrganisationState, here: Ground, why: str
) -> None:
    advance(ORGANISATION_MOVES, OrganisationState(thing.state), state)
    uow.organisations.change(thing.id, state=state)
    uow.audit.record(
        actor, f"organisation.{state.value}", place_id=here.place.id, subject=thing.subject,
        now=here.now, states=(thing.state, state.value), why=why,
    )  # fmt: skip
    _leave_matching(uow, actor, (None, thing.id), here)


def suspend(
    uow: UnitOfWork, actor: Actor, thing: Thing, here: Ground, *, why: str = "suspended"
) -> str:
    """Stop a thing for now; of an organisation or a member all that is theirs leaves matching at
    once. Its new state. Raises WrongMoment."""
    if thing.kind == "need":
        _suspend_need(uow, actor, cast(Need, thing.row), here)
    elif thing.kind == "offer":
        _move_offer(uow, actor, cast(Offer, thing.row), OfferState.SUSPENDED, here, "suspended")
    elif thing.kind == "organisation":
        _move_organisation(uow, actor, thing, OrganisationState.SUSPENDED, here, "suspended")
    else:
        _suspend_member(uow, actor, thing, here, why)
    return "suspended"


def _suspend_need(uow: UnitOfWork, actor: Actor, need: Need, here: Ground) -> None:
    withdraw_matches(uow, actor, need, here, why="need_suspended")
    fresh = uow.needs.by_id(need.id)
    move_need(
        uow, actor, fresh, NeedState.SUSPENDED, here, why="suspended", next_step=None,
        next_step_at=None,
    )  # fmt: skip


def _suspend_member(uow: UnitOfWork, actor: Actor, thing: Thing, here: Ground, why: str) -> None:
    advance(MEMBER_MOVES, MemberState(thing.state), MemberState.SUSPENDED)
    _change_member(uow, actor, thing, MemberState.SUSPENDED, here, why)
    uow.sessions.end_all_of(thing.id, here.now)
    _leave_matching(uow, actor, (thing.id, None), here)
    stand_down_everywhere(uow, actor, thing.id, here)


def _leave_matching(
    uow: UnitOfWork, actor: Actor, whose: tuple[int | None, int | None], here: Ground
) -> None:
    """Asks of and for them are taken back; their needs wait, suspended with them, and nobody goes
    there. Their offers keep their state: they are asked for nothing while their giver is stopped.
    """
    member_id, organisation_id = whose
    needs = (
        uow.needs.of_asker(here.place.id, member_id) if member_id is not None
        else uow.needs.of_organisation(organisation_id or 0, 10_000)
    )  # fmt: skip
    running = [need.id for need in needs if need.state in _RUNNING]
    offers = uow.offers.all_of(whose)
    asked = [match for offer in offers for match in uow.matches.of_offer(offer.id, *_ASKS)]
    agreed = [match for offer in offers for match in uow.matches.of_offer(offer.id, *UNDER_WAY)]
    locked = uow.needs.lock_many([*running, *(match.need_id for match in (*asked, *agreed))])
    for need_id in running:
        if locked[need_id].state in _RUNNING:
            _suspend_need(uow, actor, locked[need_id], here)
    for match in asked:
        fresh = uow.matches.by_id(match.id)
        if fresh.state in _ASKS:
            _take_back_asks(uow, actor, [fresh], here, "giver_suspended")
            need = uow.needs.by_id(fresh.need_id)
            if need.state is NeedState.OPEN and not uow.matches.of_need(need.id, *_ASKS):
                take_step(uow, actor, need, here)
    look_after(uow, actor, whose, here.now)


def lift(uow: UnitOfWork, actor: Actor, thing: Thing, here: Ground) -> str:
    """A suspension ends. A need or offer is open again as if it had been
    approved; a member's and an organisation's needs that were stopped with them are too. Its new
    state. Raises WrongMoment."""
    if thing.state != "suspended":
        raise WrongMoment(f"cannot_lift_when_{thing.state}", state=thing.state)
    if thing.kind == "need":
        _lift_need(uow, actor, cast(Need, thing.row), here)
        return NeedState.OPEN.value
    if thing.kind == "offer":
        offer = cast(Offer, thing.row)
        uow.signals.let_through(offer.place_id, "offer", offer.id, here.now)
        _move_offer(uow, actor, offer, OfferState.OPEN, here, "lifted")
        uow.needs.wake(uow.rulesets.served_by(offer.place_id), offer.categories, here.now)
        return OfferState.OPEN.value
    if thing.kind == "organisation":
        uow.organisations.change(thing.id, state=OrganisationState.ACTIVE)
        uow.audit.record(
            actor, "organisation.active", place_id=here.place.id, subject=thing.subject,
            now=here.now, states=(thing.state, "active"), why="lifted",
        )  # fmt: skip
        _come_back(uow, actor, thing, here)
    else:
        return _lift_member(uow, actor, thing, here)
    return "active"


def _lift_member(uow: UnitOfWork, actor: Actor, thing: Thing, here: Ground) -> str:
    """An account that may be somebody's who was removed waits for the lead's look still."""
    waits = bool(uow.denials.waiting(here.place.id, thing.id))
    state = MemberState.HELD if waits else MemberState.ACTIVE
    advance(MEMBER_MOVES, MemberState(thing.state), state)
    _change_member(uow, actor, thing, state, here, "lifted")
    _come_back(uow, actor, thing, here, because=ACCOUNT if waits else None)
    return state.value


def _change_member(
    uow: UnitOfWork, actor: Actor, thing: Thing, state: MemberState, here: Ground, why: str
) -> None:
    uow.members.change(thing.id, state=state)
    uow.audit.record(
        actor, f"member.{state.value}", place_id=here.place.id, subject=thing.subject,
        now=here.now, states=(thing.state, state.value), why=why,
    )  # fmt: skip


def _lift_need(uow: UnitOfWork, actor: Actor, need: Need, here: Ground) -> None:
    plan = Plan(NextStep.ASK_FIRST, here.now)
    uow.signals.let_through(need.place_id, "need", need.id, here.now)
    opened = move_need(
        uow, actor, need, NeedState.OPEN, here, plan=plan, why="lifted", held_because=None, wave=0
    )
    begin_to_ask(uow, actor, opened, here)


def _come_back(
    uow: UnitOfWork, actor: Actor, thing: Thing, here: Ground, *, because: str | None = None
) -> None:
    """What was stopped with them comes back: what waited for a look waits for it again, and so
    does every need, ``because`` of their account, where that is said."""
    needs = (
        uow.needs.of_asker(here.place.id, thing.id) if thing.kind == "member"
        else uow.needs.of_organisation(thing.id, 10_000)
    )  # fmt: skip
    stopped = [need.id for need in needs if need.state is NeedState.SUSPENDED]
    for need in uow.needs.lock_many(stopped).values():
        if _stopped_alone(uow, "need", need.id):
            continue
        waits_for = need.held_because or because
        if waits_for is not None:
            plan = held_from_now(uow, need, here, waits_for)
            move_need(uow, actor, need, NeedState.HELD, here, plan=plan, why="lifted",
                      held_because=waits_for)  # fmt: skip
        else:
            _lift_need(uow, actor, need, here)
    whose = (thing.member_id, thing.organisation_id)
    for offer in uow.offers.all_of(whose):
        if offer.state is OfferState.SUSPENDED and not _stopped_alone(uow, "offer", offer.id):
            state = OfferState.OPEN if offer.held_because is None else OfferState.HELD
            _move_offer(uow, actor, offer, state, here, offer.held_because or "lifted")
    for offer in uow.offers.open_of(whose):
        uow.needs.wake(uow.rulesets.served_by(offer.place_id), offer.categories, here.now)
    look_after(uow, actor, whose, here.now)


def _stopped_alone(uow: UnitOfWork, kind: str, subject_id: int) -> bool:
    """Whether it was stopped by itself, too."""
    return any(one.stands for one in uow.decisions.of_subject(kind, subject_id))


def back_to_held(
    uow: UnitOfWork, actor: Actor, thing: Thing, here: Ground, *, because: str, why: str
) -> str:
    """A decision is taken back: the thing waits at the desk as it did before it. Raises WrongMoment
    where something followed that cannot be taken back."""
    if thing.kind == "need":
        need = cast(Need, thing.row)
        advance(NEED_MOVES, need.state, NeedState.HELD)
        return hold_need(uow, actor, need, here, because)
    if thing.kind == "offer":
        offer = cast(Offer, thing.row)
        if offer.state is OfferState.OPEN and uow.matches.of_offer(
            offer.id, MatchState.ACCEPTED, MatchState.ARRANGED, MatchState.DONE
        ):
            raise WrongMoment("something_followed")
        return _move_offer(uow, actor, offer, OfferState.HELD, here, because)
    return _organisation_back(uow, actor, thing, here, why)


def _organisation_back(uow: UnitOfWork, actor: Actor, thing: Thing, here: Ground, why: str) -> str:
    advance(ORGANISATION_MOVES, OrganisationState(thing.state), OrganisationState.HELD)
    was_refused = thing.state == OrganisationState.REFUSED
    uow.organisations.change(thing.id, state=OrganisationState.HELD)
    uow.audit.record(
        actor, "organisation.held", place_id=here.place.id, subject=thing.subject, now=here.now,
        states=(thing.state, "held"), why=why,
    )  # fmt: skip
    for offer in uow.offers.all_of((None, thing.id)):
        last = uow.audit.of("offer", offer.id)[-1:]
        with_it = was_refused and any(one.why == "organisation_refused" for one in last)
        if with_it or (not was_refused and offer.state is OfferState.OPEN):
            _move_offer(uow, actor, offer, OfferState.HELD, here, "organisation_new")
    return OrganisationState.HELD.value
