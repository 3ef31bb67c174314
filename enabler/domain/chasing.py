"""When people are asked about help that stands still, and when others hear of it (pure).

Help that was agreed is done only when somebody says so: nothing here ever ends a need. Where the
two sides have agreed no time, or say nothing after the visit, both are asked; then the desk has it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from enabler.domain.needs import Need
from enabler.domain.next_steps import Plan
from enabler.domain.vocabulary import NeedState, NextStep

AFTER_THE_VISIT = timedelta(hours=2)
MORNING = time(10)
"""By the place's clocks."""
TO_ANSWER = timedelta(hours=12)
"""So long before it is asked again, or given to the desk: a letter may wait for the morning."""
_MOST_AFTER_THE_VISIT = 2
_STALE_GAPS = (timedelta(days=1), timedelta(days=2), timedelta(days=4))
"""Between the first question whether it is still needed and the others: they come after 1, 3 and 7
days."""
STALE = len(_STALE_GAPS)
"""So often it was asked, beside the first time: then nobody is asked any more, and people ring."""
AGREED = (NeedState.FILLED, NeedState.ARRANGED)


class Chase(StrEnum):
    """What is due for agreed help: nothing yet, to ask both sides, to give it to the desk; or the
    desk has it already."""

    WAIT = "wait"
    ASK = "ask"
    HAND_OVER = "hand-over"
    LOOK = "look"


@dataclass(frozen=True, slots=True)
class Chased:
    """What is done now, what comes after it, and how often they have been asked then."""

    what: Chase
    plan: Plan
    times: int


def next_chase(need: Need, now: datetime, timezone: str, again: timedelta) -> Chased:
    """What is due for a need that is filled or arranged and whose step's time has come.

    ``again``: after so long the desk's are looked at once more. A clock that stood still asks all
    the same, one question after the other.
    """
    if need.next_step is NextStep.BROKER:
        return Chased(Chase.LOOK, Plan(NextStep.BROKER, now + again), need.chased)
    arranged = need.state is NeedState.ARRANGED
    if need.next_step is not NextStep.CHASE:
        over = need.next_step_at or now
        if arranged and now < over + AFTER_THE_VISIT:
            return Chased(Chase.WAIT, Plan(NextStep.CHASE, over + AFTER_THE_VISIT), 0)
        return _asked(1, now, timezone)
    if need.chased < (_MOST_AFTER_THE_VISIT if arranged else 1):
        return _asked(need.chased + 1, now, timezone)
    return Chased(Chase.HAND_OVER, Plan(NextStep.BROKER, now + again), need.chased)


def _asked(times: int, now: datetime, timezone: str) -> Chased:
    return Chased(Chase.ASK, Plan(NextStep.CHASE, morning_after(now, timezone)), times)


def morning_after(moment: datetime, timezone: str) -> datetime:
    """The first 10 o'clock that is at least ``TO_ANSWER`` away, in UTC."""
    zone = ZoneInfo(timezone)
    earliest = moment + TO_ANSWER
    day = earliest.astimezone(zone).date()
    mornings = (
        datetime.combine(day + timedelta(days=more), MORNING, zone).astimezone(UTC)
        for more in (0, 1)
    )
    return next(at for at in mornings if at >= earliest)


def when_stale(times: int, now: datetime, again: timedelta) -> Plan:
    """When an open need whose time is over is looked at next, if its asker was asked so many
    ``times`` beside the first: to be asked once more, or (after ``again``) by the desk alone."""
    gap = _STALE_GAPS[times] if times < STALE else again
    return Plan(NextStep.CHASE, now + gap)
