"""A person is removed for safety: nothing of theirs goes on, and whoever counted on it is told.

Their needs and matches are locked here, in the order of ids.
"""

from enabler.domain.lifecycle import NEED_MOVES, OFFER_MOVES
from enabler.domain.matches import Match
from enabler.domain.members import Member
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import MatchState, MemberState, NeedState, OfferState
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._asking_side import askers_of
from enabler.services._ground import Ground, ground
from enabler.services._progress import (
    move_match,
    move_need,
    reopen,
    tell_one,
    withdraw_matches,
)
from enabler.services._standing_down import UNDER_WAY, leave_open

WHY = "removed"
_ASKED = (MatchState.PROPOSED, MatchState.ASKED)


def remove(uow: UnitOfWork, actor: Actor, member: Member, here: Ground, words: str) -> None:
    """The account is closed for good: signed out everywhere, out of the market, out of every visit
    that was to come."""
    uow.members.change(member.id, state=MemberState.SUSPENDED)
    uow.audit.record(
        actor, "member.suspended", place_id=member.place_id, now=here.now, why=WHY,
        subject=("member", member.id, member.ref), whose=member.id,
        states=(member.state.value, MemberState.SUSPENDED.value), values={"words": (None, words)},
    )  # fmt: skip
    uow.sessions.end_all_of(member.id, here.now)
    _stop_needs(uow, actor, member, here)
    _stop_offers(uow, actor, member, here)
    _stop_visits(uow, actor, member, here)


def _stop_needs(uow: UnitOfWork, actor: Actor, member: Member, here: Ground) -> None:
    theirs = uow.needs.of_asker(member.place_id, member.id)
    for need in uow.needs.lock_many(one.id for one in theirs).values():
        if NeedState.SUSPENDED in NEED_MOVES[need.state]:
            stopped = move_need(
                uow, actor, need, NeedState.SUSPENDED, here, why=WHY, next_step=None,
                next_step_at=None,
            )  # fmt: skip
            withdraw_matches(uow, actor, stopped, here, why="need_withdrawn")
        uow.signals.end(need.place_id, "need", need.id, here.now)
    for series in uow.series.of_asker(member.place_id, member.id):
        uow.series.change(series.id, ended_at=here.now)


def _stop_offers(uow: UnitOfWork, actor: Actor, member: Member, here: Ground) -> None:
    for offer in uow.offers.standing_of((member.id, None)):
        uow.needs.lock_many(one.need_id for one in uow.matches.of_offer(offer.id, *_ASKED))
        fresh = uow.offers.lock(offer.id)
        for match in uow.matches.of_offer(fresh.id, *_ASKED):
            move_match(uow, actor, match, MatchState.WITHDRAWN, here, why="offer_ended",
                       ended_because="offer_ended")  # fmt: skip
        if OfferState.SUSPENDED in OFFER_MOVES[fresh.state]:
            uow.offers.change(fresh.id, state=OfferState.SUSPENDED)
            uow.audit.record(
                actor, "offer.suspended", place_id=fresh.place_id, now=here.now, why=WHY,
                subject=("offer", fresh.id, fresh.ref),
                states=(fresh.state.value, OfferState.SUSPENDED.value),
            )  # fmt: skip
        uow.signals.end(fresh.place_id, "offer", fresh.id, here.now)


def _stop_visits(uow: UnitOfWork, actor: Actor, member: Member, here: Ground) -> None:
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
