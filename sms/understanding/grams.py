"""What the model sees of a text: its words, pairs of words that stand side by side, and pieces of
words, so that a word that was never seen, or was mistyped, still says something.

Figures are seen by their shape alone: *14:30* and *15:45* are one gram, and so is every postcode.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from sms.reading import LONGEST
from sms.understanding.codes import begins_with_code

PIECES = (3, 4, 5)
"""How many letters a piece of a word has; the edges of the word count as one."""
PIECE, MARK = "~", "x "
"""How a piece of a word begins as a gram, and what a word list found."""
_LINK = re.compile(
    r"(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|co\.uk|uk|net|org|example|info|ly|me|site|online)\b\S*"
)
_MONEY = re.compile(r"[£$€]\s?\d[\d,.]*k?")
_POSTCODE = re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\s?\d[a-z]{2}\b|\b(?!am|pm)[a-z]{2}\d{1,2}\b")
_TELEPHONE = re.compile(r"\+?\d[\d ]{8,}\d")
_FIGURE = re.compile(r"\d")
_TOKEN = re.compile(r"<\w+>|[^\W_]+(?:'[^\W_]+)*|[?!]|[^\w\s.,;:'\"()<>/&*+=#@-]")
_ACCENTS = re.compile("[\u0300-\u036f]")
_SIZES = (1, 2, 3, 5, 8, 12, 18, 27)


def grams(text: str, marks: Iterable[str] = ()) -> frozenset[str]:
    """Each gram of the text once. ``marks``: what the word lists found in it, which counts as
    grams of their own."""
    plain = shape(text)
    tokens = _TOKEN.findall(plain)
    return frozenset(
        [
            *_of_words(tokens),
            *_of_the_whole(text, plain, tokens),
            *(f"{MARK}{one}" for one in marks),
        ]
    )


def shape(text: str) -> str:
    """A text in small letters without Latin accents, its figures and addresses by their shape."""
    small = unicodedata.normalize("NFKD", text[:LONGEST].replace("\u2019", "'").casefold())
    plain = _ACCENTS.sub("", small)
    for pattern, name in (
        (_LINK, " <link> "), (_MONEY, " <money> "), (_POSTCODE, " <postcode> "),
        (_TELEPHONE, " <telephone> "),
    ):  # fmt: skip
        plain = pattern.sub(name, plain)
    return _FIGURE.sub("0", plain)


def _of_words(tokens: list[str]) -> Iterator[str]:
    last = "<"
    for token in tokens:
        yield token
        yield f"{last} {token}"
        last = token
        if len(token) > 2 and token[0] != "<":
            edged = f"_{token}_"
            for size in PIECES:
                for at in range(len(edged) - size + 1):
                    yield f"{PIECE}{edged[at : at + size]}"
    yield f"{last} >"


def _of_the_whole(text: str, plain: str, tokens: list[str]) -> Iterator[str]:
    yield f"# {sum(len(tokens) > size for size in _SIZES)}"
    if text.isupper():
        yield "# capitals"
    if begins_with_code(text):
        yield "# code"
    if not any(letter.isalnum() for letter in plain):
        yield "# no letters"
    yield from {f"# {name}" for name in _scripts(plain)}


def _scripts(plain: str) -> Iterator[str]:
    for letter in set(plain):
        if letter > "\u024f" and letter.isalpha():
            yield unicodedata.name(letter, "none").partition(" ")[0].lower()
