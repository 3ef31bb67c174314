"""What people write: kept as it was meant, or refused with a code."""

import pytest

from enabler.domain.errors import Invalid
from enabler.domain.words import checked_words, optional_words


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Milk, please.\n", "Milk, please."),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("a\tb", "a\tb"),
        ("\u0065\u0301t\u00e9", "\u00e9t\u00e9"),
        ("\u05e9\u05dc\u05d5\u05dd", "\u05e9\u05dc\u05d5\u05dd"),
        ("a\u202eb\u2066c\u2069", "abc"),
        ("\U0001f9d1\u200d\U0001f9bd", "\U0001f9d1\u200d\U0001f9bd"),
        ("x" * 2000, "x" * 2000),
        ("' OR 1=1; <script>", "' OR 1=1; <script>"),
    ],
)
def test_words_are_kept_as_they_were_meant(typed: str, kept: str) -> None:
    assert checked_words("words", typed) == kept


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (None, "words_empty"),
        ("", "words_empty"),
        (" \n\t\u00a0\u3000", "words_empty"),
        ("\u200b\u2060\ufeff", "words_empty"),
        ("x" * 2001, "words_too_long"),
        ("\x00", "words_control_characters"),
        ("a\x00b", "words_control_characters"),
        ("a\x08b", "words_control_characters"),
        ("a\x9bb", "words_control_characters"),
        ("a\ud800b", "words_control_characters"),
    ],
)
def test_words_that_say_nothing_or_break_things_are_refused(typed: str | None, code: str) -> None:
    with pytest.raises(Invalid) as wrong:
        checked_words("note", typed)
    assert (wrong.value.field, wrong.value.code) == ("note", code)


def test_saying_nothing_may_be_an_answer() -> None:
    assert optional_words("words", None) is None
    assert optional_words("words", "  ") is None
    with pytest.raises(Invalid):
        optional_words("words", "x" * 301, most=300)
