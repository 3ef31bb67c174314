"""The words of a text as the words of danger are compared: closer to how they sound."""

import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass

from sms.reading import Said, phrase_of

_LETTERS = str.maketrans({
    "ß": "ss", "æ": "ae", "œ": "oe", "ə": "e",
    "ي": "ی", "ى": "ی", "ۀ": "ه", "ە": "ه", "ـ": None,  # noqa: RUF001
    "'": None, "?": None, ".": " ", ":": " ", "/": " ",
})  # fmt: skip
"""Letters of one sound in several alphabets, beside those that reading holds for alike. A time of
day is its figures."""
_END = re.compile(r"(?<![.])[.!?;](?=\s|$)|[!?;।؟。！？]")  # noqa: RUF001
_DRAWN_OUT = re.compile(r"([a-z])\1{2,}")


@dataclass(frozen=True, slots=True)
class Words:
    """The ``words`` of a text in order: without apostrophes, a letter that was drawn out
    (*fiiire*) only once; ``sentences``: in which each of them stands, from 0."""

    words: tuple[str, ...]
    sentences: tuple[int, ...]


def words_of(said: Said) -> Words:
    """What a text says, ready to be looked for."""
    ends = [end.start() for end in _END.finditer(said.text)]
    if not ends:
        words = _as_compared(said.words)
        return Words(tuple(words), (0,) * len(words))
    begins = [token.begin for token in said.tokens]
    words, sentences, begin = [], [], 0
    for nth, end in enumerate((*ends, len(said.text))):
        until = bisect(begins, end)
        found = _as_compared(said.words[begin:until])
        words += found
        sentences += [nth] * len(found)
        begin = until
    return Words(tuple(words), tuple(sentences))


def words_listed(phrase: str) -> tuple[str, ...]:
    """The words of a phrase of a list, as those of a text."""
    return tuple(_as_compared(phrase_of(phrase)))


def _as_compared(words: Sequence[str]) -> list[str]:
    return _DRAWN_OUT.sub(r"\1", " ".join(words).translate(_LETTERS)).split()
