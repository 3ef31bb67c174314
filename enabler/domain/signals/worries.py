"""Worry words: shipped lists by language and class, and a place's own (pure).

A phrase may say several words at a place (``hits|beats``), those of a group (``@them``), or any
one word (``*``), so that one line stands for the many ways in which people say a thing.

A word is met in its inflections (in Welsh: with its first letter mutated), and a long one with one
letter wrong, or two where it is very long. What is ordinary is never taken for a misspelling.
"""

import re
import tomllib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from enabler.domain.signals.folding import Folded, fold
from enabler.domain.signals.signal import Finding

CLASSES = ("self", "abuse", "children", "weapons", "drugs", "hate", "sexual", "scam")
PLACE = "place"
"""The class of a place's own words."""
FUZZY_FROM, TWICE_FUZZY_FROM = 6, 10
"""Letters from which a word may have one letter wrong, and two."""
_ENDS = frozenset(".!?;\n")
_VOWELS = "aeiou"
_MUTATIONS = {
    "p": ("b", "mh", "ph"), "t": ("d", "nh", "th"), "c": ("g", "ngh", "ch"), "b": ("f", "m"),
    "d": ("dd", "n"), "g": ("", "ng"), "m": ("f",), "ll": ("l",), "rh": ("r",),
}  # fmt: skip

ANY = "*"
Phrase = tuple[frozenset[str] | None, ...]
"""What may stand at each place; None: any word."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words ready to be met. ``singles``: inflected word to (class, word as listed); ``phrases``:
    by their first word; ``harmless``: phrases inside which nothing counts; ``near``: what is left
    of a long word without a letter, to the words that it may be."""

    singles: Mapping[str, tuple[str, str]]
    phrases: Mapping[str, tuple[tuple[Phrase, str, str], ...]]
    harmless: Mapping[str, tuple[Phrase, ...]]
    near: Mapping[str, tuple[str, ...]]
    never: frozenset[str]


def found_worries(text: Folded, own: tuple[str, ...] = ()) -> Iterator[Finding]:
    """Worry words of every language that we know, and the place's ``own``; one for each class and
    word."""
    stops = _stops(text)
    for lexicon in (*_shipped(), *((_of_place(own),) if own else ())):
        words = [word for word, _, _ in text.tokens]
        safe = _harmless_at(words, lexicon, stops)
        for at, until, kind, word in _hits(words, lexicon):
            if not safe.intersection(range(at, until)):
                begin, end = text.tokens[at][1], text.tokens[until - 1][2]
                yield Finding(f"worry_{kind}", {"word": word}, text.typed(begin, end))


def _hits(words: list[str], lexicon: Lexicon) -> Iterator[tuple[int, int, str, str]]:
    for at, word in enumerate(words):
        for phrase, kind, listed in lexicon.phrases.get(word, ()):
            if _stands(phrase, words, at):
                yield at, at + len(phrase), kind, listed or _met(phrase, words, at)
        met = lexicon.singles.get(word) or _nearly(word, lexicon)
        if met is not None:
            yield at, at + 1, *met


def _stops(text: Folded) -> set[int]:
    """The words after which a sentence, or a line, may end."""
    pairs = enumerate(zip(text.tokens, text.tokens[1:], strict=False))
    return {
        at for at, ((_, _, end), (_, begin, _)) in pairs
        if set(text.plain[end:begin]) & _ENDS
    }  # fmt: skip


def _harmless_at(words: list[str], lexicon: Lexicon, stops: Collection[int]) -> set[int]:
    """The words that are said harmlessly, all in one sentence: what comes after its end makes
    nothing of it harmless."""
    found: set[int] = set()
    for at, word in enumerate(words):
        for phrase in lexicon.harmless.get(word, ()):
            within = not any(at <= stop < at + len(phrase) - 1 for stop in stops)
            if within and _stands(phrase, words, at):
                found.update(range(at, at + len(phrase)))
    return found


def _stands(phrase: Phrase, words: list[str], at: int) -> bool:
    if at + len(phrase) > len(words):
        return False
    return all(may is None or words[at + nth] in may for nth, may in enumerate(phrase))


def _met(phrase: Phrase, words: list[str], at: int) -> str:
    """The words of a phrase as they were met; one that may be any, a name perhaps, is left out."""
    return " ".join("…" if may is None else words[at + nth] for nth, may in enumerate(phrase))


def _nearly(word: str, lexicon: Lexicon) -> tuple[str, str] | None:
    """The listed word that this is with a letter wrong. Its first letter is always right."""
    if len(word) < FUZZY_FROM - 1 or word in lexicon.never or not word.isalpha():
        return None
    for left in (word, *_without_one(word)):
        for other in lexicon.near.get(left, ()):
            wrong = 2 if min(len(other), len(word)) >= TWICE_FUZZY_FROM else 1
            if not _may_be(word, other):
                continue
            if edits(word, other, wrong) <= wrong:
                return lexicon.singles[other]
    return None


