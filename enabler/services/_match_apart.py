"""The other side of a match: who it is to the reader, and whether the two are kept apart."""

from datetime import datetime

from enabler.domain.conduct import may_be_said
from enabler.domain.matches import Match
from enabler.domain.needs import Need
from enabler.domain.offers import Offer
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import MatchState
from enabler.persistence.unit_of_work import UnitOfWork

_NEVER_MET = frozenset({MatchState.DECLINED, MatchState.LAPSED})
_Case = tuple[Match, Need, Offer]


def other_member(actor: Actor, case: _Case) -> int | None:
    """The person on the actor's other side, once the two were brought together: else None."""
    match, need, _ = case
    met = match.answered_at is not None and match.state not in _NEVER_MET
    if not met or need.organisation_id is not None or match.helper_id is None:
        return None
    sides = {need.asker_id: match.helper_id, match.helper_id: need.asker_id}
    return sides.get(actor.member_id or 0)


def what_apart(uow: UnitOfWork, actor: Actor, case: _Case, now: datetime) -> frozenset[str]:
    """What the reader may do about the other side: say how it was, keep them away, or not any
    more."""
    other, deeds = other_member(actor, case), set()
    if other is not None and may_be_said(case[0], now):
        deeds.add("say-how")
    if other is not None and not uow.blocks.has(actor.member_id or 0, other):
        deeds.add("apart")
    if kept_away(uow, actor, case):
        deeds.add("together" if other is None or "apart" not in deeds else "together_before")
    return frozenset(deeds)


def kept_away(uow: UnitOfWork, actor: Actor, case: _Case) -> list[int]:
    """Whom the actor keeps away and met by this match: the other side, else whoever was to come
    before for the same organisation."""
    if actor.member_id is None:
        return []
    other = other_member(actor, case)
    if other is not None and uow.blocks.has(actor.member_id, other):
        return [other]
    match = case[0]
    return uow.blocks.gone_from(actor.member_id, match.id) if match.organisation_id else []
