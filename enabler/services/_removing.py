"""A person is removed for safety: nothing of theirs goes on, and whoever counted on it is told.

Their needs and matches are locked here, in the order of ids.
"""

from datetime import datetime
from typing import cast

from enabler.domain.matches import Match
from enabler.domain.members import Member
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import MatchState, MemberState, OfferState
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services import _suspending
from enabler.services._asking_side import askers_of
from enabler.services._ground import Ground, ground
from enabler.services._progress import move_match, reopen, tell_one
from enabler.services._standing_down import UNDER_WAY, leave_open
from enabler.services._statements import Against, keep_decision
from enabler.services._things import Thing

WHY = "removed"


def remove(
    uow: UnitOfWork, actor: Actor, thing: Thing, here: Ground, words: str, until: datetime
) -> None:
    """Their account is suspended as any other, with a statement of reasons that comes back to the
    desk when the denial ends; more than that, what they offer leaves the desk, their series end and
    their visits are somebody else's. The member is locked, with what is theirs."""
    if thing.state == MemberState.SUSPENDED:
        _instead_of_suspension(uow, actor, thing, here)
    else:
        _suspending.suspend(uow, actor, thing, here, why=WHY)
    days = max(1, (until - here.now).days)
    keep_decision(uow, actor, thing, Against("suspend", words, days=days), here)
    for series in uow.series.of_asker(here.place.id, thing.id):
        uow.series.change(series.id, ended_at=here.now)
    _stop_offers(uow, actor, thing, here)
    stop_visits(uow, actor, cast(Member, thing.row), here)
    uow.desk.let_go(here.place.id, "member", thing.ref)


def _instead_of_suspension(uow: UnitOfWork, actor: Actor, thing: Thing, here: Ground) -> None:
    """Whoever is suspended stays so: the removal takes the place of what was decided before, which
    nobody reads as a lifting."""
    for one in uow.decisions.of_subject("member", thing.id):
        if one.kind == "suspend" and one.stands:
            uow.decisions.change(one.id, lifted_at=here.now)
    uow.audit.record(
        actor, "member.suspended", place_id=here.place.id, subject=thing.subject, now=here.now,
        states=(thing.state, thing.state), why=WHY,
    )  # fmt: skip


def _stop_offers(uow: UnitOfWork, actor: Actor, thing: Thing, here: Ground) -> None:
    """A paused one stays paused: it is asked for nothing, and comes back as it was."""
    for offer in uow.offers.all_of((thing.id, None)):
        if offer.state in (OfferState.OPEN, OfferState.HELD):
            uow.offers.change(offer.id, state=OfferState.SUSPENDED)
            uow.audit.record(
                actor, "offer.suspended", place_id=offer.place_id, now=here.now, why=WHY,
                subject=("offer", offer.id, offer.ref),
                states=(offer.state.value, OfferState.SUSPENDED.value),
            )  # fmt: skip


def stop_visits(uow: UnitOfWork, actor: Actor, member: Member, here: Ground) -> None:
    """What they were to do for others is done by somebody else."""
    going = [
        match for match in uow.matches.of_helper(member.id, ())
        if match.helper_id == member.id and match.state in UNDER_WAY
    ]  # fmt: skip
    for match in sorted(going, key=lambda one: one.need_id):
        need = uow.needs.lock(match.need_id)
        fresh = uow.matches.by_id(match.id)
        if fresh.state in UNDER_WAY and fresh.organisation_id is not None:
            leave_open(uow, actor, fresh, here, why="role_ended")
        elif fresh.state in UNDER_WAY:
            _release(uow, actor, fresh, ground(uow, need.place_id, here.now, need.cell))


def _release(uow: UnitOfWork, actor: Actor, match: Match, here: Ground) -> None:
    move_match(uow, actor, match, MatchState.RELEASED, here, why="released_by_helper", slot=None,
               ended_because="released_by_helper")  # fmt: skip
    uow.needs.free_slot(match.need_id)
    need = uow.needs.by_id(match.need_id)
    for member_id in askers_of(uow, need, here.now):
        tell_one(uow, match, member_id, "released", here)
    reopen(uow, actor, need, here, why="released_by_helper")
