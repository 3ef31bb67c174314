"""Money as it is typed: read when it means one thing, asked about otherwise."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enabler.domain.errors import Invalid
from enabler.domain.money import pence_of, pounds_of

MOST = 100_000


@given(st.integers(1, MOST))
def test_what_is_shown_is_read_again(pence: int) -> None:
    shown = pounds_of(pence)
    for typed in (shown, shown[1:], f" {shown} ", f"{pence}p", f"{pence} P"):
        assert pence_of("amount", typed, most=MOST) == pence


@given(st.text(max_size=12))
def test_anything_is_pence_or_asked_about(typed: str) -> None:
    with suppress(Invalid):
        assert 1 <= pence_of("amount", typed, most=MOST) <= MOST


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("3.4", "money_unreadable"), ("3,40", "money_unreadable"), ("-3.40", "money_unreadable"),
        ("", "money_unreadable"), ("three", "money_unreadable"), ("٣", "money_unreadable"),
        ("0", "money_nothing"), ("£0.00", "money_nothing"), ("0p", "money_nothing"),
        ("1000.01", "money_too_much"), ("100001p", "money_too_much"),
    ],
)  # fmt: skip
def test_what_is_refused(typed: str, code: str) -> None:
    with pytest.raises(Invalid) as wrong:
        pence_of("amount", typed, most=MOST)
    assert wrong.value.code == code


def test_how_it_is_shown() -> None:
    assert [pounds_of(pence) for pence in (340, 5, 100_000)] == ["£3.40", "£0.05", "£1000.00"]


@pytest.mark.parametrize("typed", ["0", "£0.00", "0p"])
def test_nothing_is_read_where_nothing_may_be(typed: str) -> None:
    assert pence_of("amount", typed, most=MOST, least=0) == 0
