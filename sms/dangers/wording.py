"""The words of a text in any script, as the words of danger are compared."""

import re
import unicodedata
from dataclasses import dataclass

from enabler.domain.signals.folding import fold

_LETTERS = str.maketrans({
    "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ħ": "h", "ə": "e",  # noqa: RUF001
    "ي": "ی", "ى": "ی", "ك": "ک", "ہ": "ه", "ھ": "ه", "ۀ": "ه", "ە": "ه", "ـ": None, "'": None,  # noqa: RUF001
})  # fmt: skip
"""What has no accent to be taken off, and letters of one sound in several alphabets."""
_PLAIN = re.compile(r"[a-z0-9]+")
_END = re.compile(r"(?<![.])[.!?;](?=\s|$)|[!?;।؟。！？\n]")  # noqa: RUF001
_DRAWN_OUT = re.compile(r"([a-z])\1{2,}")
_ALONE = re.compile("([\u3400-\u9fff])")
"""Signs of scripts that put no space between words: each is a word."""


@dataclass(frozen=True, slots=True)
class Words:
    """The ``words`` of a text in order: small, without accents and apostrophes, a letter that was
    drawn out (*fiiire*) only once; ``sentences``: in which each of them stands, from 0."""

    words: tuple[str, ...]
    sentences: tuple[int, ...]


def words_of(text: str) -> Words:
    """What a text says, ready to be looked for."""
    words: list[str] = []
    sentences: list[int] = []
    plain = text.lower() if text.isascii() else fold(text)
    for nth, sentence in enumerate(_END.split(plain.translate(_LETTERS))):
        said = _split(sentence)
        words += said
        sentences += [nth] * len(said)
    return Words(tuple(words), tuple(sentences))


def _split(sentence: str) -> list[str]:
    short = _DRAWN_OUT.sub(r"\1", sentence)
    if short.isascii():
        return _PLAIN.findall(short)
    kept = (letter if unicodedata.category(letter)[0] in "LMN" else " " for letter in short)
    return _ALONE.sub(r" \1 ", "".join(kept)).split()
