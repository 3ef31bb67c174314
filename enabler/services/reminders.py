"""Both sides of a visit are reminded of it: the evening before, or shortly before."""

from datetime import datetime

from enabler.domain.matches import Match
from enabler.domain.vocabulary import MatchState, Priority
from enabler.persistence.unit_of_work import UnitOfWork, unit_of_work
from enabler.services._asking_side import askers_of
from enabler.services._tell import tell


def remind(*, now: datetime, limit: int = 200) -> int:
    """Queue the reminders that are due, each in its own transaction; how many visits were due.

    Safe to run twice and from two processes at once. A visit that was called off, moved or has
    begun is not reminded of; what changes after this is seen when the message is sent.
    """
    worked = 0
    while worked < limit and _remind_one(now):
        worked += 1
    return worked


def _remind_one(now: datetime) -> bool:
    with unit_of_work() as uow:
        due = uow.reminders.claim_due(now)
        if due is None:
            return False
        match = uow.matches.by_id(due.match_id)
        holds = match.state is MatchState.ARRANGED and match.visit_start == due.visit_start
        if holds and now < due.visit_start:
            _tell_both(uow, match, due.visit_start, now)
        uow.reminders.drop(due.match_id)
        uow.commit()
    return True


def _tell_both(uow: UnitOfWork, match: Match, start: datetime, now: datetime) -> None:
    askers = askers_of(uow, uow.needs.by_id(match.need_id), now)
    for member_id in (*askers, match.helper_id):
        if member_id is not None:
            tell(
                uow, place_id=match.place_id, member_id=member_id, template="reminder",
                parameters={"match": match.ref, "start": start.isoformat()},
                priority=Priority.REMINDER, now=now, expires_at=start,
                dedupe_key=f"reminder:{match.ref}:{member_id}:{now.isoformat()}",
            )  # fmt: skip
