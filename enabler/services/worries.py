"""Somebody is worried about someone: a lead says in time that they have seen it, rings those on the
list, and if nobody does so others hear of it, one after the other. No worry ever lapses."""

from datetime import datetime

from enabler.domain.errors import Invalid, WrongMoment
from enabler.domain.permissions import Action, Actor, require
from enabler.domain.reports import (
    ADMINISTRATORS,
    CALLED,
    LOOKING,
    OPEN,
    TELLS_AGAIN,
)
from enabler.domain.vocabulary import OutboxState
from enabler.domain.words import optional_words
from enabler.persistence.reports import Report
from enabler.persistence.unit_of_work import UnitOfWork, unit_of_work
from enabler.services import _cases
from enabler.services._case_views import case_view
from enabler.services._reporting import readers_of, tell_no_reader
from enabler.services._worry_clock import due_of
from enabler.services.views.cases import CaseView

MOST_WORDS = 2_000
_LETTERS = ("worried_lead", "worry_waits_lead")
_LOST = {OutboxState.FAILED, OutboxState.UNKNOWN, OutboxState.DROPPED}


def acknowledge(*, actor: Actor, ref: str, key: str, now: datetime) -> CaseView | None:
    """Say that one has seen it and deals with it: the clock stops.

    Raises NotFound, NotAllowed, WrongMoment (report_seen_already, report_settled_already),
    KeyReused.
    """

    def act(uow: UnitOfWork, report: Report) -> None:
        _cases.require_open(report)
        if report.acknowledged_at is not None:
            raise WrongMoment("report_seen_already")
        state = LOOKING if report.state == OPEN else report.state
        uow.reports.change(
            report.id, acknowledged_at=now, acknowledged_by=actor.member_id, tell_next_at=None,
            assigned_to=actor.member_id, state=state,
        )  # fmt: skip
        _cases.note(uow, actor, report, "seen", now, states=(report.state, state))

    return _cases.change(actor, ref, key, now, "acknowledge", {}, act)


def note_call(
    *, actor: Actor, ref: str, who: str, went: str, words: str | None = None, key: str,
    now: datetime,
) -> CaseView | None:  # fmt: skip
    """Write down how a call on the list went: spoke, no-answer, voicemail, wrong-number; ``who`` is
    the key of whom was rung. Raises NotFound, NotAllowed, WrongMoment, Invalid, KeyReused."""
    said = optional_words("words", words, most=MOST_WORDS)
    if went not in CALLED:
        raise Invalid("went", "call_outcome_unknown")

    def act(uow: UnitOfWork, report: Report) -> None:
        _cases.require_open(report)
        if who not in {call.key for call in case_view(uow, actor, report, now).calls}:
            raise Invalid("who", "call_unknown")
        _cases.note(uow, actor, report, "called", now, words=said, who=who, went=went)

    given = {"who": who, "went": went, "words": said}
    return _cases.change(actor, ref, key, now, "call", given, act, again=False)


def look_over(*, actor: Actor, now: datetime) -> int:
    """Tell others of one worry that nobody has seen in time; 1, or 0 where there is none.

    First the second lead and all others, at twice the time all of them again, at three times the
    administrators too, and from then on each day all who may read it. One of which each letter so
    far was lost goes on at once. Call it until it gives 0; safe to run twice. Raises NotAllowed.
    """
    require(actor, Action.RUN_JOBS)
    with unit_of_work() as uow:
        report = uow.reports.claim_unseen(now) or _that_reached_nobody(uow, now)
        if report is None:
            return 0
        times = report.told_times + 1
        uow.reports.change(report.id, told_times=times, tell_next_at=_next(uow, report, times, now))
        told = uow.reports.by_ref(report.place_id, report.ref)
        _cases.note(uow, actor, told, "told", now, times=times)
        _tell(uow, told, times, now)
        uow.commit()
    return 1


def _that_reached_nobody(uow: UnitOfWork, now: datetime) -> Report | None:
    """A worry of which no letter arrived, held: whoever was to hear of it first does not know."""
    for one in uow.reports.unseen(now):
        if one.told_times < ADMINISTRATORS:
            states = uow.outbox.states_about(one.place_id, one.reported_at, one.ref, _LETTERS)
            if states and states <= _LOST:
                again = uow.reports.by_ref(one.place_id, one.ref)
                if again.acknowledged_at is None and again.told_times == one.told_times:
                    return again
    return None


def _next(uow: UnitOfWork, report: Report, times: int, now: datetime) -> datetime:
    """When others hear next, if nobody has seen it by then: always after this moment."""
    if times >= ADMINISTRATORS:
        return now + TELLS_AGAIN
    since = report.due_at or now
    return max(due_of(uow, report.place_id, since, times=times), due_of(uow, report.place_id, now))


def _tell(uow: UnitOfWork, report: Report, times: int, now: datetime) -> None:
    """All who may read it by now: who heard of it first hears of it again. Where that is nobody,
    all administrators, that somebody must be found who may."""
    at_desk = uow.staff.at_desk(report.place_id, now)
    hands = readers_of(report, at_desk)
    if not hands:
        tell_no_reader(uow, report, at_desk, now)
    of = f"{report.ref}:{times}:{now.date().isoformat()}"
    if report.gathered:  # of a flood one letter an hour
        of = f"flood:{report.place_id}:{now:%Y%m%d%H}"
    _cases.tell_hands(uow, report, sorted(hands), "worry_waits_lead", of, now)
