"""How many yeses come: against every outcome, one by one."""

from itertools import product
from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enabler.matching.lagging import lift, served
from enabler.matching.yeses import still_to_come, yeses

CHANCES = st.lists(st.floats(0, 1), max_size=8)


def outcomes(chances: list[float]) -> list[tuple[int, float]]:
    """Each way in which all answer: how many yeses it has, and how likely it is."""
    return [
        (sum(way), prod(e if yes else 1 - e for e, yes in zip(chances, way, strict=True)))
        for way in product((0, 1), repeat=len(chances))
    ]


@settings(max_examples=100, deadline=None)
@given(CHANCES, st.integers(0, 5))
def test_the_chances_are_those_of_all_outcomes_together(chances: list[float], wanted: int) -> None:
    found = yeses(chances, wanted)
    ways = outcomes(chances)

    assert found.likely == pytest.approx(sum(p for n, p in ways if n >= wanted), abs=1e-12)
    assert found.short == pytest.approx(sum(p for n, p in ways if n < wanted), abs=1e-12)
    assert found.filled == pytest.approx(sum(p * min(n, wanted) for n, p in ways), abs=1e-12)
    assert found.spare == pytest.approx(sum(p * max(n - wanted, 0) for n, p in ways), abs=1e-12)


def test_for_one_slot_it_is_that_not_all_say_no() -> None:
    assert yeses([0.3, 0.5, 0.2], 1).likely == pytest.approx(1 - 0.7 * 0.5 * 0.8)


def test_two_together_need_two_yeses() -> None:
    assert yeses([0.5, 0.5], 2).likely == pytest.approx(0.25)
    assert yeses([0.9], 2).likely == 0


@given(CHANCES, st.integers(1, 4), st.floats(0, 1))
def test_one_more_ask_fills_its_chance_of_a_slot_still_free(
    chances: list[float], wanted: int, one: float
) -> None:
    before = yeses(chances, wanted)
    assert before.and_one(one).filled - before.filled == pytest.approx(
        one * before.short, abs=1e-12
    )


@pytest.mark.parametrize(("chance", "by_now"), [(0.4, 0.0), (0.4, 0.5), (0.9, 0.99), (1.0, 0.3)])
def test_what_is_still_to_come_is_bayes_rule(chance: float, by_now: float) -> None:
    """Of 1,000 asked: those who say yes later, among all who have not answered yet."""
    yes_later, silent = 1000 * chance * (1 - by_now), 1000 * (1 - chance * by_now)
    assert still_to_come(chance, by_now, 1.0) == pytest.approx(yes_later / silent)


def test_what_can_come_only_too_late_does_not_count() -> None:
    assert still_to_come(0.5, 0.0, 0.6) == pytest.approx(0.3)
    assert still_to_come(0.5, 0.6, 0.6) == 0
    assert still_to_come(1.0, 1.0, 1.0) == 0


def test_few_needs_prove_little_and_many_prove_much() -> None:
    assert served(0, 0, 0.8) == pytest.approx(0.8)
    assert served(0, 2, 0.8) == pytest.approx(16 / 22)
    assert served(100, 200, 0.8) == pytest.approx(116 / 220)


def test_where_service_lags_most_is_spent_and_never_less_than_elsewhere() -> None:
    assert lift(0.8, [0.4, 0.7], 2.0) == 2.0
    assert lift(0.8, [0.64, 0.75], 2.0) == 1.25
    assert lift(0.8, [0.9], 2.0) == 1.0
    assert lift(0.8, [], 2.0) == lift(0.0, [0.0], 2.0) == 1.0
    assert lift(0.8, [0.1], 1.0) == 1.0
