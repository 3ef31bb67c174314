"""A member's rest begins and ends: their offers wait with them, and others are asked meanwhile.

The member is held by the caller.
"""

from collections.abc import Collection
from datetime import datetime

from enabler.domain.errors import WrongMoment
from enabler.domain.lifecycle import CHANGEABLE_NEEDS, MEMBER_MOVES, OFFER_MOVES, advance
from enabler.domain.matches import Match
from enabler.domain.members import Member
from enabler.domain.needs import Need
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import (
    ORGANISATION_LEADS,
    MatchState,
    MemberState,
    NeedState,
    OfferState,
    OrganisationState,
)
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._asking import take_step
from enabler.services._ground import Ground, ground
from enabler.services._opening import open_offer
from enabler.services._progress import move_match, withdraw_need

_ASKS = (MatchState.PROPOSED, MatchState.ASKED)
_OVER = (OrganisationState.REFUSED, OrganisationState.ERASED)


def own_needs(uow: UnitOfWork, member: Member) -> list[Need]:
    """What a member asks for themself and could still take back."""
    needs = uow.needs.of_asker(member.place_id, member.id)
    return [one for one in needs if one.organisation_id is None and one.state in CHANGEABLE_NEEDS]


def leads_alone(uow: UnitOfWork, member_id: int, now: datetime) -> list[str]:
    """Names of organisations that nobody else leads at this moment."""
    found: dict[int, str] = {}
    for role in uow.members.roles_of(member_id, now):
        number = role.grant.organisation_id
        if number is None or role.grant.role not in ORGANISATION_LEADS:
            continue
        if role.organisation_state not in _OVER and not set(
            uow.organisations.leads(number, now)
        ) - {member_id}:
            found[number] = role.organisation_name or ""
    return list(found.values())


def begin_rest(
    uow: UnitOfWork, actor: Actor, member: Member, until: datetime | None, kept: Collection[str],
    here: Ground,
) -> None:  # fmt: skip
    """Ask nothing of them from now on. Own needs that are not ``kept`` (refs) are taken back.

    Raises WrongMoment (pause_leads_alone, cannot_paused_when_…).
    """
    if leads_alone(uow, member.id, here.now):
        raise WrongMoment("pause_leads_alone")
    advance(MEMBER_MOVES, member.state, MemberState.PAUSED)
    going = [one.id for one in own_needs(uow, member) if one.ref not in kept]
    offers = [o for o in uow.offers.all_of((member.id, None)) if o.state is OfferState.OPEN]
    asked = [match for offer in uow.offers.all_of((member.id, None))
             for match in uow.matches.of_offer(offer.id, *_ASKS)]  # fmt: skip
    locked = uow.needs.lock_many([*going, *(match.need_id for match in asked)])
    _move(uow, actor, member, MemberState.PAUSED, here)
    for offer in offers:
        _rest_offer(uow, actor, offer.id, here)
    uow.pauses.begin(
        member.place_id, member.id, since=here.now, until=until,
        offers=[offer.id for offer in offers],
    )  # fmt: skip
    for need_id in going:
        if locked[need_id].state in CHANGEABLE_NEEDS:
            withdraw_need(uow, actor, locked[need_id], here)
    take_back(uow, actor, asked, here, why="giver_paused")


def _rest_offer(uow: UnitOfWork, actor: Actor, offer_id: int, here: Ground) -> None:
    offer = uow.offers.lock(offer_id)
    advance(OFFER_MOVES, offer.state, OfferState.PAUSED)
    uow.offers.change(offer.id, state=OfferState.PAUSED, paused_until=None)
    uow.audit.record(
        actor, "offer.paused", place_id=offer.place_id, subject=("offer", offer.id, offer.ref),
        now=here.now, states=(offer.state.value, OfferState.PAUSED.value), why="giver_paused",
    )  # fmt: skip


def take_back(
    uow: UnitOfWork, actor: Actor, asked: Collection[Match], here: Ground, *, why: str
) -> None:
    """Asks of somebody who answers none are taken back, without a word to them; others are asked
    where nobody is left to answer. The needs are locked."""
    for match in asked:
        fresh = uow.matches.by_id(match.id)
        if fresh.state not in _ASKS:
            continue
        move_match(uow, actor, fresh, MatchState.WITHDRAWN, here, why=why, ended_because=why)
        need = uow.needs.by_id(fresh.need_id)
        if need.state is NeedState.OPEN and not uow.matches.of_need(need.id, *_ASKS):
            take_step(uow, actor, need, ground(uow, need.place_id, here.now, need.cell))


def end_rest(uow: UnitOfWork, actor: Actor, member: Member, here: Ground) -> None:
    """They are asked again, and what rested with them is open, unless it was ended meanwhile."""
    pause = uow.pauses.of(member.id)
    uow.pauses.end(member.id)
    _move(uow, actor, member, MemberState.ACTIVE, here)
    for offer_id in pause.offers if pause is not None else ():
        offer = uow.offers.lock(offer_id)
        if offer.state is OfferState.PAUSED and offer.paused_until is None:
            open_offer(uow, actor, offer, here)


def _move(uow: UnitOfWork, actor: Actor, member: Member, state: MemberState, here: Ground) -> None:
    uow.members.change(member.id, state=state)
    uow.audit.record(
        actor, f"member.{state.value}", place_id=member.place_id, now=here.now,
        subject=("member", member.id, member.ref), states=(member.state.value, state.value),
    )  # fmt: skip
