"""The word lists of the telephone door: one file for each language, read once."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

from sms.reading import phrase_of

_FILES = Path(__file__).parent / "words"
Phrase = tuple[str, ...]
Phrases = tuple[Phrase, ...]


class Word(StrEnum):
    """What somebody can say at any time."""

    NEED = "need"
    OFFER = "offer"
    MY = "my"
    DONE = "done"
    CANNOT = "cannot"
    HOURS = "hours"
    GIVE = "give"
    AWAY = "away"
    BACK = "back"
    WHY = "why"
    CALL = "call"
    WORRIED = "worried"
    REPORT = "report"
    BLOCK = "block"
    COMPLAIN = "complain"
    LANGUAGE = "language"
    MENU = "menu"
    JOIN = "join"
    THANKS = "thanks"
    SUPPORTERS = "supporters"
    SUPPORTER = "supporter"
    DROP = "drop"
    STOP_ONE = "stop_one"
    ACT_FOR = "act_for"
    ON_WAY = "on-way"


@dataclass(frozen=True)
class Tongue:
    """The words of one language, as they are compared."""

    code: str
    facts: Mapping[str, Any]

    @cached_property
    def commands(self) -> Mapping[Word, Phrases]:
        """The phrases of each word."""
        return {word: _phrases(self.facts["commands"][word.value]) for word in Word}

    @cached_property
    def yes(self) -> Phrases:
        """What is said for yes."""
        return self.of("answers", "yes")

    @cached_property
    def no(self) -> Phrases:
        """What is said for no."""
        return self.of("answers", "no")

    @cached_property
    def numbers(self) -> Mapping[Phrase, int]:
        """How numbers up to twelve are written out."""
        return _numbered(self.facts["numbers"]["words"])

    @cached_property
    def ordinals(self) -> Mapping[Phrase, int]:
        """First, second and so on, as numbers."""
        return _numbered(self.facts["answers"]["ordinals"])

    def of(self, part: str, name: str) -> Phrases:
        """One list of phrases of the file."""
        return self._lists[part, name]

    @cached_property
    def _lists(self) -> Mapping[tuple[str, str], Phrases]:
        return {
            (part, name): _phrases(words)
            for part, lists in self.facts.items() if isinstance(lists, dict)
            for name, words in lists.items() if all(isinstance(one, str) for one in words)
        }  # fmt: skip


def _phrases(words: Iterable[str]) -> Phrases:
    return tuple(phrase_of(each) for each in words)


def _numbered(groups: Iterable[Iterable[str]]) -> dict[Phrase, int]:
    return {
        phrase_of(name): nth for nth, names in enumerate(groups, start=1) for name in names
    }  # fmt: skip


def _load() -> dict[str, Tongue]:
    """Each file, with that of its words of time."""
    found = {file.stem: tomllib.loads(file.read_text("utf-8")) for file in _FILES.glob("*.toml")}
    times = {
        code: tomllib.loads((_FILES / "times" / f"{code}.toml").read_text("utf-8"))
        for code in found
    }
    return {
        code: Tongue(code, {**found[code], "times": times[code]}) for code in sorted(found)
    }  # fmt: skip


TONGUES: Mapping[str, Tongue] = _load()
"""Every language by its code."""


def tongues(first: str) -> tuple[Tongue, ...]:
    """All of them, the one that somebody reads in first."""
    return tuple(sorted(TONGUES.values(), key=lambda tongue: tongue.code != first))
