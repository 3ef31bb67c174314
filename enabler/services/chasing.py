"""Help that was agreed is followed up: both sides are asked, then the desk hears. Nobody but a
person ever ends it."""

from datetime import datetime, timedelta

from enabler.domain.chasing import AGREED, Chase, Chased, next_chase
from enabler.domain.conversation import standing_proposal
from enabler.domain.matches import Match
from enabler.domain.needs import Need
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import MatchState, Priority
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._asking_side import askers_of
from enabler.services._due_needs import work_due
from enabler.services._ground import Ground, ground
from enabler.services._progress import helpers_of
from enabler.services._tell import tell

_ACTOR = Actor.system("chase-agreed")
NO_TIME, WAS_DONE = "no_time_yet", "was_done"


def chase_due(*, now: datetime, limit: int = 200) -> int:
    """Follow up needs that are filled or arranged and whose next step's time has come, each in its
    own transaction; how many.

    Safe to run twice and from two processes at once: a need that another works on is skipped. One
    whose step cannot be done holds up no other: what it raised is raised after them.
    """
    return work_due(
        lambda uow, broken: uow.needs.claim_due(now, without=broken, states=AGREED),
        lambda uow, need: _chase(uow, need, now), limit,
    )  # fmt: skip


def _chase(uow: UnitOfWork, need: Need, now: datetime) -> None:
    here = ground(uow, need.place_id, now, need.cell)
    again = timedelta(hours=here.ruleset.broker_again_hours)
    due = next_chase(need, now, here.place.timezone, again)
    if due.what is Chase.ASK:
        _ask(uow, need, due, here)
    if due.what in (Chase.ASK, Chase.HAND_OVER):
        what = "need.chased" if due.what is Chase.ASK else "need.handed_over"
        uow.audit.record(
            _ACTOR, what, place_id=need.place_id, subject=("need", need.id, need.ref), now=now,
            states=(need.state.value, need.state.value), columns=("next_step",),
            why=need.state.value,
        )  # fmt: skip
    uow.needs.change(
        need.id, next_step=due.plan.step, next_step_at=due.plan.at, chased=due.times
    )  # fmt: skip
    uow.commit()


def _ask(uow: UnitOfWork, need: Need, due: Chased, here: Ground) -> None:
    """Both sides of each match that stands still. Of several without a time the asker hears
    once."""
    askers = askers_of(uow, need, here.now)
    without = [
        one for one in uow.matches.of_need(need.id, MatchState.ACCEPTED)
        if standing_proposal(one, uow.conversations.of_match(one.id)) is None  # that letter asks
    ]  # fmt: skip
    for match in without:
        hear = askers if match is without[0] else []
        _tell(uow, match, [*hear, *helpers_of(uow, match, here)], NO_TIME, need, due, here)
    for match in uow.matches.of_need(need.id, MatchState.ARRANGED):
        if match.visit_end is None or match.visit_end > here.now:
            continue
        if due.times > 1 or not _is_watched(uow, match):
            hear = [*askers, *helpers_of(uow, match, here)]
            _tell(uow, match, hear, WAS_DONE, need, due, here)


def _is_watched(uow: UnitOfWork, match: Match) -> bool:
    """Whether the visit's own alarm asks whoever went, or woke the desk: it goes first."""
    visit = uow.visits.of(match.id)
    return visit is not None and (visit.next_at is not None or visit.alarmed)


def _tell(
    uow: UnitOfWork, match: Match, members: list[int], template: str, need: Need, due: Chased,
    here: Ground,
) -> None:  # fmt: skip
    """The step's own time is in the key: whoever works it again queues nothing twice."""
    step = need.next_step_at or here.now
    about = {"match": match.ref}
    if template == WAS_DONE and match.visit_end is not None:
        about["end"] = match.visit_end.isoformat()
    for member_id in members:
        tell(
            uow, place_id=match.place_id, member_id=member_id, template=template,
            parameters=about, priority=Priority.REMINDER, now=here.now,
            dedupe_key=f"{template}:{match.ref}:{member_id}:{due.times}:{step.isoformat()}",
        )  # fmt: skip
