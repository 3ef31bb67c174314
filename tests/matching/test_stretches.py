"""Stretches of many people as columns, and the hours of the week that they touch."""

from datetime import UTC, datetime, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from enabler.matching.kernels.stretches import lay_without, time_of_use
from enabler.matching.stretches import HOUR, Stretches, blocks_of, spans_of
from tests.matching.moments import joined, moments

WEEK = 168 * HOUR
lengths = st.integers(-1, 8)
small = st.lists(
    st.tuples(st.integers(-9, 20), lengths).map(lambda one: (one[0], sum(one))), max_size=6
)
people = st.lists(small, max_size=4)


def columns_of(stretches):
    rows = [(k, start, end) for k, some in enumerate(stretches) for start, end in some]
    owner, start, end = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    return Stretches.joined(len(stretches), owner, start, end)


def lists_of(columns):
    rows = list(zip(columns.start.tolist(), columns.end.tolist(), strict=True))
    return [rows[a:b] for a, b in zip(columns.first[:-1], columns.first[1:], strict=True)]


@given(people)
def test_each_persons_stretches_are_joined_where_they_overlap_or_touch(stretches):
    found = columns_of(stretches)

    assert lists_of(found) == [joined(some) for some in stretches]
    assert found.owner().tolist() == [k for k, some in enumerate(stretches) for _ in joined(some)]
    assert found.total().tolist() == [len(moments(some)) for some in stretches]


@given(people, st.integers(-9, 30))
def test_what_is_over_is_cut_off(stretches, low):
    found = columns_of(stretches).since(low)

    assert lists_of(found) == [
        joined((max(start, low), end) for start, end in some) for some in stretches
    ]


@given(small, small)
def test_absences_are_cut_out(stretches, absences):
    union, gaps = joined(stretches), joined(absences)
    start, end = ([one[side] for one in union] for side in (0, 1))
    leaves, returns = ([one[side] for one in gaps] for side in (0, 1))
    left_start, left_end = [0] * 20, [0] * 20
    left = lay_without(start, end, len(union), leaves, returns, 0, len(gaps), left_start, left_end)
    found = list(zip(left_start[:left], left_end[:left], strict=True))

    assert moments(found) == moments(union) - moments(gaps)
    assert found == joined(found)


@given(small, st.integers(1, 6))
def test_only_stretches_that_are_long_enough_are_of_use(stretches, duration):
    union = joined(stretches)
    start, end = ([one[side] for one in union] for side in (0, 1))
    long = [(a, b) for a, b in union if b - a >= duration]

    assert time_of_use(start, end, len(union), duration) == len(moments(long))


anywhere_in_weeks = st.lists(
    st.tuples(
        st.integers(-2 * WEEK, 2 * WEEK), st.integers(0, 9 * HOUR) | st.integers(0, 2 * WEEK)
    ),
    max_size=4,
)


@given(st.lists(anywhere_in_weeks, min_size=1, max_size=3))
def test_the_hours_of_the_week_are_those_that_are_touched(stretches):
    stretches = [[(start, start + length) for start, length in some] for some in stretches]
    words = columns_of(stretches).hours()
    for k, some in enumerate(stretches):
        touched = {
            hour % 168
            for start, end in some
            if start < end
            for hour in range(start // HOUR, (end - 1) // HOUR + 1)
        }
        bits = {56 * w + bit for w in range(3) for bit in range(56) if int(words[w][k]) >> bit & 1}

        assert bits == touched
        assert all(int(word[k]) < 2**56 for word in words)


def test_blocks_are_seconds_of_the_week_and_none_at_all_is_always():
    found = blocks_of([((6, 60, 90), (0, 0, 1440), (1, 0, 30)), None, ()])

    assert lists_of(found) == [
        [(0, 88_200), (6 * 86_400 + 3600, 6 * 86_400 + 5400)],
        [(0, WEEK)],
        [],
    ]


def test_spans_are_seconds_of_utc_without_fractions():
    second = timedelta(seconds=1)
    start = datetime(1969, 12, 31, 23, 59, 59, 500_000, tzinfo=UTC)

    assert lists_of(spans_of([[], [(start, start + 3 * second)]])) == [[], [(-1, 2)]]
