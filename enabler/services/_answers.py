"""What an answer does: yes, no, not after all. The need is locked by the caller."""

from datetime import timedelta
from typing import Any

from enabler.domain.errors import LimitReached, NotAllowed, WrongMoment
from enabler.domain.lifecycle import LIVE_MATCHES, MATCH_MOVES, advance
from enabler.domain.matches import Match
from enabler.domain.needs import Need
from enabler.domain.offers import Offer
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import (
    MatchState,
    MemberState,
    NeedState,
    OfferState,
    OrganisationState,
    Priority,
)
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._asking_side import askers_of, kept_from
from enabler.services._checks import giver_state, missing_credentials, room_left
from enabler.services._days import day_with_room
from enabler.services._ground import Ground
from enabler.services._help_hours import begin
from enabler.services._hidden import tell_leads
from enabler.services._lapsing import look_at
from enabler.services._progress import (
    fill,
    helpers_of,
    move_match,
    reopen,
    tell_mates,
    tell_one,
)
from enabler.services._recognise import MAY_GIVE
from enabler.services._replacing import after_refusal
from enabler.services._subjects import asks
from enabler.services._visit_day import begin_visit

CHOOSES_WITHIN = timedelta(hours=2)
"""How long an organisation has to send somebody with the checks that the law demands of them."""
_STANDING_OFFERS = (OfferState.OPEN, OfferState.PAUSED)
_FULL_NEEDS = (NeedState.FILLED, NeedState.ARRANGED, NeedState.DONE)
Given = dict[str, Any]


def accept(
    uow: UnitOfWork, actor: Actor, match: Match, need: Need, offer: Offer, here: Ground
) -> Given:
    """A yes: the first takes the slot; a yes too late is kept as a reserve ({"lost": True})."""
    advance(MATCH_MOVES, match.state, MatchState.ACCEPTED)
    if need.state in _FULL_NEEDS:
        return _too_late(uow, actor, match, here)
    if need.state is not NeedState.OPEN:
        raise WrongMoment(f"need_{need.state.value}", state=need.state.value)
    offer = uow.offers.lock(offer.id)
    helper_id = _may_help(uow, actor, match, need, offer, here)
    day = day_with_room(uow, need, offer, here)
    if day is None:
        raise LimitReached("offer_day_full")
    if not uow.needs.take_slot(need.id):
        return _too_late(uow, actor, match, here)
    accepted = move_match(
        uow, actor, match, MatchState.ACCEPTED, here, slot=_free_slot(uow, need),
        helper_id=helper_id, answered_at=here.now, ended_because=None, on_day=day,
    )  # fmt: skip
    begin(uow, accepted, need, offer, here)
    begin_visit(uow, accepted, need, here)
    tell_leads(uow, accepted, need, here.now)
    for asker_id in askers_of(uow, need, here.now):
        tell_one(uow, accepted, asker_id, "accepted_asker", here)
    if not actor.texting:  # whoever texts their yes has the answer to it
        tell_one(uow, accepted, helper_id, "accepted_helper", here, priority=Priority.ANSWER)
    tell_mates(uow, need, "mate_found", here, together=True, besides=accepted.id)
    fill(uow, actor, uow.needs.by_id(need.id), here)
    if offer.organisation_id is not None:  # whoever said yes for it may not be the one who can go
        look_at(uow, actor, uow.matches.by_id(match.id), here.now, grace=CHOOSES_WITHIN)
    return {"match": match.ref}


def _too_late(uow: UnitOfWork, actor: Actor, match: Match, here: Ground) -> Given:
    if match.state is MatchState.ASKED:
        move_match(uow, actor, match, MatchState.LAPSED, here, why="filled",
                   answered_at=here.now, ended_because="filled")  # fmt: skip
    elif match.state is MatchState.LAPSED:  # also whose own time to answer was over before
        uow.matches.change(match.id, answered_at=here.now)
    return {"match": match.ref, "lost": True}


def _may_help(
    uow: UnitOfWork, actor: Actor, match: Match, need: Need, offer: Offer, here: Ground
) -> int:
    """Whoever goes, if they still may: the offer stands, its week has room, the checks hold."""
    helper_id = match.helper_id if offer.organisation_id is None else actor.member_id
    if helper_id is None or kept_from(uow, need, helper_id, here.now):
        raise NotAllowed
    if offer.state not in _STANDING_OFFERS:
        raise WrongMoment(f"offer_{offer.state.value}", state=offer.state.value)
    _require_standing(giver_state(uow, offer))
    _require_standing(uow.homes.member(helper_id).state)
    missing = missing_credentials(uow, need, offer, here.ruleset, here.now)
    if missing:
        raise NotAllowed("credential_missing", credentials=", ".join(missing))
    if room_left(uow, offer, here.week) < 1:
        raise LimitReached("offer_capacity_used", until=here.week.end)
    return helper_id


def _require_standing(state: MemberState | OrganisationState) -> None:
    """Law 6: whoever was suspended since is not matched, though they were asked before."""
    if state.value not in MAY_GIVE:
        raise WrongMoment("member_not_active", state=state.value)


def _free_slot(uow: UnitOfWork, need: Need) -> int:
    taken = {match.slot for match in uow.matches.of_need(need.id, *LIVE_MATCHES)}
    return next(slot for slot in range(1, need.slots + 1) if slot not in taken)


def decline(uow: UnitOfWork, actor: Actor, match: Match, words: str | None, here: Ground) -> Given:
    """A no: final, and silent from then on. Where too few are left to answer, the next best is
    asked within seconds: not here, so that whoever answers waits for nobody's turn."""
    move_match(
        uow, actor, match, MatchState.DECLINED, here, answered_at=here.now,
        personal={"answer_words": (None, words)} if words else None,
    )  # fmt: skip
    after_refusal(uow, match.need_id, here)
    return {"match": match.ref}


def release(uow: UnitOfWork, actor: Actor, match: Match, words: str | None, here: Ground) -> Given:
    """Not after all: the slot is free again, the other side is told, others are asked."""
    need = uow.needs.by_id(match.need_id)
    by_asker = asks(actor, need)
    why = "released_by_asker" if by_asker else "released_by_helper"
    move_match(
        uow, actor, match, MatchState.RELEASED, here, why=why, slot=None, ended_because=why,
        personal={"answer_words": (None, words)} if words else None,
    )  # fmt: skip
    uow.needs.free_slot(need.id)
    others = helpers_of(uow, match, here) if by_asker else askers_of(uow, need, here.now)
    for member_id in others:
        tell_one(uow, match, member_id, "released_helper" if by_asker else "released", here)
    if not by_asker and match.helper_id not in (None, actor.member_id):
        tell_one(uow, match, match.helper_id or 0, "released_helper", here)  # by those who lead
    reopen(uow, actor, uow.needs.by_id(need.id), here, why=why)
    return {"match": match.ref}
