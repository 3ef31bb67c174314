"""Two people are kept apart: what stands between them ends at once, and nothing tells of the other.

The one who is kept away hears only what anybody hears when help is called off.
"""

from dataclasses import replace

from enabler.domain.matches import Match
from enabler.domain.needs import Need
from enabler.domain.permissions import Actor
from enabler.domain.visits import Stage
from enabler.domain.vocabulary import MatchState, NeedState
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services import _answers
from enabler.services._asking import ask
from enabler.services._ground import Ground, ground
from enabler.services._progress import move_match
from enabler.services._standing_down import UNDER_WAY, leave_open
from enabler.services._visit_alarms import stuck_now
from enabler.services._visit_day import keep_visit

_BETWEEN = (MatchState.PROPOSED, MatchState.ASKED, *UNDER_WAY)


def part(uow: UnitOfWork, actor: Actor, pair: tuple[int, int], here: Ground) -> None:
    """End all that is agreed or asked between the two, as the actor's own calling off."""
    found = [uow.matches.by_id(match_id) for match_id in uow.blocks.between(*pair, _BETWEEN)]
    uow.needs.lock_many(match.need_id for match in found)
    for match in found:
        fresh = uow.matches.by_id(match.id)
        if fresh.state in _BETWEEN and fresh.helper_id in pair:
            need = uow.needs.by_id(fresh.need_id)
            _end(uow, actor, fresh, need, ground(uow, need.place_id, here.now, need.cell))


def _end(uow: UnitOfWork, actor: Actor, match: Match, need: Need, here: Ground) -> None:
    _end_visit(uow, match, need, here)
    if match.state not in UNDER_WAY:
        move_match(uow, actor, match, MatchState.WITHDRAWN, here, why="called_off",
                   ended_because="called_off")  # fmt: skip
        if need.state is NeedState.OPEN and not uow.matches.of_need(need.id, MatchState.ASKED):
            ask(uow, actor, need, here)
    elif match.organisation_id is not None:
        leave_open(uow, actor, match, here, why="handed_back")
    else:
        _answers.release(uow, actor, match, None, here)


def _end_visit(uow: UnitOfWork, match: Match, need: Need, here: Ground) -> None:
    """A visit under way ends with it. Whoever is still inside, or is looked for, cannot say any
    more that they have left: the desk hears of it at once, and rings both."""
    visit = uow.visits.of(match.id)
    if visit is None or not (visit.inside or visit.alarmed):
        return
    stuck_now(uow, match, need, here)
    since = visit.stuck_at or here.now
    keep_visit(uow, replace(visit, stuck_at=since, stage=Stage.LEADS, cleared_at=None), here)
