"""The local days that stretches of time touch."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from enabler.domain.weeks import MOST_DAYS, day_of, days_in, whole_days
from enabler.domain.windows import Window

LONDON = "Europe/London"
MINUTES = st.integers(0, 2 * 365 * 24 * 60)
MOMENTS = MINUTES.map(lambda past: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=past))
LENGTHS = st.timedeltas(timedelta(minutes=1), timedelta(days=20))


def test_midnight_begins_a_day_that_the_stretch_before_does_not_touch() -> None:
    evening = Window(datetime(2026, 6, 9, 20, tzinfo=UTC), datetime(2026, 6, 9, 23, tzinfo=UTC))
    assert days_in([evening], LONDON, since=evening.start) == (date(2026, 6, 9),)


@given(MOMENTS, LENGTHS)
def test_every_moment_of_a_stretch_is_on_one_of_its_days(start: datetime, long: timedelta) -> None:
    window = Window(start, start + long)
    days = days_in([window], LONDON, since=start)
    assert list(days) == sorted(set(days))
    for part in range(11):
        moment = start + long * part / 11
        assert day_of(moment, LONDON) in days
    whole = whole_days(days[0], days[-1], LONDON)
    assert whole.start <= start < window.end <= whole.end


@given(MOMENTS, LENGTHS, st.sets(st.integers(0, 6)))
def test_days_are_not_over_and_of_the_weekdays_asked_for(
    now: datetime, ago: timedelta, weekdays: set[int]
) -> None:
    window = Window(now - ago, now + ago * 30)
    days = days_in([window], LONDON, since=now, weekdays=weekdays)
    assert all(day >= day_of(now, LONDON) and day.weekday() in weekdays for day in days)
    assert len(days) <= MOST_DAYS


@given(MOMENTS)
def test_a_day_is_the_one_that_clocks_on_the_wall_show(moment: datetime) -> None:
    assert day_of(moment, LONDON) == moment.astimezone(ZoneInfo(LONDON)).date()
