"""What people write, checked: not empty, not endless, no characters that break a page or a text."""

import unicodedata

from enabler.domain.errors import Invalid

LONGEST_WORDS = 2_000
LONGEST_ADDRESS = 300
LONGEST_LINE = 200
_KEPT = frozenset("\n\t")
_DIRECTIONS = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
"""Marks that embed or override the direction of writing: one that is left open turns the words
after it round. They come along with a copy and nobody sees them, so they are dropped; right-to-left
writing itself needs none of them."""


def checked_words(field: str, text: str | None, *, most: int = LONGEST_WORDS) -> str:
    """The text as it is kept: trimmed, line ends as \\n, composed (NFC).

    Raises Invalid(field, code): ``words_empty``, ``words_too_long`` (fact ``most``: characters),
    ``words_control_characters`` (NUL and other characters that nobody can see or type).
    """
    words = unicodedata.normalize("NFC", _plain(text or "")).strip()
    if not any(_is_seen(letter) for letter in words):
        raise Invalid(field, "words_control_characters" if "\0" in words else "words_empty")
    if len(words) > most:
        raise Invalid(field, "words_too_long", most=most)
    if any(_is_control(letter) for letter in words):
        raise Invalid(field, "words_control_characters")
    return words


def optional_words(field: str, text: str | None, *, most: int = LONGEST_WORDS) -> str | None:
    """The same, where saying nothing is an answer too."""
    return checked_words(field, text, most=most) if text and text.strip() else None


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_DIRECTIONS)


def _is_seen(letter: str) -> bool:
    return unicodedata.category(letter)[0] not in "CZ"


def _is_control(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cc", "Cs") and letter not in _KEPT
