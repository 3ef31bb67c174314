"""A place's hours in figures."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enabler.timebank.circulation import Helped, Share, circulation, gini, sums_of

ROWS = (
    Helped(60, 1, 2, "shopping", "N", "S"),
    Helped(30, 1, 3, "gardening", "N", "S"),
    Helped(90, 2, 1, "shopping", "S", "N"),
    Helped(20, 4, 3, None, None, "S"),
    Helped(-20, 4, 3, None, None, "S"),
)


def test_given_and_received_by_category_and_ward():
    told = circulation(sums_of(ROWS), outstanding=100, members=4)
    assert (told.minutes, told.helpers, told.sums.askers, told.sums.both) == (180, 2, 3, 2)
    assert told.sums.by_category == {
        "gardening": Share(30, 1), "shopping": Share(150, 2), None: Share(0, 0),
    }  # fmt: skip
    assert told.sums.given_by_ward == {"N": Share(90, 1), "S": Share(90, 1), None: Share(0, 0)}
    assert told.sums.received_by_ward == {"N": Share(90, 1), "S": Share(90, 2)}
    assert (told.outstanding, told.turnover, told.gini) == (100, 1800, 500)


def test_the_order_of_rows_changes_nothing():
    assert sums_of(reversed(ROWS)) == sums_of(ROWS)
    assert list(sums_of(reversed(ROWS)).by_category) == list(sums_of(ROWS).by_category)


def test_a_quiet_place_has_figures_too():
    told = circulation(sums_of(()), members=10)
    assert (told.minutes, told.gini, told.turnover, told.sums.by_category) == (0, 0, None, {})


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [([], 0), ([5], 0), ([7, 7, 7], 0), ([0, 1], 500), ([0] * 9 + [3], 900), ([1, 2, 3], 222)],
)
def test_gini_of_known_amounts(amounts, expected):
    assert gini(amounts) == expected


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=12))
def test_gini_is_half_the_mean_difference_over_the_mean(amounts):
    if any(amounts):
        differences = sum(abs(a - b) for a in amounts for b in amounts)
        exact = Fraction(differences, 2 * len(amounts) * sum(amounts))
        assert abs(Fraction(gini(amounts), 1000) - exact) <= Fraction(1, 2000)


@given(st.permutations([0, 5, 9, 30]), st.integers(1, 50))
def test_gini_minds_neither_order_nor_unit(amounts, unit):
    assert gini([amount * unit for amount in amounts]) == gini([0, 5, 9, 30])
