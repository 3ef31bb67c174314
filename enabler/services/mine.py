"""Everything of one member: asks that wait for an answer, help under way, needs and offers."""

from datetime import datetime

from enabler.domain.errors import NotAllowed
from enabler.domain.matches import Match
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.vocabulary import MatchState
from enabler.persistence.unit_of_work import UnitOfWork, reading
from enabler.services._ground import Ground, ground_later
from enabler.services._knowing import listed_matches, listed_needs, listed_offers
from enabler.services.views import MineView

_HELPING = frozenset(
    {MatchState.ACCEPTED, MatchState.ARRANGED, MatchState.DONE, MatchState.DISPUTED}
)


def everything(*, actor: Actor, now: datetime) -> MineView:
    """All that is the actor's own. It shows nobody else's name or address. Raises NotAllowed."""
    require(actor, Action.SEE_OWN, Subject(actor.place_id, owner_id=actor.member_id))
    if actor.member_id is None or actor.place_id is None:
        raise NotAllowed(action=Action.SEE_OWN.value)
    with reading() as uow:
        here = ground_later(uow, actor.place_id, now)
        return _everything(uow, actor, (actor.place_id, actor.member_id), here, now)


def _everything(
    uow: UnitOfWork, actor: Actor, whose: tuple[int, int], here: Ground, now: datetime
) -> MineView:
    place_id, member_id = whose
    mine = uow.matches.of_helper(member_id, actor.organisations())
    asks = [match for match in mine if match.state is MatchState.ASKED]
    helping = [match for match in mine if match.state in _HELPING]
    past = [match for match in mine if match.answered_at and match.state not in _HELPING]
    given = uow.offers.of_giver(place_id, member_id, actor.organisations())
    return MineView(
        asks=listed_matches(uow, actor, sorted(asks, key=_first_to_answer), now),
        helping=listed_matches(uow, actor, helping, now),
        needs=listed_needs(uow, actor, uow.needs.of_asker(place_id, member_id), here),
        offers=listed_offers(uow, actor, given, here),
        past=listed_matches(uow, actor, past, now),
    )


def _first_to_answer(match: Match) -> tuple[datetime, int]:
    return match.answer_by or match.proposed_at, match.id
