"""What was said of a visit, as its reader sees it; when the other side called a visit off."""

from datetime import datetime

from enabler.domain import conduct as rules
from enabler.domain.matches import Match
from enabler.domain.needs import Need
from enabler.domain.offers import Offer
from enabler.domain.permissions import Action, Actor, Subject, allowed
from enabler.domain.vocabulary import MatchState
from enabler.persistence.conduct import Conduct
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._apart import are_apart
from enabler.services._subjects import asks
from enabler.services.views.conduct import ConductView

Case = tuple[Match, Need, Offer]


def called_off_at(uow: UnitOfWork, actor: Actor, match: Match, need: Need) -> datetime | None:
    """When the other side than the actor's gave a match up; None where nobody did, or they
    themselves."""
    by_asker = match.ended_because == "released_by_asker"
    if match.state is not MatchState.RELEASED or by_asker == asks(actor, need):
        return None
    found = [
        entry.at for entry in uow.audit.of("match", match.id)
        if entry.state_after == MatchState.RELEASED.value
    ]  # fmt: skip
    return found[-1] if found else None


def conduct_view(uow: UnitOfWork, actor: Actor, one: Conduct, now: datetime) -> ConductView:
    """As one of its two sees it, or the desk. Of two who are kept apart neither reads what the
    other wrote: the desk does."""
    match = uow.matches.by_id(one.match_id)
    need = uow.needs.by_id(match.need_id)
    side = {one.about_member_id: "about", one.by_member_id: "by"}.get(actor.member_id or 0, "staff")
    apart = are_apart(uow, one.by_member_id, one.about_member_id)
    return ConductView(
        ref=one.ref, kind=one.kind, side=side, state=one.state, match_ref=match.ref,
        category=need.category, visit_start=match.visit_start,
        words=None if apart and side == "about" else one.words,
        said_at=one.said_at, answer_by=one.answer_by,
        answer=None if apart and side == "by" else one.answer,
        decided_words=one.decided_words, until=one.said_at + rules.STAYS,
        may=_may(actor, one, side, now),
    )  # fmt: skip


def can_answer(one: Conduct, now: datetime) -> bool:
    """Whether whom it is about can say how they see it: in time, or where it counts by silence."""
    in_time = one.state == rules.OPEN and now < one.answer_by
    by_silence = one.state == rules.COUNTS and one.answered_at is None and one.decided_words is None
    return in_time or by_silence


def _may(actor: Actor, one: Conduct, side: str, now: datetime) -> frozenset[str]:
    if side == "about":
        return frozenset({"answer"} if can_answer(one, now) else ())
    if side == "by":
        return frozenset({"take-back"} if one.ended_at is None else ())
    decides = one.state == rules.DISPUTED and allowed(actor, Action.MODERATE, Subject(one.place_id))
    return frozenset({"decide"} if decides else ())
