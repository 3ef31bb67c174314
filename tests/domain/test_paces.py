"""How fast a need is worked, and how far it looks ahead."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from enabler.domain.members import CellPoint
from enabler.domain.needs import Need
from enabler.domain.paces import Pace, Speed, looks_until, pace_of
from enabler.domain.vocabulary import NeedState

NOW = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@dataclass(frozen=True)
class Rules:
    """What of a ruleset makes paces."""

    urgent_hours: int = 24
    categories_urgent: tuple[str, ...] = ("emergency",)
    ask_targets: tuple[int, ...] = (95, 80, 50)
    ask_minutes: tuple[int, ...] = (30, 120, 480)
    ask_flight: tuple[int, ...] = (7, 3, 1)
    ask_soon_hours: int = 48


def a_need(hours: float, category: str = "shopping") -> Need:
    return Need(
        id=1, place_id=1, ref="7K4P", asker_id=1, category=category, words="Milk",
        cell=CellPoint(1, 1, 0, 0, 1000), duration_minutes=30, slots=1, slots_filled=0,
        priority=100, circumstance=0, requires=(), languages_required=(), preferences=(),
        reach_metres=None, windows=(), state=NeedState.OPEN, held_because=None, ruleset_id=1,
        wave=0, next_step=None, next_step_at=None, repeats_id=None, outcome=None, posted_at=NOW,
        needed_by=NOW + hours * HOUR,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("hours", "category", "pace"),
    [
        (24, "shopping", Pace(Speed.PRESSING, 0.95, 30, 7)),
        (200, "emergency", Pace(Speed.PRESSING, 0.95, 30, 7)),
        (24.1, "shopping", Pace(Speed.SOON, 0.8, 120, 3)),
        (48, "shopping", Pace(Speed.SOON, 0.8, 120, 3)),
        (48.1, "shopping", Pace(Speed.LATER, 0.5, 480, 1)),
    ],
)
def test_it_quickens_as_its_time_comes_nearer(hours: float, category: str, pace: Pace) -> None:
    assert pace_of(a_need(hours, category), Rules(), NOW) == pace
    assert pace.is_pressing == (pace.speed is Speed.PRESSING)


def test_it_looks_ahead_from_when_the_ask_may_go() -> None:
    need, pace = a_need(72), pace_of(a_need(72), Rules(), NOW)

    assert looks_until(pace, need, NOW + 9 * HOUR) == NOW + 17 * HOUR


def test_it_never_looks_beyond_the_last_moment_of_use() -> None:
    """Half an hour of help, wanted within an hour, has to begin within half an hour."""
    need, pace = a_need(1), Pace(Speed.PRESSING, 0.95, 45, 7)

    assert looks_until(pace, need, NOW) == NOW + 30 * MINUTE
    assert looks_until(pace, need, NOW + 50 * MINUTE) == NOW + 50 * MINUTE


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"target": 1.0}, "target"), ({"target": 0.0}, "target"), ({"minutes": 0}, "minutes"),
     ({"flight": 0}, "flight")],
)  # fmt: skip
def test_a_pace_that_cannot_be_is_refused(wrong: dict[str, float], field: str) -> None:
    with pytest.raises(ValueError, match=field):
        replace(Pace(Speed.SOON, 0.8, 120, 3), **wrong)
