"""The day of a visit as one of its sides sees it at this moment."""

from datetime import datetime

from enabler.domain.conversation import may_be_there, may_need_somebody
from enabler.domain.demands import Demands
from enabler.domain.disclosure import Standing, knows_other_side
from enabler.domain.matches import Match
from enabler.domain.needs import Need
from enabler.domain.offers import Offer
from enabler.domain.permissions import Actor
from enabler.domain.visits import Visit
from enabler.domain.vocabulary import MatchState
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._checks import STOPPED, meets_new
from enabler.services._demands import demands_of, mate_of
from enabler.services._ground import Ground
from enabler.services._lapsing import has_begun
from enabler.services._subjects import asks, goes
from enabler.services._visit_day import receipt_is_there, visit_of
from enabler.services.views.visits import VisitDayView

_Case = tuple[Match, Need, Offer]
_UNDER_WAY = (MatchState.ACCEPTED, MatchState.ARRANGED)


def steps_of(demands: Demands) -> tuple[str, ...]:
    """What the help asks of whoever comes, in the order in which they do it."""
    wanted = (
        ("pair", demands.pair), ("call-first", demands.call_first),
        ("check-in", demands.check_in), ("receipt", demands.receipt),
    )  # fmt: skip
    return tuple(step for step, is_wanted in wanted if is_wanted)


def _first(uow: UnitOfWork, need: Need, offer: Offer, here: Ground) -> tuple[str, ...]:
    """Where they meet, while the helper is new: meet-public or meet-doorstep."""
    where = meets_new(uow, need, offer, here.ruleset, here.now)
    return (f"meet-{where}",) if where else ()


def day_view(
    uow: UnitOfWork, actor: Actor, case: _Case, standing: Standing, here: Ground
) -> VisitDayView:  # fmt: skip
    """The day for one of its sides. The word is for both of them, and for no helper whose side
    does not stand; while they may not come it opens no door to them."""
    match, need, offer = case
    steps = (*_first(uow, need, offer, here), *steps_of(demands_of(need, here.ruleset)))
    helper = goes(actor, match, offer)
    asker = asks(actor, need)
    if not knows_other_side(match) or not (helper or asker):
        return VisitDayView(steps)
    if match.state not in _UNDER_WAY and uow.visits.of(match.id) is None:
        return VisitDayView(steps)
    visit = visit_of(uow, match, need, here)
    kept_away = bool(standing.missing or standing.stopped)
    return VisitDayView(
        steps=steps, noted=_noted(uow, case, visit, here),
        word=visit.word if standing.whole or (asker and not kept_away) else None,
        watched=visit.watched, arrived_at=visit.arrived_at, left_at=visit.left_at,
        until_at=visit.until_at, stuck_at=visit.stuck_at if visit.calls_now else None,
        missing=(*standing.missing, *((STOPPED,) if standing.stopped else ())) if helper else (),
        kept_away=kept_away and not visit.inside,
        waits_until=_waits_until(uow, match, here) if asker and not standing.whole else None,
        may=_may(case, visit, standing, steps, here, helper=helper),
    )  # fmt: skip


def _waits_until(uow: UnitOfWork, match: Match, here: Ground) -> datetime | None:
    """When others are asked, while the helper may not come."""
    gap = uow.credentials.gap(match.id)
    return gap.release_at if gap and not has_begun(match, here.now) else None


def _noted(uow: UnitOfWork, case: _Case, visit: Visit, here: Ground) -> frozenset[str]:
    match, need, _ = case
    done = {
        "call-first": visit.rang_at is not None,
        "check-in": visit.left_at is not None,
        "receipt": receipt_is_there(uow, match),
        "pair": mate_of(uow, match, need, here) is not None,
    }
    return frozenset(step for step, is_done in done.items() if is_done)


def _may(
    case: _Case, visit: Visit, standing: Standing, steps: tuple[str, ...], here: Ground, *,
    helper: bool,
) -> frozenset[str]:  # fmt: skip
    match, _, _ = case
    under_way = match.state in _UNDER_WAY
    time_to_go = may_be_there(match, here.now)
    calls = not visit.calls_now and (visit.inside or may_need_somebody(match, here.now))
    can = {
        "rang": helper and under_way and "call-first" in steps and visit.rang_at is None,
        "no-money": under_way and "receipt" in steps and visit.no_money_at is None,
        "watch": helper and under_way and not visit.watched,
        "arrive": helper and time_to_go and standing.whole and visit.watched
        and visit.arrived_at is None and visit.left_at is None,
        "leave": helper and visit.watched and visit.left_at is None
        and (visit.inside or time_to_go or visit.stage > 0),
        "stay": helper and visit.watched and visit.inside,
        "stuck": calls,
        "wrong-word": calls and not helper and time_to_go,
    }  # fmt: skip
    return frozenset(deed for deed, possible in can.items() if possible)
