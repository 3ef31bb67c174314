"""The best few of many keys, and keys in order."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from enabler.matching.kernels.ordering import keep_best, sort_descending

numbers = st.integers(-(2**62), 2**62)
few_or_many = st.lists(numbers, max_size=8) | st.lists(numbers, min_size=30, max_size=150)


@given(few_or_many, st.integers(0, 40), st.integers(0, 3))
def test_of_all_keys_the_best_are_kept_and_nothing_else_is_touched(keys, limit, low):
    room = np.full(low + limit + 2, 7, dtype=np.int64)
    for held, key in enumerate(keys):
        keep_best(room, low, limit, held, key)
    kept = min(limit, len(keys))

    assert sorted(room[low : low + kept].tolist()) == sorted(keys, reverse=True)[:kept][::-1]
    assert (room[:low] == 7).all()
    assert (room[low + kept :] == 7).all()


@given(few_or_many, st.integers(0, 3))
def test_keys_are_sorted_the_greatest_first_in_their_own_places(keys, low):
    room = np.array([9] * low + keys + [9, 9], dtype=np.int64)
    sort_descending(room, low, low + len(keys), np.empty(len(keys), dtype=np.int64))

    assert room.tolist() == [9] * low + sorted(keys, reverse=True) + [9, 9]
