"""When somebody is free: weekly availability on a place's clocks, clock changes, absences."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enabler.matching.stretches import MINUTE, seconds_of
from enabler.matching.windows import free_stretches, stretches_of
from tests.matching.moments import joined

LONDON = ZoneInfo("Europe/London")
SUNDAY = 6
SPRING = datetime(2026, 3, 29, tzinfo=UTC)
"""At 01:00 UTC the clocks go from 01:00 to 02:00."""
AUTUMN = datetime(2026, 10, 25, tzinfo=UTC)
"""At 01:00 UTC the clocks go from 02:00 back to 01:00."""


def free(weekly, day, zone=LONDON, away=()):
    """Free time from noon before ``day`` until noon of it, as UTC clock times with lengths."""
    low, high = seconds_of(day - timedelta(hours=12)), seconds_of(day + timedelta(hours=12))
    return [
        (datetime.fromtimestamp(start, UTC).strftime("%H:%M"), (end - start) // MINUTE)
        for start, end in free_stretches(weekly, away, zone, low, high)
    ]


def block(opens, closes, weekday=SUNDAY):
    """A weekly block; 930 is half past nine."""
    return (weekday, *(clock // 100 * 60 + clock % 100 for clock in (opens, closes)))


class TestClocksGoForward:
    def test_a_block_inside_the_skipped_hour_is_nothing(self):
        assert free([block(115, 145)], SPRING) == []

    def test_a_block_over_the_skipped_hour_is_an_hour_shorter_and_unbroken(self):
        assert free([block(30, 330)], SPRING) == [("00:30", 120)]

    def test_a_block_that_begins_in_the_skipped_hour_begins_after_it(self):
        assert free([block(130, 300)], SPRING) == [("01:00", 60)]

    def test_a_block_that_ends_in_the_skipped_hour_ends_before_it(self):
        assert free([block(30, 130)], SPRING) == [("00:30", 30)]

    def test_a_morning_block_is_an_hour_earlier_by_utc_than_the_week_before(self):
        assert free([block(900, 1100)], SPRING) == [("08:00", 120)]
        assert free([block(900, 1100)], SPRING - timedelta(days=7)) == [("09:00", 120)]


class TestClocksGoBack:
    def test_a_block_that_is_the_repeated_hour_is_two_hours_unbroken(self):
        assert free([block(100, 200)], AUTUMN) == [("00:00", 120)]

    def test_a_block_inside_the_repeated_hour_comes_twice(self):
        assert free([block(115, 145)], AUTUMN) == [("00:15", 30), ("01:15", 30)]

    def test_a_block_over_the_repeated_hour_is_an_hour_longer(self):
        assert free([block(30, 330)], AUTUMN) == [("23:30", 240)]

    def test_an_evening_block_is_an_hour_later_by_utc_than_the_day_before(self):
        assert free([block(900, 1100)], AUTUMN) == [("09:00", 120)]
        assert free([block(900, 1100)], AUTUMN - timedelta(days=7)) == [("08:00", 120)]


class TestMidnight:
    def test_blocks_that_touch_at_midnight_are_one_stretch(self):
        weekly = [block(2200, 2400, weekday=5), block(0, 200)]

        assert free(weekly, datetime(2026, 6, 7, tzinfo=UTC)) == [("21:00", 240)]

    def test_so_do_the_end_of_one_week_and_the_start_of_the_next(self):
        weekly = [block(2200, 2400), block(0, 200, weekday=0)]

        assert free(weekly, datetime(2026, 6, 8, tzinfo=UTC)) == [("21:00", 240)]


class TestAbsence:
    def test_is_cut_out(self):
        day = datetime(2026, 6, 7, tzinfo=UTC)
        away = stretches_of([(day + timedelta(hours=8, minutes=30), day + timedelta(hours=9))])

        assert free([block(900, 1100)], day, away=away) == [("08:00", 30), ("09:00", 60)]

    def test_of_somebody_always_free_leaves_both_sides(self):
        assert free_stretches(None, [(20, 30)], LONDON, 0, 100) == [(0, 20), (30, 100)]


ZONES = ["Europe/London", "Australia/Lord_Howe", "America/Santiago", "Asia/Kathmandu", "UTC"]
CHANGES = [
    datetime(2026, 3, 29, tzinfo=UTC),
    datetime(2026, 10, 25, tzinfo=UTC),
    datetime(2026, 4, 5, tzinfo=UTC),
    datetime(2026, 9, 6, tzinfo=UTC),
]
weekly_blocks = (
    st.tuples(st.integers(0, 6), st.integers(0, 95), st.integers(1, 96))
    .filter(lambda b: b[1] < b[2])
    .map(lambda b: (b[0], b[1] * 15, b[2] * 15))
)


@given(
    st.sampled_from(ZONES),
    st.sampled_from(CHANGES),
    st.lists(weekly_blocks, max_size=5),
    st.integers(-40, 40),
    st.integers(1, 60),
)
@settings(max_examples=150, deadline=None)
def test_a_moment_counts_when_the_clock_shows_a_time_inside_a_block(name, day, weekly, start, long):
    """Against a reading of the wall clock every quarter of an hour."""
    zone = ZoneInfo(name)
    low = seconds_of(day + timedelta(hours=start))
    high = low + long * 60 * MINUTE
    quarters = set()
    for at in range(low, high, 15 * MINUTE):
        clock = datetime.fromtimestamp(at, zone)
        minute = clock.hour * 60 + clock.minute
        if any(w == clock.weekday() and a <= minute < b for w, a, b in weekly):
            quarters.add(at)
    found = free_stretches(weekly, (), zone, low, high)

    assert found == joined((at, at + 15 * MINUTE) for at in quarters)


@pytest.mark.parametrize("hours", [0, 5.5, -3])
def test_a_moment_is_the_same_from_every_zone(hours):
    there = timezone(timedelta(hours=hours))

    assert seconds_of(AUTUMN.astimezone(there)) == seconds_of(AUTUMN)