def _may_be(word: str, other: str) -> bool:
    """In six letters a letter is left out, doubled or swapped; another in its place makes another
    word (hoover, racist) too often."""
    if word[0] != other[0]:
        return False
    return len(other) > FUZZY_FROM or len(word) != len(other) or sorted(word) == sorted(other)


def _without_one(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1 :] for at in range(1, len(word)))


def edits(one: str, other: str, most: int) -> int:
    """How many letters are wrong, missing, too many or swapped with the next (optimal string
    alignment); ``most + 1`` where there are more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, last[j - 2] + 1)
            row.append(best)
        if min(row) > most:
            return most + 1
    return row[-1]


@lru_cache(maxsize=1)
def _shipped() -> tuple[Lexicon, ...]:
    folder = Path(__file__).parent / "words"
    return tuple(
        _lexicon(path.stem, tomllib.loads(path.read_text(encoding="utf-8")))
        for path in sorted(folder.glob("*.toml"))
    )


@lru_cache(maxsize=64)
def _of_place(own: tuple[str, ...]) -> Lexicon:
    plain = [re.sub(r"[|*@]", " ", word) for word in own]  # a place writes words, no patterns
    return _lexicon("en", {PLACE: {"words": plain}})


def _lexicon(language: str, lists: Mapping[str, Mapping[str, Iterable[str]]]) -> Lexicon:
    inflect = mutations if language == "cy" else inflections
    never = {_plain(word) for word in lists.get("never", {}).get("words", ())}
    groups = {name: _plain(" ".join(words)) for name, words in lists.get("groups", {}).items()}
    singles: dict[str, tuple[str, str]] = {}
    phrases: dict[str, list[tuple[Phrase, str, str]]] = {}
    for kind in (*CLASSES, PLACE):
        entries = lists.get(kind, {})
        for listed in (*entries.get("words", ()), *entries.get("phrases", ())):
            if len(_plain(listed).split()) == 1 and "|" not in listed:
                singles |= dict.fromkeys(inflect(_plain(listed)), (kind, listed))
                continue
            phrase = _phrase(listed, groups, inflect)
            named = "" if kind != PLACE and set(listed) & set("|*@") else listed
            for first in (phrase[0] or ()) if phrase else ():
                phrases.setdefault(first, []).append((phrase, kind, named))
    harmless: dict[str, list[Phrase]] = {}
    for listed in lists.get("harmless", {}).get("phrases", ()):
        phrase = _phrase(listed, groups, lambda word: frozenset({word}))
        for first in phrase[0] or ():
            harmless.setdefault(first, []).append(phrase)
    return Lexicon(
        {word: met for word, met in singles.items() if word},
        {first: tuple(of) for first, of in phrases.items()},
        {first: tuple(of) for first, of in harmless.items()},
        _near(singles, never), frozenset(never),
    )  # fmt: skip


def _phrase(
    listed: str, groups: Mapping[str, str], inflect: Callable[[str], frozenset[str]]
) -> Phrase:
    """What may stand at each place of it; the last word is inflected, an apostrophe may be left
    out."""
    places: list[frozenset[str] | None] = []
    parts = _plain(listed).split()
    for nth, part in enumerate(parts):
        said = " ".join(groups[one[1:]] if one[0] == "@" else one for one in part.split("|"))
        words = set(said.split())
        if nth == len(parts) - 1:
            words = {ending for word in words for ending in inflect(word)}
        words |= {word.replace("'", "") for word in words}
        places.append(None if part == ANY else frozenset(words))
    return tuple(places)


def _near(
    singles: Mapping[str, tuple[str, str]], never: Collection[str]
) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for word, (_, listed) in singles.items():
        if len(listed) >= FUZZY_FROM and word not in never and word.isalpha():
            for left in (word, *_without_one(word)):
                found.setdefault(left, []).append(word)
    return {left: tuple(words) for left, words in found.items()}


def _plain(listed: str) -> str:
    return fold(listed).replace("-", " ")


def inflections(word: str) -> frozenset[str]:
    """An English word with the ends that it takes: stab, stabs, stabbed, stabbing, stabber."""
    if len(word) < 4:
        return frozenset({word, f"{word}s"})
    stems = {word[:-1]} if word.endswith("e") else {word}
    if word[-1] not in f"{_VOWELS}wxy" and word[-2] in _VOWELS and word[-3] not in _VOWELS:
        stems = {word, word + word[-1]}
    ends = {stem + end for stem in stems for end in ("ed", "ing", "er", "ers")}
    more = {f"{word[:-1]}ies"} if word.endswith("y") and word[-2] not in _VOWELS else set()
    more |= {f"{word}es"} if word.endswith(("s", "x", "ch", "sh")) else set()
    return frozenset({word, f"{word}s", f"{word}'s"} | ends | more)


def mutations(word: str) -> frozenset[str]:
    """A Welsh word with its first letter as it may change: cocên, gocên, nghocên, chocên."""
    for first in (word[:2], word[:1]):
        if first in _MUTATIONS:
            return frozenset({word, *(new + word[len(first) :] for new in _MUTATIONS[first])})
    return frozenset({word})
