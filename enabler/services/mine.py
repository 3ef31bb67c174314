"""Everything of one member: asks that wait for an answer, help under way, needs and offers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from enabler.domain.errors import NotAllowed
from enabler.domain.lifecycle import LIVE_MATCHES
from enabler.domain.matches import Match
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.vocabulary import ORGANISATION_LEADS, MatchState
from enabler.persistence.unit_of_work import UnitOfWork, reading
from enabler.services._board_views import lines_unread
from enabler.services._ground import Ground, ground_later
from enabler.services._knowing import know_matches, listed_matches, listed_needs
from enabler.services._series_views import series_view
from enabler.services.views import MatchView, MineView, SeriesView

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
    mine = uow.matches.of_helper(member_id, actor.organisations(*ORGANISATION_LEADS))
    mine = [match for match in mine if _is_theirs(actor, match)]
    asks = [match for match in mine if match.state is MatchState.ASKED]
    helping = [match for match in mine if match.state in _HELPING]
    past = [match for match in mine if match.answered_at and match.state not in _HELPING]
    agreed = [match for match in mine if match.state in LIVE_MATCHES]
    agreed += uow.matches.of_asker(member_id, *LIVE_MATCHES)
    know_matches(uow, [*mine, *agreed], now)
    needs = {match.need_id: uow.needs.by_id(match.need_id) for match in agreed}
    unread = lines_unread(uow, actor, agreed, needs, here)
    return MineView(
        asks=listed_matches(uow, actor, sorted(asks, key=_first_to_answer), now),
        helping=_listed(uow, actor, helping, here, unread),
        needs=listed_needs(uow, actor, uow.needs.of_asker(place_id, member_id), here),
        offers=tuple(uow.offers.of_giver(place_id, member_id, actor.organisations())),
        past=listed_matches(uow, actor, past, now),
        next_visit=_next_visit(uow, actor, agreed, here),
        unread=_listed(uow, actor, [one for one in agreed if one.id in unread], here, unread),
        series=_series(uow, place_id, member_id, here),
    )


def _next_visit(
    uow: UnitOfWork, actor: Actor, agreed: Sequence[Match], here: Ground
) -> MatchView | None:
    ahead = [
        (match.visit_start, match.id, match) for match in agreed
        if match.state is MatchState.ARRANGED and match.visit_start and match.visit_end
        and match.visit_end > here.now
    ]  # fmt: skip
    return _listed(uow, actor, [min(ahead)[2]], here)[0] if ahead else None


def _series(uow: UnitOfWork, place_id: int, member_id: int, here: Ground) -> tuple[SeriesView, ...]:
    found = uow.series.of_asker(place_id, member_id)
    views = (series_view(uow, each, here) for each in found if each.ended_at is None)
    return tuple(each for each in views if "end" in each.may)


def _is_theirs(actor: Actor, match: Match) -> bool:
    """What somebody did for an organisation is on their page while they act for it."""
    return match.organisation_id is None or match.organisation_id in actor.organisations()


def _first_to_answer(match: Match) -> tuple[datetime, int]:
    return match.answer_by or match.proposed_at, match.id


def _listed(
    uow: UnitOfWork, actor: Actor, matches: Sequence[Match], here: Ground,
    unread: Mapping[int, int] = MappingProxyType({}),
) -> tuple[MatchView, ...]:  # fmt: skip
    return tuple(
        replace(view, unread=unread.get(match.id, 0))
        for match, view in zip(matches, listed_matches(uow, actor, matches, here.now), strict=True)
    )
