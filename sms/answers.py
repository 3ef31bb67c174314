"""Coded answers: ``A1``, ``a 1``, ``A1 B2``, a bare ``1`` or ``yes``, with the words after them.

Which question a bare answer is for, only whoever knows what is open can say.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from enabler.domain.postcodes import PostcodeKind, read_postcode
from sms.reading import Said, first_of
from sms.tongues import Tongue

_CODE = re.compile(r"([a-z]{1,2})([1-9])")
_OPTION = re.compile(r"[1-9]")
_LETTER = re.compile(r"[a-z]{1,2}")
MOST = 9
"""Answers in one text."""


@dataclass(frozen=True, slots=True)
class Answer:
    """``letter``: of which question, in capitals; None where none was named. ``option``: the number
    of the answer that was chosen, from 1; 0 where it is ``yes`` (True) or no. ``words`` came after
    it."""

    letter: str | None
    option: int
    yes: bool | None
    words: str


def answers(
    said: Said, tongues: Sequence[Tongue], known: Collection[str]
) -> tuple[Answer, ...]:  # fmt: skip
    """The answers that a text is; none where it is something else. ``known`` are the letters of
    questions that this phone was sent: others are ordinary words."""
    heads = _codes(said, tongues, known)
    if heads:
        ends = [begin for begin, _, _ in heads[1:]] + [len(said.tokens)]
        return tuple(
            Answer(letter, option, yes, said.typed(until, end))
            for (_, until, (letter, option, yes)), end in zip(heads, _ends(said, ends), strict=True)
        )[:MOST]
    return tuple(filter(None, [_bare(said, tongues)]))


Head = tuple[int, int, tuple[str | None, int, bool | None]]


def _ends(said: Said, ends: list[int]) -> list[int | None]:
    return [None if end >= len(said.tokens) else end for end in ends]


def _codes(said: Said, tongues: Sequence[Tongue], known: Collection[str]) -> list[Head]:
    """Where each code begins and ends. The first stands at the beginning: what comes later in a
    sentence is no code, nor is a flat."""
    flats = {phrase for tongue in tongues for phrase in tongue.of("houses", "flat")}
    found: list[Head] = []
    at = 0
    while at < len(said.tokens):
        in_a_flat = bool(found) and said.words[at - 1 : at] in flats
        head = None if in_a_flat else _code(said, at, tongues, known)
        if head is None and not found:
            return []
        if head is not None:
            found.append(head)
        at = at + 1 if head is None else head[1]
    return found


def _code(
    said: Said, at: int, tongues: Sequence[Tongue], known: Collection[str]
) -> Head | None:  # fmt: skip
    words = said.words
    if _is_postcode(words, at):
        return None
    whole = _CODE.fullmatch(words[at])
    if whole and whole[1].upper() in known:
        return at, at + 1, (whole[1].upper(), int(whole[2]), None)
    if not _LETTER.fullmatch(words[at]) or words[at].upper() not in known or at + 1 >= len(words):
        return None
    letter = words[at].upper()
    if _OPTION.fullmatch(words[at + 1]):
        return at, at + 2, (letter, int(words[at + 1]), None)
    for yes, phrase in _said_plainly(said, at + 1, tongues):
        return at, at + 1 + len(phrase), (letter, 0, yes)
    return None


def _is_postcode(words: Sequence[str], at: int) -> bool:
    """``E1 6AN`` is no answer to the question E."""
    return any(
        reading.kind is PostcodeKind.WHOLE and reading.as_typed
        for typed in (words[at], " ".join(words[at : at + 2]))
        for reading in read_postcode(typed)
    )


def _bare(said: Said, tongues: Sequence[Tongue]) -> Answer | None:
    words = said.words
    if not words or any(first_of(said, each.of("answers", "neither")) for each in tongues):
        return None
    if _OPTION.fullmatch(words[0]) and _may_follow(said, tongues):
        return Answer(None, int(words[0]), None, said.typed(1))
    nth = _ordinal(said, tongues)
    if nth:
        return Answer(None, nth, None, "")
    for yes, phrase in _said_plainly(said, 0, tongues):
        return Answer(None, 0, yes, said.typed(len(phrase)))
    return None


def _may_follow(said: Said, tongues: Sequence[Tongue]) -> bool:
    """Whether a number at the beginning counts nothing: ``2 cats`` is no answer."""
    if len(said.tokens) == 1:
        return True
    return any(first_of(said, each.of("answers", "after_a_number"), 1) for each in tongues)


def _ordinal(said: Said, tongues: Sequence[Tongue]) -> int:
    """``the 2nd one`` is 2."""
    for tongue in tongues:
        beside = {phrase[0] for phrase in tongue.of("answers", "of_ordinals")}
        left = tuple(word for word in said.words if word not in beside)
        if left in tongue.ordinals:
            return tongue.ordinals[left]
    return 0


def _said_plainly(
    said: Said, at: int, tongues: Sequence[Tongue]
) -> list[tuple[bool, tuple[str, ...]]]:  # fmt: skip
    """Yes or no, as it stands there; the longer phrase of the two, if both do. In a language that
    is not theirs only as the last word: *do* is yes in Welsh."""
    found = [
        (yes, phrase)
        for nth, tongue in enumerate(tongues)
        for yes, phrases in ((True, tongue.yes), (False, tongue.no))
        for phrase in [first_of(said, phrases, at)]
        if phrase and (nth == 0 or at + len(phrase) == len(said.tokens))
    ]
    return sorted(found, key=lambda one: -len(one[1]))[:1]
