"""The words of time of every language, by their first word: read once, and all of them always.

In which language somebody writes isn't known before it is read. So a text is looked at with the
lists of all of them, and what a word means there is settled by the company that it keeps.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sms.reading import phrase_of

_FILES = Path(__file__).parent.parent / "words" / "times"
Phrase = tuple[str, ...]
GROUPS = ("days", "next_days", "months", "hours")
"""Lists of lists: what is meant is told by the place of the list."""
TABLES = ("minutes", "holidays", "parts")
LEAST_LETTERS = 4
"""A shorter word is too often a word of another language to speak for its own."""
SIGNS = "\u3040"
"""From here on a letter is a word."""
MARK = "marks"
HOME = "en"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase says in one language. ``telling``: whether nobody would say it in another."""

    code: str
    kind: str
    value: int
    telling: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase, and all that it means in any language."""

    phrase: Phrase
    meanings: tuple[Meaning, ...]


def _load() -> dict[str, dict[str, Any]]:
    found = [tomllib.loads(file.read_text("utf-8")) for file in sorted(_FILES.glob("*.toml"))]
    return {facts["code"]: facts for facts in found}


def _said(facts: Mapping[str, Any]) -> Iterator[tuple[str, int, str]]:
    """Every phrase of a file with its kind and number."""
    for kind, words in facts.items():
        if kind == "code":
            continue
        if kind in GROUPS:
            for nth, names in enumerate(words):
                yield from ((kind, nth, name) for name in names)
        elif kind in TABLES:
            for number, names in words.items():
                yield from ((kind, _number(number), name) for name in names)
        else:
            yield from ((kind, 0, name) for name in words)


def _number(key: str) -> int:
    """``12-25`` is 1225."""
    return int(key.replace("-", ""))


def _index(files: Mapping[str, Mapping[str, Any]]) -> dict[str, tuple[Entry, ...]]:
    meant: dict[Phrase, dict[tuple[str, str], int]] = {}
    for code, facts in files.items():
        for kind, number, text in _said(facts):
            phrase = phrase_of(text)
            if not phrase:
                raise ValueError(f"{code}: {kind} has a phrase without a word: {text!r}")
            meant.setdefault(phrase, {})[code, kind] = number
    found: dict[str, list[Entry]] = {}
    for phrase, senses in meant.items():
        found.setdefault(phrase[0], []).append(_entry(phrase, senses))
    return {
        word: tuple(sorted(entries, key=lambda one: -len(one.phrase)))
        for word, entries in found.items()
    }


def _entry(phrase: Phrase, senses: Mapping[tuple[str, str], int]) -> Entry:
    by_code: dict[str, set[tuple[str, int]]] = {}
    for (code, kind), number in senses.items():
        by_code.setdefault(code, set()).add((kind, number))
    alone = len(set(map(frozenset, by_code.values()))) == 1
    letters = sum(map(len, phrase))
    text = "".join(phrase)
    is_long = letters >= LEAST_LETTERS or (letters > 1 and not text.isascii()) or text >= SIGNS
    return Entry(
        phrase,
        tuple(
            Meaning(
                code,
                kind,
                number,
                telling=alone and is_long and (HOME not in by_code or letters > LEAST_LETTERS),
            )
            for (code, kind), number in senses.items()
        ),
    )


FILES: Mapping[str, Mapping[str, Any]] = _load()
INDEX: Mapping[str, tuple[Entry, ...]] = _index(FILES)
CODES: tuple[str, ...] = tuple(FILES)
