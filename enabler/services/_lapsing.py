"""What follows when a check of somebody begins or ends, they are suspended, or the rules ask for
more: asks are taken back, a yes waits for the council or is given to others, and comes back."""

from datetime import datetime, timedelta

from enabler.domain.credentials import Gap
from enabler.domain.matches import Match
from enabler.domain.needs import Need
from enabler.domain.offers import Offer
from enabler.domain.permissions import Actor
from enabler.domain.ruleset import Ruleset
from enabler.domain.vocabulary import MatchState, NeedState
from enabler.persistence.credentials import Holder
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._asking import ask
from enabler.services._asking_side import askers_of
from enabler.services._checks import lacking
from enabler.services._ground import Ground, ground
from enabler.services._mates import MATE, mate_by, mate_is_late
from enabler.services._progress import helpers_of, move_match, reopen, tell_one

OPEN = (MatchState.PROPOSED, MatchState.ASKED)
UNDER_WAY = (MatchState.ACCEPTED, MatchState.ARRANGED)
ENDED = "credential_ended"
ALONE = "mate_missing"
_MATE_ONLY = (MATE,)
_A_WHILE = timedelta(hours=2)


def amiss(
    uow: UnitOfWork, case: tuple[Match, Need, Offer], here: Ground
) -> tuple[str, ...]:  # fmt: skip
    """Why a match may not go on as it is: checks, a suspension; a yes, that nobody was found to be
    the second of two, and the day is near."""
    match, need, _ = case
    late = match.state in UNDER_WAY and mate_is_late(uow, match, need, here)
    return (*lacking(uow, case, here), *((MATE,) if late else ()))


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
    missing = amiss(uow, (match, need, offer), here)
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
    _ask_more(uow, actor, need, here)


def _stand_without(
    uow: UnitOfWork, actor: Actor, match: Match, need: Need, missing: tuple[str, ...],
    here: Ground, grace: timedelta,
) -> None:  # fmt: skip
    if match.visit_end is not None and match.visit_end <= here.now:
        return  # it is over: what is left is to say that it was done
    visit = uow.visits.of(match.id)
    at = _until(match, need, missing, here, grace)
    inside = visit is not None and visit.inside
    if inside or (has_begun(match, here.now) and not (visit and visit.watched)):
        # Nobody is sent out of a home by a date. The desk sees it until the visit is over.
        at = max(match.visit_end or here.now, here.now)
    elif at <= here.now:
        release_for_check(uow, actor, match, here)
        return
    known = uow.credentials.gap(match.id)
    if known is not None and (known.kinds == _MATE_ONLY) != (missing == _MATE_ONLY):
        uow.credentials.close_gap(match.id)
    if not uow.credentials.open_gap(Gap(match.id, match.place_id, missing, here.now, at)):
        return
    if missing == _MATE_ONLY:
        _record(uow, actor, match, "match.mate_late", here)
        _tell_both(uow, match, need, ("mate_late_helper", "mate_late_asker"), here)
        _ask_more(uow, actor, need, here)
        return
    _record(uow, actor, match, "match.check_ended", here)
    if not inside:
        _tell_both(uow, match, need, ("check_gap_helper", "check_gap_asker"), here)


def _until(
    match: Match, need: Need, missing: tuple[str, ...], here: Ground, grace: timedelta
) -> datetime:
    """Until when a yes stands that lacks these. Where no time was agreed there is always a while to
    put it right, for nobody is on the way yet."""
    if missing == _MATE_ONLY:
        return mate_by(match, need, here.ruleset, here.now)
    at = release_at(match, need, here.ruleset, here.now)
    if match.visit_start is None and need.needed_by > here.now:
        at = max(at, min(here.now + _A_WHILE, need.needed_by))
    return max(at, here.now + grace) if grace else at


def _ask_more(uow: UnitOfWork, actor: Actor, need: Need, here: Ground) -> None:
    """Ask others now, where nobody is left to answer."""
    if need.state is NeedState.OPEN and not uow.matches.of_need(need.id, *OPEN):
        ask(uow, actor, need, here)


def has_begun(match: Match, now: datetime) -> bool:
    """Whether the agreed time is there or over."""
    return match.visit_start is not None and match.visit_start <= now


def _come_back(uow: UnitOfWork, actor: Actor, match: Match, need: Need, here: Ground) -> None:
    known = uow.credentials.gap(match.id)
    uow.credentials.close_gap(match.id)
    if known is not None and known.kinds == _MATE_ONLY:
        return  # who was found, and whom they go with, was told with the yes
    _record(uow, actor, match, "match.check_back", here)
    _tell_both(uow, match, need, ("check_back", "check_back"), here)


def release_at(match: Match, need: Need, ruleset: Ruleset, now: datetime) -> datetime:
    """When others are asked, if the check has not come back: before the agreed time, else before
    the next at which it was asked for."""
    ahead = [one.start for one in need.windows if one.start > now]
    starts = match.visit_start or min(ahead, default=need.needed_by)
    return starts - timedelta(hours=ruleset.credential_release_hours)


def release_for_check(uow: UnitOfWork, actor: Actor, match: Match, here: Ground) -> None:
    """Give the slot to others: both are told, and whoever said yes too late is asked first."""
    known = uow.credentials.gap(match.id)
    alone = known is not None and known.kinds == _MATE_ONLY
    why = ALONE if alone else ENDED
    letters = ("mate_none_helper", "mate_none_asker") if alone else ("check_released", "released")
    uow.credentials.close_gap(match.id)
    move_match(uow, actor, match, MatchState.RELEASED, here, why=why, slot=None,
               ended_because=why)  # fmt: skip
    uow.needs.free_slot(match.need_id)
    need = uow.needs.by_id(match.need_id)
    _tell_both(uow, match, need, letters, here)
    reopen(uow, actor, need, here, why=why)


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
