"""A text as it was typed, and its words as they are compared."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from enabler.domain.signals.folding import fold, fold_in_place

LONGEST = 1600
"""Characters of a text that are read: what the longest of ten parts has."""
_WORD = re.compile(r"\d+(?:[.:/]\d+)+[a-z]*|[a-z0-9]+(?:'[a-z0-9]+)*|\?+")
_SIGNS = "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]"
_LETTER = rf"(?:(?!{_SIGNS})[^\W_]|[\u0900-\u0963\u0966-\u0dff])"
_ANY_WORD = re.compile(
    rf"\d+(?:[.:/]\d+)+[a-z]*|\d+(?=[^\x00-\x7f])|{_SIGNS}|{_LETTER}+(?:'{_LETTER}+)*|\?+"
)  # fmt: skip
"""Words of any letters, the vowel signs of Indian scripts among them. Chinese and Japanese put no
spaces between words: there each sign is one."""
_ALIKE = str.maketrans("łđøıħŧςٱکیىھہة؟", "ldoihtσاكييههه?")  # noqa: RUF001
"""Letters that are typed one for the other and do not fall apart into a letter and its accent."""
_CONTROLS = dict.fromkeys((*range(32), 127), " ")
_EDGES = " \t\n.,;:!-–—/"  # noqa: RUF001


@dataclass(frozen=True, slots=True)
class Token:
    """A word in small letters without accents, and where it stands in what was typed."""

    word: str
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Said:
    """``text``: what was typed, without what cannot be seen; its ``tokens`` in order, and of them
    only the ``words``: they are looked at thousands of times."""

    text: str
    tokens: tuple[Token, ...]
    words: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Read the words off once."""
        object.__setattr__(self, "words", tuple(token.word for token in self.tokens))

    def begins(self, phrase: tuple[str, ...], at: int = 0) -> bool:
        """Whether these words stand there, one after the other."""
        return self.words[at : at + len(phrase)] == phrase

    def typed(self, begin: int, end: int | None = None) -> str:
        """What was typed from a word on, up to another (not with it)."""
        if begin >= len(self.tokens):
            return ""
        until = len(self.text) if end is None else self.tokens[end].begin
        return self.text[self.tokens[begin].begin : until].strip(_EDGES)

    def without(self, spans: Collection[tuple[int, int]]) -> str:
        """What was typed but for the words of these stretches (from, to: not with it)."""
        gone = {at for begin, end in spans for at in range(begin, end)}
        left = list(self.text)
        for at in gone:
            token = self.tokens[at]
            left[token.begin : token.end] = " " * (token.end - token.begin)
        return " ".join("".join(left).split()).strip(_EDGES)


def read(text: str) -> Said:
    """A text, ready to be understood. What is longer than ten texts is cut."""
    clean = _cleaned(text[:LONGEST]).strip()
    plain, at = fold_in_place(clean)
    found = _words(plain)
    return Said(
        clean, tuple(Token(match[0], *_typed_at(at, match.start(), match.end())) for match in found)
    )


def _cleaned(text: str) -> str:
    if text.isascii():
        return text.translate(_CONTROLS)
    return "".join(_shown(letter) for letter in unicodedata.normalize("NFC", text))


def _words(plain: str) -> Iterator[re.Match[str]]:
    """The words of a folded text. Figures of any script are compared as ours."""
    if plain.isascii():
        return _WORD.finditer(plain)
    return _ANY_WORD.finditer("".join(map(_figure, plain.translate(_ALIKE))))


def _figure(letter: str) -> str:
    value = -1 if letter.isascii() else unicodedata.decimal(letter, -1)
    return letter if value < 0 else str(value)


def phrase_of(text: str) -> tuple[str, ...]:
    """A phrase of a word list as it is compared."""
    clean = _cleaned(text)
    plain = clean.lower() if clean.isascii() else fold(clean)
    return tuple(match[0] for match in _words(plain))


def first_of(said: Said, phrases: Iterable[tuple[str, ...]], at: int = 0) -> tuple[str, ...] | None:
    """The longest of the phrases that stands there, or None."""
    found = [phrase for phrase in phrases if said.begins(phrase, at)]
    return max(found, key=len, default=None)


def _typed_at(at: Sequence[int] | None, begin: int, end: int) -> tuple[int, int]:
    if at is None:
        return begin, end
    return at[begin], at[end - 1] + 1


def _shown(letter: str) -> str:
    """What a telephone shows of it: no controls, no marks of width; a line's end is a space."""
    kind = unicodedata.category(letter)
    if kind in ("Cc", "Zl", "Zp", "Zs"):
        return " "
    return "" if kind in ("Cf", "Cs", "Co", "Cn") and letter != "\u200d" else letter
