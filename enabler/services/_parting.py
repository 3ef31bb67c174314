"""Two people are kept apart: what stands between them ends at once, and nothing tells of the other.

The one who is kept away hears only what anybody hears when help is called off.
"""

from enabler.domain.matches import Match
from enabler.domain.needs import Need
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import MatchState, NeedState
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services import _answers
from enabler.services._asking import ask
from enabler.services._ground import Ground, ground
from enabler.services._progress import move_match
from enabler.services._standing_down import UNDER_WAY, leave_open

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
    if match.state not in UNDER_WAY:
        move_match(uow, actor, match, MatchState.WITHDRAWN, here, why="called_off",
                   ended_because="called_off")  # fmt: skip
        if need.state is NeedState.OPEN and not uow.matches.of_need(need.id, MatchState.ASKED):
            ask(uow, actor, need, here)
    elif match.organisation_id is not None:
        leave_open(uow, actor, match, here, why="handed_back")
    else:
        _answers.release(uow, actor, match, None, here)
