"""How many seconds two have in common: against a clock on the wall that is read every quarter."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enabler.matching import Policy
from enabler.matching.kernels.stretches import NEVER
from enabler.matching.stretches import MINUTE
from enabler.matching.timetable import Timetable
from tests.matching.builders import a_need, an_offer
from tests.matching.worlds import mostly

QUARTER = 15 * MINUTE
ZONES = ["Europe/London", "Australia/Lord_Howe", "America/Santiago", "Asia/Kathmandu", "UTC"]
CHANGES = [
    datetime(2026, 3, 29, tzinfo=UTC),
    datetime(2026, 10, 25, tzinfo=UTC),
    datetime(2026, 4, 5, tzinfo=UTC),
    datetime(2026, 9, 6, tzinfo=UTC),
]
blocks = (
    st.tuples(st.integers(0, 6), st.integers(0, 96), st.integers(0, 96))
    .filter(lambda block: block[1] < block[2])
    .map(lambda block: (block[0], block[1] * 15, block[2] * 15))
)


@st.composite
def spans(draw, most):
    some = st.tuples(st.integers(-300, 500), st.integers(1, most))
    return [(first, first + length) for first, length in draw(st.lists(some, max_size=3))]


def moment(day, quarter):
    return day + timedelta(seconds=QUARTER * quarter)


def read_off(zone, day, now, windows, minutes, weekly, away):
    """Seconds in rows of fine quarters that are long enough, and the same as if never away."""
    until = 4 * 24 * 7 if windows is None else 900
    found = []
    for gaps in (away, []):
        total, row = 0, 0
        for quarter in range(-400, 901):
            fine = now <= quarter < now + until and quarter < 900
            fine = fine and (windows is None or any(a <= quarter < b for a, b in windows))
            fine = fine and not any(a <= quarter < b for a, b in gaps)
            fine = fine and on_duty(weekly, moment(day, quarter).astimezone(zone))
            if fine:
                row += QUARTER
            else:
                total, row = total + (row if row >= minutes * MINUTE else 0), 0
        found.append(total)
    return found[0] if found[1] else NEVER


def on_duty(weekly, clock):
    minute = clock.hour * 60 + clock.minute
    return weekly is None or any(
        weekday == clock.weekday() and opens <= minute < closes for weekday, opens, closes in weekly
    )


@given(
    st.sampled_from(ZONES), st.sampled_from(CHANGES), st.integers(-200, 100),
    st.none() | spans(most=200), st.sampled_from([15, 60, 240, 1440]),
    mostly([(0, 0, 1440), (6, 0, 1440)], st.none()) | st.lists(blocks, max_size=6),
    mostly([], spans(most=60)),
)  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_is_what_the_clock_on_the_wall_shows(name, day, now, windows, minutes, weekly, away):
    need = a_need(
        windows=windows and tuple((moment(day, a), moment(day, b)) for a, b in windows),
        duration_minutes=minutes,
    )
    offer = an_offer(
        weekly=weekly and tuple(weekly),
        away=tuple((moment(day, a), moment(day, b)) for a, b in away),
    )
    policy = Policy(timezone=name, any_time_days=7)
    expected = read_off(ZoneInfo(name), day, now, windows, minutes, weekly, away)
    nought = np.zeros(1, dtype=np.int64)
    for many in (False, True):
        times = Timetable([need], [offer], policy, moment(day, now), many=many)

        assert times.usable(nought, nought).tolist() == [expected]


def test_many_pairs_at_once_are_each_what_they_are_alone():
    lots = np.random.default_rng(5)
    day = CHANGES[1]
    needs = [
        a_need(
            id=k, duration_minutes=int(lots.choice([30, 120])),
            windows=tuple((moment(day, a), moment(day, a + 80))
                          for a in lots.integers(-300, 300, k % 3).tolist()) or None,
        ) for k in range(20)
    ]  # fmt: skip
    offers = [
        an_offer(
            id=k, away=((moment(day, k), moment(day, 9 * k)),) if k % 4 == 1 else (),
            weekly=tuple((int(d), 60 * int(h), 60 * int(h) + 90)
                         for d, h in lots.integers((0, 8), (7, 16), (k % 6, 2)).tolist())
            or None,
        ) for k in range(30)
    ]  # fmt: skip
    need, offer = np.divmod(np.arange(600), 30)
    found = Timetable(needs, offers, Policy(), day, many=True).usable(need, offer)
    alone = [
        Timetable([needs[i]], [offers[j]], Policy(), day, many=False).usable(
            np.zeros(1, np.int64), np.zeros(1, np.int64)
        )[0]
        for i, j in zip(need, offer, strict=True)
    ]

    assert found.tolist() == alone
    assert len(np.unique(found)) > 20
    assert {NEVER, 0} < set(found.tolist())


@pytest.mark.parametrize("name", ["Asia/Kathmandu", "Pacific/Honolulu"])
def test_a_quarter_of_an_hour_is_found_far_from_greenwich(name):
    noon = datetime(2026, 6, 1, 12, tzinfo=ZoneInfo(name))
    need = a_need(windows=((noon, noon + timedelta(minutes=15)),), duration_minutes=15)
    offer = an_offer(weekly=((0, 12 * 60, 12 * 60 + 15),))
    times = Timetable([need], [offer], Policy(timezone=name), noon, many=False)

    assert times.usable(np.zeros(1, np.int64), np.zeros(1, np.int64)).tolist() == [15 * MINUTE]


def test_windows_may_reach_to_the_end_of_the_calendar():
    end = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
    need = a_need(windows=((end - timedelta(hours=2), end),))
    times = Timetable([need], [an_offer()], Policy(), CHANGES[0], many=False)

    assert times.usable(np.zeros(1, np.int64), np.zeros(1, np.int64)).tolist() == [7200]
