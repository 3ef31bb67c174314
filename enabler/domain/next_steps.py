"""What happens next to a need, and when: waves, urgency, the hand-over to people (pure).

Every need that has not ended has a next step with a time. Asks go in waves that widen; each wave
has its time to answer, counted from the moment its texts may go. When the waves are spent, or
nobody can be asked, the need goes to the councillors of its ward and the custodians.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from enabler.domain.needs import Need
from enabler.domain.ruleset import Ruleset
from enabler.domain.vocabulary import NeedState, NextStep


@dataclass(frozen=True, slots=True)
class Plan:
    """A next step and its time."""

    step: NextStep
    at: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """One ask of a wave: when its text may go, and until when an answer is waited for."""

    due_at: datetime
    answer_by: datetime


class UrgentRules(Protocol):
    """What of a ruleset says which help is urgent."""

    @property
    def urgent_hours(self) -> int: ...
    @property
    def categories_urgent(self) -> tuple[str, ...]: ...


def is_urgent(need: Need, ruleset: UrgentRules, now: datetime) -> bool:
    """Whether the help is wanted within the ruleset's urgent hours, or is of a kind that cannot
    wait however its time was said."""
    return is_pressing(need.category, need.needed_by, ruleset, now)


def is_pressing(category: str, needed_by: datetime, ruleset: UrgentRules, now: datetime) -> bool:
    """The same of help that is about to be asked for."""
    soon = needed_by - now <= timedelta(hours=ruleset.urgent_hours)
    return soon or category in ruleset.categories_urgent


def wanted_from(need: Need) -> datetime:
    """The moment by which people put it in order: until when it is wanted, or for what is wanted
    as soon as possible (at any time) when it was asked."""
    return need.needed_by if need.windows else need.posted_at


def is_over(need: Need, now: datetime) -> bool:
    """Whether the time for which the help was asked has passed."""
    return need.needed_by - timedelta(minutes=need.duration_minutes) < now


def is_time_short(need: Need, ruleset: Ruleset, now: datetime) -> bool:
    """Whether people should look at it already, whatever the waves still bring."""
    return need.needed_by - timedelta(hours=ruleset.broker_hours_before) <= now


def is_with_people(need: Need) -> bool:
    """Whether the house has handed it to people: the custodians look for somebody, and the ward's
    councillors read that one more waits."""
    return need.state is NeedState.OPEN and need.next_step in (NextStep.BROKER, NextStep.CHASE)


def wave_size(ruleset: Ruleset, wave: int, free_slots: int) -> int:
    """How many helpers the wave (from 0) asks for the slots that are free.

    After the last wave it is the last wave's size: for helpers who turn up later.
    """
    if not ruleset.waves:
        return free_slots
    return ruleset.waves[min(wave, len(ruleset.waves) - 1)] * free_slots


def is_short(need: Need, ruleset: Ruleset, *, out: int, now: datetime) -> bool:
    """Whether those whose answers are awaited (``out``) are too few, now that somebody said no or
    did not answer: fewer than the free slots; or, where it is urgent, than the wave asks."""
    free = need.slots - need.slots_filled
    if out < free:
        return True
    urgent = is_urgent(need, ruleset, now)
    return urgent and out < wave_size(ruleset, max(0, need.wave - 1), free)


def ask_at(need: Need, ruleset: Ruleset, *, due_at: datetime, now: datetime) -> Asked | None:
    """The ask whose text may go at ``due_at``; None when an answer would come too late."""
    if is_over(need, due_at):
        return None
    urgent = is_urgent(need, ruleset, now)
    minutes = ruleset.urgent_wave_minutes if urgent else ruleset.wave_minutes
    return Asked(due_at, min(due_at + timedelta(minutes=minutes), need.needed_by))


def after_asks(asks: Sequence[Asked], *, wave: int, ruleset: Ruleset, now: datetime) -> Plan:
    """What follows a wave (the one just asked, from 0) of at least one ask.

    When all its texts wait for the end of quiet hours, that end is the next step's time.
    """
    reached = [ask.answer_by for ask in asks if ask.due_at <= now]
    if not reached:
        return Plan(NextStep.AWAIT_ANSWERS, min(ask.due_at for ask in asks))
    return after_wave(max(reached), wave=wave, ruleset=ruleset)


def after_wave(answers_by: datetime, *, wave: int, ruleset: Ruleset) -> Plan:
    """The next wave at the end of this one; behind the last one, a look at what came of it."""
    more = wave + 1 < len(ruleset.waves)
    return Plan(NextStep.ASK_MORE if more else NextStep.AWAIT_ANSWERS, answers_by)


def after_replacing(
    asks: Sequence[Asked], ends: datetime, *, wave: int, ruleset: Ruleset, now: datetime
) -> Plan:
    """What follows when some of a wave (from 0) were replaced: its time runs on, until ``ends``.

    ``asks`` are those that are out, at least one.
    """
    if all(ask.due_at > now for ask in asks):
        return Plan(NextStep.AWAIT_ANSWERS, min(ask.due_at for ask in asks))
    return after_wave(ends, wave=wave, ruleset=ruleset)


def after_hand_over(need: Need, ruleset: Ruleset, now: datetime) -> Plan:
    """People have it now; the house looks again whether somebody new could be asked.

    Urgent needs are looked at again by the time of a wave, others once a day. When the time of
    the help has passed, whoever asked has to say how it ended.
    """
    if is_over(need, now):
        return Plan(NextStep.CHASE, now + timedelta(hours=ruleset.broker_again_hours))
    hours = timedelta(hours=ruleset.broker_again_hours)
    if is_urgent(need, ruleset, now):
        hours = min(hours, timedelta(minutes=ruleset.wave_minutes))
    return Plan(NextStep.BROKER, now + hours)


def when_filled(need: Need, now: datetime) -> Plan:
    """The two sides agree on a time; at the latest by the day the help is wanted."""
    return Plan(NextStep.ARRANGE, max(now, min(need.needed_by, now + timedelta(hours=24))))


def when_arranged(last_visit_end: datetime) -> Plan:
    """The visit happens."""
    return Plan(NextStep.VISIT, last_visit_end)


def when_done(done_at: datetime, ruleset: Ruleset) -> Plan:
    """The other side confirms, or its silence does."""
    return Plan(NextStep.CONFIRM, done_at + timedelta(days=ruleset.confirm_days))
