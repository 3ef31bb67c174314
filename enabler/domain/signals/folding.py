"""A text as its words are compared: small letters, no accents, no letters in disguise (pure)."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_DISGUISES = str.maketrans(
    "аеорсхуіјѕԁɡһκνοτυ",
    "aeopcxyijsdghkvotu",
)
"""Letters of other alphabets that look like ours."""
_APOSTROPHES = str.maketrans("’‘ʼ`´", "'''''")  # noqa: RUF001
_LEET = str.maketrans("0134578@$", "oieastbas")
_WORD = re.compile(r"[a-z0-9@$']+")
_MIXED = re.compile(r"(?=.*[a-z].*[a-z])(?=.*[0-9@$])[a-z0-9@$]{4,}")
_SINGLE_LETTERS = re.compile(r"(?<![a-z0-9])(?:[a-z][ .*_\-]){3,}[a-z](?![a-z0-9])")
_OUR_SINGLES = frozenset("aio")


@dataclass(frozen=True, slots=True)
class Folded:
    """``plain``: what is compared; ``at``: where each of its characters stands in ``text``, None
    where both are alike; ``tokens``: its words as (word, begin, end) in ``plain``."""

    text: str
    plain: str
    at: Sequence[int] | None
    tokens: tuple[tuple[str, int, int], ...]

    def typed(self, begin: int, end: int) -> str:
        """The same stretch, as it was typed."""
        if self.at is None or begin >= end:
            return self.text[begin:end]
        return self.text[self.at[begin] : self.at[end - 1] + 1]


def folded(text: str) -> Folded:
    """The text, ready to be read for signals."""
    plain, at = fold_in_place(text)
    return Folded(text, plain, at, _tokens(plain))


def fold_in_place(text: str) -> tuple[str, Sequence[int] | None]:
    """The letters as they are compared, and where each of them stands in the text; None where all
    stand where they stood."""
    if text.isascii():
        return text.lower(), None
    letters: list[str] = []
    at: list[int] = []
    for position, letter in enumerate(text):
        for one in fold(letter):
            letters.append(one)
            at.append(position)
    return "".join(letters), at


def fold(text: str) -> str:
    """The same letters, as they are compared. A character may become none, or several."""
    split = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES)).lower()
    kept = (c for c in split if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")
    return "".join(kept).translate(_DISGUISES)


def _tokens(plain: str) -> tuple[tuple[str, int, int], ...]:
    found = [
        (_undisguised(match[0].strip("'")), match.start(), match.end())
        for match in _WORD.finditer(plain)
    ]
    spaced = _spaced_out(plain)
    for _, begin, end in spaced:  # its letters are no words of their own
        found = [one for one in found if not begin <= one[1] < end]
    return tuple(sorted((one for one in (*found, *spaced) if one[0]), key=lambda one: one[1]))


def _undisguised(word: str) -> str:
    """``k1ll`` is *kill*; what has digits for other reasons (``2pm``, ``bs7``) stays."""
    return word.translate(_LEET) if _MIXED.fullmatch(word) else word


def _spaced_out(plain: str) -> list[tuple[str, int, int]]:
    """``k i l l`` is *kill*: runs of four single letters and more are words, too."""
    return [
        (re.sub(r"[^a-z]", "", match[0]), match.start(), match.end())
        for match in _SINGLE_LETTERS.finditer(plain)
    ]
