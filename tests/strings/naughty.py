"""Strings that break things, by what is naughty about them; and what of them is to be kept.

``OPEN`` and ``CLOSE`` stand around what is typed, so that it is found again wherever it is shown.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from random import Random

from enabler.domain.errors import Invalid
from enabler.domain.names import one_line
from enabler.domain.words import checked_words
from tests.geography.shared import vectors

OPEN, CLOSE = "Ouz", "zuO"
"""With letters that no ref has."""
CORE = OPEN + "\"'><b>&amp;{{7*7}}%(x)s\\" + CLOSE
"""Closes an attribute and a tag, is written out already, is a template's, and has no space."""
OUR_OWN = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "javascript:alert(1)",
    "' OR 1=1 --", "{{ 7*7 }}{% raw %}", "%(name)s %s %", "=1+1", "+1", "-1", "@SUM(1)",
    "a,b;c\\n", "BEGIN:VEVENT", "e\u0301\u0323", "\u05d0\u05d1 12", "\u202eabc", "\ufdfa",
    "\U0001f475\U0001f3fd\u200d\U0001f467", "\uff21\uff22", "../../etc", "two\r\nlines",
    "tab\there", "a\u0000b", "a\u001bb", "a\u0085b", "a\u2028b", "\ufeffa", "\ufffe", "a\u00a0b",
    "&lt;b&gt;", "\\u003cb\\u003e", "--", "${7*7}", "<!-- x", "]]>", "H\u0337\u031b\u0331e",
)  # fmt: skip
"""Those that our own pages, mails and calendars could stumble over."""
_MARKS = (
    ("<", "markup"), ("{", "template"), ("%", "gaps"), ("'", "quotes"), ('"', "quotes"),
    ("\\", "backslash"), ("/", "paths"), ("=", "sheet"), ("@", "sheet"),
)  # fmt: skip
_SORTS = (("Cf", "unseen"), ("Zl", "unseen"), ("Zp", "unseen"), ("Mn", "composed"))
LONGEST = 10_000


def kind_of(text: str) -> str:
    """What is naughty about it: the first of these that it has."""
    if not text.strip():
        return "nothing"
    if any(unicodedata.category(letter) == "Cc" and letter not in "\n\t\r" for letter in text):
        return "controls"
    if any(letter in text for letter in "\n\r\t"):
        return "lines"
    sorts = {unicodedata.category(letter) for letter in text}
    found = [kind for sort, kind in _SORTS if sort in sorts]
    found += [kind for mark, kind in _MARKS if mark in text]
    return (found or ["words" if text.isascii() else "writing"])[0]


@cache
def every() -> tuple[str, ...]:
    """All of them: the shared list and our own."""
    return tuple(dict.fromkeys((*vectors("naughty_strings.json"), *OUR_OWN)))


def one_of_each_kind(texts: Iterable[str]) -> tuple[str, ...]:
    """The first of each kind."""
    return tuple({kind_of(text): text for text in reversed(list(texts))}.values())


def hidden(text: str) -> bool:
    """Whether it holds a character that nobody can see or type, which is refused."""
    return kind_of(text) == "controls" or "\ufffe" in text or "\uffff" in text


def wrapped(text: str) -> str:
    """As it is typed when it is tried by itself."""
    return f"{OPEN}{text}{CLOSE}"


def bundle(seed: str, room: int, *, lines: bool) -> str:
    """The core and a sample, drawn by the seed, one of each kind that fits."""
    chance = Random(seed)
    sorts: dict[str, list[str]] = {}
    for text in every():
        if text.strip() and not hidden(text) and (lines or len(text.splitlines()) == 1):
            sorts.setdefault(kind_of(text), []).append(text)
    found = CORE
    for kind in chance.sample(sorted(sorts), len(sorts)):
        text = chance.choice(sorts[kind])
        if len(found) + 1 + len(text) <= room:
            found += f" {text}"
    return found


def kept_as(typed: str) -> Iterator[str]:
    """What may become of it: words (trimmed, composed, line ends, marks of direction), or one
    line (also its blanks and what cannot be seen). Nothing where it is refused."""
    with suppress(Invalid):
        words = checked_words("words", typed, most=LONGEST)
        yield from (words, " ".join(words.split()))
    with suppress(Invalid):
        yield one_line(typed, field="words", longest=LONGEST)
