"""Amounts as files and people write them, into whole minutes."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enabler.domain.errors import Invalid
from enabler.timebank.amounts import hours_and_minutes, minutes_of, rounded


@pytest.mark.parametrize(
    ("amount", "minutes"),
    [
        ("321.50", 322), ("114.00", 114), ("1.5", 2), ("2.5", 2), ("0.51", 1), (" 7 ", 7),
        ("+3", 3), (".9", 1), ("5.", 5), ("2147483647.5000000000", None), ("2147483647", 2**31 - 1),
        ("0.5", None), ("0.49", None), ("0", None), ("-0", None),
    ],
)  # fmt: skip
def test_halves_go_to_even_and_nothing_is_refused(amount, minutes):
    if minutes is None:
        with pytest.raises(Invalid):
            minutes_of(amount)
    else:
        assert minutes_of(amount) == minutes


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        ("", "amount_unreadable"), ("1,5", "amount_unreadable"), ("1e3", "amount_unreadable"),
        ("NaN", "amount_unreadable"), ("\u0661", "amount_unreadable"), ("1_0", "amount_unreadable"),
        (".", "amount_unreadable"), ("9" * 16, "amount_unreadable"), ("-1", "minutes_not_positive"),
        ("0.5", "rounded_to_nothing"), ("2147483648", "minutes_too_many"),
    ],
)  # fmt: skip
def test_the_refusal_says_which(amount, code):
    with pytest.raises(Invalid) as error:
        minutes_of(amount)
    assert (error.value.code, error.value.field) == (code, "amount")


@pytest.mark.parametrize(("amount", "minutes"), [("1.5", 90), ("0.25", 15), ("0.008", None)])
def test_hours_are_sixty_minutes_each(amount, minutes):
    if minutes is None:
        with pytest.raises(Invalid):
            minutes_of(amount, minutes_each=60)
    else:
        assert minutes_of(amount, minutes_each=60) == minutes


@given(st.integers(1, 10**9), st.integers(0, 10**6 - 1))
def test_it_rounds_as_exact_numbers_do(whole, millionths):
    exact = whole + Fraction(millionths, 10**6)
    assert minutes_of(f"{whole}.{millionths:06}") == round(exact)


@given(st.integers(0, 1440), st.sampled_from([1, 5, 15, 30, 60]))
def test_help_is_rounded_to_the_nearest_step_and_never_to_nothing(minutes, step):
    answer = rounded(minutes, step)
    assert answer % step == 0
    assert (answer == 0) == (minutes == 0)
    assert abs(answer - minutes) * 2 <= step or (answer == step and minutes < step)


@pytest.mark.parametrize(
    ("minutes", "parts"), [(90, (1, 1, 30)), (-90, (-1, 1, 30)), (0, (0, 0, 0)), (-59, (-1, 0, 59))]
)
def test_a_balance_is_told_in_hours_and_minutes(minutes, parts):
    assert hours_and_minutes(minutes) == parts
