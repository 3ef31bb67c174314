"""What the desk reads before it decides how long help took: what each of the two sides said."""

from datetime import datetime

from enabler.domain.matches import Match
from enabler.domain.needs import Need
from enabler.domain.permissions import Action, Actor, Subject, allowed
from enabler.domain.vocabulary import MatchState
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._reporting import readers_of
from enabler.services.views.matches import DisputeView, SaidView


def dispute_view(
    uow: UnitOfWork, actor: Actor, match: Match, need: Need, now: datetime
) -> DisputeView | None:
    """Both sides of it, for whoever stands on neither; None where nothing is disputed."""
    if match.state is not MatchState.DISPUTED:
        return None
    visit = uow.visits.of(match.id)
    return DisputeView(
        said_by="asker" if match.done_by == need.asker_id else "helper", said_at=match.done_at,
        arrived_at=visit.arrived_at if visit else None, left_at=visit.left_at if visit else None,
        against=_against(uow, actor, match, now),
    )  # fmt: skip


def _against(uow: UnitOfWork, actor: Actor, match: Match, now: datetime) -> tuple[SaidView, ...]:
    """What the other side wrote since it was said how long it took, as far as the actor reads
    their reports: never what is for the leads alone, or kept from whom it names."""
    if not allowed(actor, Action.MODERATE, Subject(match.place_id)):
        return ()
    at_desk = uow.staff.at_desk(match.place_id, now)
    return tuple(
        SaidView(one.ref, one.reported_at, one.words)
        for one in uow.reports.about(match.place_id, match.ref)
        if one.by_member_id not in (None, match.done_by)
        and (match.done_at is None or one.reported_at >= match.done_at)
        and actor.member_id in readers_of(one, at_desk)
    )
