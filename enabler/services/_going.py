"""Somebody goes for good: what they asked for, offered and agreed to ends, and whoever counted on
it hears in time and gets others. Their hours go on.

The member is held by the caller; their needs, offers and matches are locked here.
"""

from enabler.domain.errors import WrongMoment
from enabler.domain.lifecycle import NEED_MOVES, OFFER_MOVES, SETTLED_NEEDS, advance
from enabler.domain.matches import Match
from enabler.domain.members import Member
from enabler.domain.needs import Need
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import MatchState, NeedState, OfferState
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._ground import Ground, ground
from enabler.services._leaving import close, community_pot
from enabler.services._progress import withdraw_need
from enabler.services._removing import stop_visits
from enabler.services._resting import take_back
from enabler.services._visits import keep_confirmed
from enabler.timebank.settling import leaving

WHY = "erased"
_ASKS = (MatchState.PROPOSED, MatchState.ASKED)
_OVER = (OfferState.ENDED, OfferState.REFUSED)


def leave_market(uow: UnitOfWork, actor: Actor, member: Member, here: Ground) -> None:
    """End all that is theirs alone. Help that was given and that nobody spoke against counts."""
    needs = [one for one in uow.needs.of_asker(member.place_id, member.id) if _runs(one)]
    offers = uow.offers.all_of((member.id, None))
    asked = [match for offer in offers for match in uow.matches.of_offer(offer.id, *_ASKS)]
    given = _given(uow, member)
    uow.needs.lock_many([*(one.id for one in needs), *(one.need_id for one in (*asked, *given))])
    for match in given:
        _count(uow, match, here)
    for need in needs:
        fresh = uow.needs.by_id(need.id)
        if _runs(fresh) and NeedState.WITHDRAWN in NEED_MOVES[fresh.state]:
            withdraw_need(uow, actor, fresh, here)
    for offer in offers:
        _end_offer(uow, actor, offer.id, here)
    take_back(uow, actor, asked, here, why="offer_ended")
    stop_visits(uow, actor, member, here)
    _end_what_goes_on(uow, member, here)


def _end_what_goes_on(uow: UnitOfWork, member: Member, here: Ground) -> None:
    """What would make more of it: series, and parts in organisations."""
    for series in uow.series.of_asker(member.place_id, member.id):
        if series.ended_at is None and series.organisation_id is None:
            uow.series.change(series.id, ended_at=here.now)
    for role in uow.members.roles_of(member.id, here.now):
        if role.grant.organisation_id is not None:
            uow.colleagues.end_role(role.grant.organisation_id, member.id, here.now)


def _runs(need: Need) -> bool:
    return need.organisation_id is None and need.state not in SETTLED_NEEDS


def _given(uow: UnitOfWork, member: Member) -> list[Match]:
    """Help that was said to be done, on either side, and waits for a word or for silence."""
    helped = [
        match for match in uow.matches.of_helper(member.id, ())
        if match.helper_id == member.id and match.state is MatchState.DONE
    ]  # fmt: skip
    had = uow.matches.of_asker(member.id, MatchState.DONE)
    return list({match.id: match for match in (*helped, *had)}.values())


def _count(uow: UnitOfWork, match: Match, here: Ground) -> None:
    fresh = uow.matches.by_id(match.id)
    if fresh.state is MatchState.DONE:
        need = uow.needs.by_id(fresh.need_id)
        there = ground(uow, need.place_id, here.now, need.cell)
        keep_confirmed(uow, Actor.system("erasure"), fresh, need, there, why=WHY)


def _end_offer(uow: UnitOfWork, actor: Actor, offer_id: int, here: Ground) -> None:
    offer = uow.offers.lock(offer_id)
    if offer.state in _OVER:
        return
    advance(OFFER_MOVES, offer.state, OfferState.ENDED)
    uow.offers.change(offer.id, state=OfferState.ENDED, ended_at=here.now, paused_until=None)
    uow.audit.record(
        actor, "offer.ended", place_id=offer.place_id, subject=("offer", offer.id, offer.ref),
        now=here.now, states=(offer.state.value, OfferState.ENDED.value), why=WHY,
    )  # fmt: skip


def part_with_hours(
    uow: UnitOfWork, actor: Actor, member: Member, here: Ground, *, forced: bool
) -> None:
    """Hours above zero go to the community; what was had beyond that it pays, or the council
    forgives it where it has too little. The account is closed, and nobody's.

    Raises WrongMoment("erase_hours_first") while something in it is not settled; ``forced`` leaves
    such an account open, as nobody's.
    """
    known = uow.purses.of_member(member.id)
    if known is not None and not known.closed:
        _bring_to_zero(uow, actor, member, known.number, here, forced=forced)
    uow.purses.forget(member.id, open_too=forced)


def _bring_to_zero(
    uow: UnitOfWork, actor: Actor, member: Member, number: int, here: Ground, *, forced: bool
) -> None:
    pot, issue = community_pot(uow, here).account, uow.purses.issue(member.place_id).number
    uow.purses.stay(number)
    accounts = uow.ledger.lock(number, pot, issue)
    account = accounts[number]
    if account.held or uow.help_hours.unsettled(number):
        if forced:
            return
        raise WrongMoment("erase_hours_first")
    covered = account.posted >= 0 or accounts[pot].can_pay(-account.posted)
    moves = leaving(account, accounts[pot if covered else issue], f"leave:{number}")
    if moves:
        uow.ledger.post_all(moves, here.now)
    close(uow, actor, number, member.id, here)
