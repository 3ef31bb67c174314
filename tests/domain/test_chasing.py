"""When agreed help that stands still is asked about: by the clock, also where clocks change."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from enabler.domain.chasing import (
    AFTER_THE_VISIT,
    STALE,
    TO_ANSWER,
    Chase,
    morning_after,
    next_chase,
    when_stale,
)
from enabler.domain.vocabulary import NeedState, NextStep
from tests.domain.test_next_steps import NEED

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LONDON = "Europe/London"
MONDAY = datetime(2026, 3, 9, 14, 0, tzinfo=UTC)
SPRING = datetime(2026, 3, 28, 20, 0, tzinfo=UTC)  # London's clocks go forward in this night
AUTUMN = datetime(2026, 10, 24, 20, 0, tzinfo=UTC)  # and back in this one


@pytest.mark.parametrize(
    ("moment", "morning"),
    [
        (MONDAY, datetime(2026, 3, 10, 10, tzinfo=UTC)),
        (datetime(2026, 3, 9, 22, tzinfo=UTC), datetime(2026, 3, 10, 10, tzinfo=UTC)),
        (datetime(2026, 3, 9, 22, 1, tzinfo=UTC), datetime(2026, 3, 11, 10, tzinfo=UTC)),
        (SPRING, datetime(2026, 3, 29, 9, tzinfo=UTC)),  # 10am of summer
        (datetime(2026, 3, 28, 21, 30, tzinfo=UTC), datetime(2026, 3, 30, 9, tzinfo=UTC)),
        (AUTUMN, datetime(2026, 10, 25, 10, tzinfo=UTC)),  # 10am of winter
        (datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 10, 25, 10, tzinfo=UTC)),
    ],
)
def test_the_next_morning_leaves_time_to_answer(moment: datetime, morning: datetime) -> None:
    assert morning_after(moment, LONDON) == morning
    assert morning - moment >= TO_ANSWER


@pytest.mark.parametrize("end", [MONDAY, SPRING, AUTUMN], ids=["march", "spring", "autumn"])
def test_after_a_visit_both_are_asked_twice_then_the_desk_has_it(end: datetime) -> None:
    need = replace(
        NEED, state=NeedState.ARRANGED, next_step=NextStep.VISIT, next_step_at=end
    )  # fmt: skip
    told = []
    for _ in range(6):
        now = need.next_step_at or end
        due = next_chase(need, now, LONDON, DAY)
        told.append((due.what, now))
        need = replace(
            need, next_step=due.plan.step, next_step_at=due.plan.at, chased=due.times
        )  # fmt: skip
    assert [what for what, _ in told] == [
        Chase.WAIT, Chase.ASK, Chase.ASK, Chase.HAND_OVER, Chase.LOOK, Chase.LOOK,
    ]  # fmt: skip
    assert told[1][1] == end + AFTER_THE_VISIT
    assert told[2][1] == morning_after(end + AFTER_THE_VISIT, LONDON)
    assert told[4][1] == told[3][1] + DAY


def test_without_a_time_both_are_asked_once_then_the_desk_has_it() -> None:
    need = replace(
        NEED, state=NeedState.FILLED, next_step=NextStep.ARRANGE, next_step_at=MONDAY
    )  # fmt: skip
    first = next_chase(need, MONDAY, LONDON, DAY)
    assert (first.what, first.times) == (Chase.ASK, 1)
    asked = replace(need, next_step=NextStep.CHASE, next_step_at=first.plan.at, chased=1)
    then = next_chase(asked, first.plan.at, LONDON, DAY)
    assert (then.what, then.plan.step) == (Chase.HAND_OVER, NextStep.BROKER)


def test_a_clock_that_stood_still_asks_before_it_gives_it_away() -> None:
    need = replace(
        NEED, state=NeedState.ARRANGED, next_step=NextStep.VISIT, next_step_at=MONDAY
    )  # fmt: skip
    due = next_chase(need, MONDAY + 3 * DAY, LONDON, DAY)
    assert (due.what, due.times) == (Chase.ASK, 1)
    assert due.plan.at == morning_after(MONDAY + 3 * DAY, LONDON)


def test_a_stale_need_is_asked_about_after_one_three_and_seven_days() -> None:
    moments, now = [], MONDAY
    for times in range(STALE):
        now = when_stale(times, now, DAY).at
        moments.append(now - MONDAY)
    assert moments == [DAY, 3 * DAY, 7 * DAY]
    assert when_stale(STALE, now, HOUR).at == now + HOUR
