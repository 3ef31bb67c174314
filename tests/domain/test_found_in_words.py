"""What words seem to hold: found where it is, not seen where it is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enabler.domain.found_in_words import found_in
from enabler.domain.reports import names


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Ring me on 07700 900123.", ("phone",)),
        ("my number is 07700900123", ("phone",)),
        ("+44 7700 900123 or 0117 496 0000", ("phone",)),
        ("write to ann.lee@example.org", ("mail",)),
        ("see https://example.org/x", ("link",)),
        ("look at example.co.uk", ("link",)),
        ("It was £4.50, thank you", ("money",)),
        ("I can give you 20 pounds", ("money",)),
        ("my sort code please", ("money",)),
        ("ann@example.org, 07700 900123, £5", ("mail", "money", "phone")),
        ("Shall we say Tuesday 10 March at 3pm?", ()),
        ("Two pints of milk and 6 eggs, number 12, flat 3.", ()),
        ("I come at 14:30 with the dog", ()),
        ("10/03/2026 suits me", ()),
    ],
)
def test_words_hold(words: str, found: tuple[str, ...]) -> None:
    assert found_in(words) == found


@given(st.text(max_size=300))
def test_any_words_are_read(words: str) -> None:
    assert set(found_in(words)) <= {"link", "mail", "money", "phone"}


@given(before=st.text("abc .,\n", max_size=40), after=st.text("abc .,\n", max_size=40),
       last=st.integers(0, 999))  # fmt: skip
def test_a_mobile_number_is_found_among_words(before: str, after: str, last: int) -> None:
    assert "phone" in found_in(f"{before} 07700 900{last:03d} {after}")


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("It is about Carol Desk.", True),
        ("carol  desk, I think", True),
        ("Mrs Desk shouted at me", True),
        ("Ms. C Desk shouted", True),
        ("Carol shouted at me", False),
        ("He slept under the desk", False),
        ("caroldesk", False),
    ],
)
def test_a_person_is_named_by_the_whole_name_or_title_and_last_name(
    words: str, named: bool
) -> None:
    assert names(words, "Carol Desk") is named


@given(st.text(max_size=80), st.text(max_size=30))
def test_any_name_is_looked_for(words: str, name: str) -> None:
    assert names(words, name) in (True, False)
