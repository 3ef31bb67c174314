"""The clock of complaints: days of the calendar, over both changes of the clocks; who reads one."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enabler.domain.complaints import clock_of, readers, tells_next
from enabler.domain.vocabulary import Role

LONDON = "Europe/London"
MOMENTS = st.integers(0, 5 * 366 * 24 * 60).map(
    lambda minutes: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@pytest.mark.parametrize(("made", "answer_by", "due", "alarm"), [
    ("2026-03-10T10:00Z", "2026-04-09", "2026-04-09T23:00Z", "2026-03-30T08:00Z"),
    ("2026-10-10T22:59Z", "2026-11-09", "2026-11-10T00:00Z", "2026-10-30T09:00Z"),
    ("2026-10-10T23:01Z", "2026-11-10", "2026-11-11T00:00Z", "2026-10-31T09:00Z"),
])  # fmt: skip
def test_thirty_days_end_at_midnight_on_the_wall(
    made: str, answer_by: str, due: str, alarm: str
) -> None:
    clock = clock_of(datetime.fromisoformat(made), LONDON)
    assert clock.answer_by == date.fromisoformat(answer_by)
    assert (clock.due_at, clock.alarm_at) == (
        datetime.fromisoformat(due), datetime.fromisoformat(alarm),
    )  # fmt: skip


@pytest.mark.parametrize(("made", "answer_by"), [
    ("2026-01-30T10:00Z", "2026-02-28"), ("2026-02-01T10:00Z", "2026-03-01"),
    ("2026-12-05T10:00Z", "2027-01-04"), ("2028-01-31T10:00Z", "2028-02-29"),
])  # fmt: skip
def test_what_is_to_be_put_right_has_a_month_at_most(made: str, answer_by: str) -> None:
    clock = clock_of(datetime.fromisoformat(made), LONDON, correction=True)
    assert clock.answer_by == date.fromisoformat(answer_by)
    assert clock.alarm_at < clock.due_at


@given(MOMENTS, st.sampled_from([LONDON, "Pacific/Apia", "America/St_Johns"]))
def test_the_alarm_is_always_before_the_end_and_the_next_always_later(
    made: datetime, zone: str
) -> None:
    clock = clock_of(made, zone)
    first = made.astimezone(ZoneInfo(zone)).date()
    assert (clock.answer_by - first).days == 30
    assert made < clock.alarm_at < clock.due_at <= made + timedelta(days=31, hours=1)
    heard = clock.alarm_at
    nexts = []
    for _ in range(4):
        heard = tells_next(clock.due_at, zone, heard)
        nexts.append(heard)
    assert nexts == sorted(set(nexts))
    assert nexts[0] >= clock.due_at
    assert (nexts[0] - clock.due_at) <= timedelta(hours=10)


def test_administrators_keep_them_and_never_whom_they_are_about() -> None:
    hands = [(1, Role.ADMINISTRATOR), (2, Role.SAFEGUARDING_LEAD), (3, Role.CUSTODIAN)]
    assert readers(hands, ()) == {1}
    assert readers(hands, (1,)) == {2}
    assert readers(hands, (1, 2)) == frozenset()
    assert readers([*hands, (4, Role.ADMINISTRATOR)], (1,)) == {4}
