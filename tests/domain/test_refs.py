"""Refs: short, unique, read as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enabler.domain.errors import Invalid
from enabler.domain.refs import ALPHABET, canonical, number_of, ref_of

LAST = (1 << 20) + (1 << 25) + (1 << 30) - 1
NUMBERS = st.integers(min_value=1, max_value=LAST)


class TestARef:
    @given(NUMBERS)
    def test_comes_back_as_its_number(self, number: int) -> None:
        assert number_of(ref_of(number)) == number

    @given(NUMBERS)
    def test_is_four_to_six_letters_of_the_alphabet(self, number: int) -> None:
        ref = ref_of(number)
        assert 4 <= len(ref) <= 6
        assert set(ref) <= set(ALPHABET)

    def test_is_given_once_only(self) -> None:
        refs = {ref_of(number) for number in range(1, 50_000)}
        assert len(refs) == 49_999

    @given(NUMBERS)
    def test_is_read_as_people_type_it(self, number: int) -> None:
        ref = ref_of(number)
        typed = f" {ref[:2].lower()}-{ref[2:]} ".replace("0", "o").replace("1", "l")
        assert canonical(typed) == ref

    @pytest.mark.parametrize("edge", [1, (1 << 20) - 1, 1 << 20, (1 << 20) + (1 << 25), LAST])
    def test_grows_at_the_edges_of_its_widths(self, edge: int) -> None:
        assert number_of(ref_of(edge)) == edge

    @pytest.mark.parametrize("number", [0, -1, LAST + 1])
    def test_is_refused_beyond_its_numbers(self, number: int) -> None:
        with pytest.raises(Invalid):
            ref_of(number)

    @pytest.mark.parametrize("text", ["", "7K4", "7K4PAAAA", "UUUU", "7K4!", "ÄÖÜX", "\x007K4"])
    def test_is_not_read_from_what_cannot_be_one(self, text: str) -> None:
        assert number_of(text) is None
        assert canonical(text) is None
