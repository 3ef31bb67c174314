"""The clock of a worry counts working time alone, on both sides of a clock change."""

from datetime import UTC, date, datetime

import pytest

from enabler.domain.errors import Invalid
from enabler.domain.working_time import OFFICE, WorkingHours, after_working, at_work

LONDON = "Europe/London"
EASTER_MONDAY = date(2026, 4, 6)


def due(start: datetime, minutes: int = 60, hours: WorkingHours = OFFICE) -> datetime:
    return after_working(start, minutes, hours, LONDON, lambda day: day == EASTER_MONDAY)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-03-10T10:00", "2026-03-10T11:00"),  # a Tuesday in winter
        ("2026-03-10T16:30", "2026-03-11T09:30"),  # half an hour is left for tomorrow
        ("2026-03-10T03:00", "2026-03-10T10:00"),  # at night the clock stands still
        ("2026-03-13T16:59", "2026-03-16T09:59"),  # over a weekend
        ("2026-03-27T16:30", "2026-03-30T08:30"),  # on Sunday clocks go forward: 9:30 is 8:30 UTC
        ("2026-10-23T15:30", "2026-10-26T09:30"),  # and back: 16:30 is 15:30 UTC, 9:30 is itself
        ("2026-04-02T15:30", "2026-04-03T08:30"),
        ("2026-04-03T15:30", "2026-04-07T08:30"),  # Easter Monday is closed
    ],
)
def test_an_hour_of_working_time(start: str, end: str) -> None:
    moments = [datetime.fromisoformat(each).replace(tzinfo=UTC) for each in (start, end)]
    assert due(moments[0]) == moments[1]


def test_more_than_a_day_and_a_week_with_one_day() -> None:
    start = datetime(2026, 3, 10, 10, tzinfo=UTC)
    assert due(start, 8 * 60 + 1) == datetime(2026, 3, 11, 10, 1, tzinfo=UTC)
    sundays = WorkingHours({6: (0, 1440)})
    assert due(start, 60, sundays) == datetime(2026, 3, 15, 1, tzinfo=UTC)
    assert after_working(start, 60, OFFICE, LONDON, lambda _day: True) == start.replace(hour=11)


def test_who_is_at_work() -> None:
    for hour, there in ((8, False), (9, True), (16, True), (17, False)):
        moment = datetime(2026, 3, 10, hour, tzinfo=UTC)
        assert at_work(moment, OFFICE, LONDON, lambda _day: False) is there


@pytest.mark.parametrize("days", [{}, {7: (0, 10)}, {0: (600, 600)}, {0: (-1, 10)}])
def test_a_week_that_is_none_is_refused(days: dict[int, tuple[int, int]]) -> None:
    with pytest.raises(Invalid):
        WorkingHours(days)
