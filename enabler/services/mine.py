"""Everything of one member: asks that wait for an answer, help under way, needs and offers."""

from collections.abc import Iterable
from datetime import datetime

from enabler.domain.errors import NotAllowed
from enabler.domain.matches import Match
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.vocabulary import ORGANISATION_LEADS, MatchState
from enabler.persistence.unit_of_work import UnitOfWork, reading
from enabler.services._ground import Ground, ground
from enabler.services._match_views import match_view
from enabler.services._need_views import need_view
from enabler.services._offer_views import offer_view
from enabler.services.views import MatchView, MineView

_HELPING = frozenset(
    {MatchState.ACCEPTED, MatchState.ARRANGED, MatchState.DONE, MatchState.DISPUTED}
)


def everything(*, actor: Actor, now: datetime) -> MineView:
    """All that is the actor's own. It shows nobody else's name or address. Raises NotAllowed."""
    require(actor, Action.SEE_OWN, Subject(actor.place_id, owner_id=actor.member_id))
    if actor.member_id is None or actor.place_id is None:
        raise NotAllowed(action=Action.SEE_OWN.value)
    with reading() as uow:
        here = ground(uow, actor.place_id, now)
        return _everything(uow, actor, actor.member_id, here)


def _everything(uow: UnitOfWork, actor: Actor, member_id: int, here: Ground) -> MineView:
    mine = uow.matches.of_helper(member_id, actor.organisations(*ORGANISATION_LEADS))
    mine = [match for match in mine if _is_theirs(actor, match)]
    asks = [match for match in mine if match.state is MatchState.ASKED]
    helping = [match for match in mine if match.state in _HELPING]
    past = [match for match in mine if match.answered_at and match.state not in _HELPING]
    given = uow.offers.of_giver(here.place.id, member_id, actor.organisations())
    return MineView(
        asks=_listed(uow, actor, sorted(asks, key=_first_to_answer), here),
        helping=_listed(uow, actor, helping, here),
        needs=tuple(
            need_view(uow, actor, need, here, listed=True)
            for need in uow.needs.of_asker(here.place.id, member_id)
        ),
        offers=tuple(offer_view(uow, actor, offer, here, listed=True) for offer in given),
        past=_listed(uow, actor, past, here),
    )


def _is_theirs(actor: Actor, match: Match) -> bool:
    """What somebody did for an organisation is on their page while they act for it."""
    return match.organisation_id is None or match.organisation_id in actor.organisations()


def _first_to_answer(match: Match) -> tuple[datetime, int]:
    return match.answer_by or match.proposed_at, match.id


def _listed(
    uow: UnitOfWork, actor: Actor, matches: Iterable[Match], here: Ground
) -> tuple[MatchView, ...]:
    return tuple(match_view(uow, actor, match, here.now, listed=True) for match in matches)
