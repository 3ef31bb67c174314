"""What follows when a check of somebody begins or ends, they are suspended, or the rules ask for
more: asks are taken back, a yes waits for the council or is given to others, and comes back."""

from datetime import datetime, timedelta

from enabler.domain.credentials import Gap
from enabler.domain.matches import Match
from enabler.domain.needs import Need
from enabler.domain.permissions import Actor
from enabler.domain.ruleset import Ruleset
from enabler.domain.vocabulary import MatchState, NeedState
from enabler.persistence.credentials import Holder
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._asking import ask
from enabler.services._asking_side import askers_of
from enabler.services._checks import lacking
from enabler.services._ground import Ground, ground
from enabler.services._progress import helpers_of, move_match, reopen, tell_one

OPEN = (MatchState.PROPOSED, MatchState.ASKED)
UNDER_WAY = (MatchState.ACCEPTED, MatchState.ARRANGED)
ENDED = "credential_ended"


def look_after(uow: UnitOfWork, actor: Actor, holder: Holder, now: datetime) -> None:
    """Bring everything that a holder was asked or said yes to where their checks are now."""
    offers = uow.offers.all_of(holder)
    found = [
        match for offer in offers for match in uow.matches.of_offer(offer.id, *OPEN, *UNDER_WAY)
    ]
    if holder[0] is not None:  # they may go for an organisation as well
        theirs = {match.id for match in found}
        found += [
            match for match in uow.matches.of_helper(holder[0], ())
            if match.id not in theirs and match.helper_id == holder[0] and match.state in UNDER_WAY
        ]  # fmt: skip
    uow.needs.lock_many(sorted({match.need_id for match in found}))
    for match in found:
        look_at(uow, actor, uow.matches.by_id(match.id), now)


def look_at(
    uow: UnitOfWork, actor: Actor, match: Match, now: datetime, *,
    grace: timedelta = timedelta(0),
) -> None:  # fmt: skip
    """Bring one match to where its helper's side is now. Its need is locked. ``grace``: a yes stays
    so long at least, however soon the visit is."""
    need, offer = uow.needs.by_id(match.need_id), uow.offers.by_id(match.offer_id)
    here = ground(uow, need.place_id, now, need.cell)
    missing = lacking(uow, (match, need, offer), here)
    if match.state in OPEN and missing:
        _take_back(uow, actor, match, need, here)
    elif match.state in UNDER_WAY and missing:
        _stand_without(uow, actor, match, need, missing, here, grace)
    elif match.state in UNDER_WAY and uow.credentials.gap(match.id) is not None:
        _come_back(uow, actor, match, need, here)


def _take_back(uow: UnitOfWork, actor: Actor, match: Match, need: Need, here: Ground) -> None:
    """An ask that may not be answered with a yes any more. What its helper hears of is the check;
    where nobody is left to answer, others are asked."""
    move_match(uow, actor, match, MatchState.WITHDRAWN, here, why=ENDED, ended_because=ENDED)
    waiting = uow.matches.of_need(need.id, *OPEN)
    if need.state is NeedState.OPEN and not waiting:
        ask(uow, actor, need, here)


def _stand_without(
    uow: UnitOfWork, actor: Actor, match: Match, need: Need, missing: tuple[str, ...],
    here: Ground, grace: timedelta,
) -> None:  # fmt: skip
    if match.visit_end is not None and match.visit_end <= here.now:
        return  # it is over: what is left is to say that it was done
    visit = uow.visits.of(match.id)
    at = release_at(match, need, here.ruleset)
    at = max(at, here.now + grace) if grace else at
    inside = visit is not None and visit.inside
    if inside or (has_begun(match, here.now) and not (visit and visit.watched)):
        # Nobody is sent out of a home by a date. The desk sees it until the visit is over.
        at = max(match.visit_end or here.now, here.now)
    elif at <= here.now:
        release_for_check(uow, actor, match, here)
        return
    gap = Gap(match.id, match.place_id, missing, here.now, at)
    if not uow.credentials.open_gap(gap):
        return
    _record(uow, actor, match, "match.check_ended", here)
    if not inside:
        _tell_both(uow, match, need, ("check_gap_helper", "check_gap_asker"), here)


def has_begun(match: Match, now: datetime) -> bool:
    """Whether the agreed time is there or over."""
    return match.visit_start is not None and match.visit_start <= now


def _come_back(uow: UnitOfWork, actor: Actor, match: Match, need: Need, here: Ground) -> None:
    uow.credentials.close_gap(match.id)
    _record(uow, actor, match, "match.check_back", here)
    _tell_both(uow, match, need, ("check_back", "check_back"), here)


def release_at(match: Match, need: Need, ruleset: Ruleset) -> datetime:
    """When others are asked, if the check has not come back."""
    starts = match.visit_start or min((one.start for one in need.windows), default=need.needed_by)
    return starts - timedelta(hours=ruleset.credential_release_hours)


def release_for_check(uow: UnitOfWork, actor: Actor, match: Match, here: Ground) -> None:
    """Give the slot to others: both are told, and whoever said yes too late is asked first."""
    uow.credentials.close_gap(match.id)
    move_match(uow, actor, match, MatchState.RELEASED, here, why=ENDED, slot=None,
               ended_because=ENDED)  # fmt: skip
    uow.needs.free_slot(match.need_id)
    need = uow.needs.by_id(match.need_id)
    for member_id in helpers_of(uow, match, here):
        tell_one(uow, match, member_id, "check_released", here)
    for member_id in askers_of(uow, need, here.now):
        tell_one(uow, match, member_id, "released", here)
    reopen(uow, actor, need, here, why=ENDED)


def _tell_both(
    uow: UnitOfWork, match: Match, need: Need, templates: tuple[str, str], here: Ground
) -> None:
    for member_id in helpers_of(uow, match, here):
        tell_one(uow, match, member_id, templates[0], here)
    for member_id in askers_of(uow, need, here.now):
        tell_one(uow, match, member_id, templates[1], here)


def _record(uow: UnitOfWork, actor: Actor, match: Match, what: str, here: Ground) -> None:
    uow.audit.record(
        actor, what, place_id=match.place_id, subject=("match", match.id, match.ref),
        now=here.now, states=(match.state.value, match.state.value),
    )  # fmt: skip
