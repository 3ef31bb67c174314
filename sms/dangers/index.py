"""Which sayings a text may hold: each is looked for only where its rarest part stands."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from enabler.domain.signals.worries import edits
from sms.dangers.sayings import AS_IT_IS, BEGINNING, Listed, Phrase, Saying

LONGEST_KNOWN = 50_000
"""Different words of texts that are remembered with what they may be."""
_SHORTEST_WRONG = 5
"""Letters from which a word may have one wrong."""

Spans = dict[int, dict[int, list[int]]]
"""Where parts stand: of each part, where it begins, and where it may end."""
Step = tuple[int, int]
"""A part and the gap before it."""


@dataclass(frozen=True, slots=True)
class Sought:
    """A saying with its parts by their numbers in the index, and the part that it is found by."""

    runs: tuple[tuple[Step, ...], ...]
    parts: frozenset[int]
    anchor: int


class Index:
    """The words of all sayings of all languages. It is filled once and then only read."""

    def __init__(self) -> None:
        self._listed: dict[Listed, int] = {}
        self._parts: dict[frozenset[Phrase], int] = {}
        self._ways: list[int] = []
        self._begins: dict[int, dict[tuple[int, ...], list[int]]] = defaultdict(dict)
        self._words: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self._near: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self._never: set[str] = set()
        self._known: dict[str, frozenset[int]] = {}
        self._used: Counter[int] = Counter()

    def never(self, words: Iterable[str]) -> None:
        """Ordinary words, which are no misspelling of another."""
        self._never.update(words)

    def add(self, sayings: Iterable[Saying]) -> list[Sought]:
        """Take sayings in. The rarest part is the one that the fewest sayings have, of these the
        one that can be said in the fewest ways."""
        runs = [
            tuple(tuple((self._part(p.phrases), p.gap) for p in run) for run in one.runs)
            for one in sayings
        ]
        parts = [frozenset(part for run in each for part, _ in run) for each in runs]
        for each in parts:
            self._used.update(each)
        return [
            Sought(
                run, each, min(each, key=lambda part: (self._used[part], self._ways[part], part))
            )
            for run, each in zip(runs, parts, strict=True)
        ]

    def _part(self, phrases: frozenset[Phrase]) -> int:
        if phrases not in self._parts:
            number = self._parts[phrases] = len(self._parts)
            self._ways.append(len(phrases))
            for phrase in phrases:
                first, *rest = (self._number(listed) for listed in phrase)
                self._begins[first].setdefault(tuple(rest), []).append(number)
        return self._parts[phrases]

    def _number(self, listed: Listed) -> int:
        if listed in self._listed:
            return self._listed[listed]
        number = self._listed[listed] = len(self._listed)
        for form in listed.forms:
            self._words[form].append((listed.how, number))
            if listed.how not in (AS_IT_IS, BEGINNING) and len(form) >= _SHORTEST_WRONG:
                for left in (form, *_without_one(form)):
                    self._near[left].append((form, number))
        return number

    def spans(self, words: tuple[str, ...]) -> Spans:
        """Where every part stands in these words."""
        found: Spans = {}
        may = [self._may_be(word) for word in words]
        for at, of in enumerate(may):
            for number in of:
                for rest, parts in self._begins[number].items() if number in self._begins else ():
                    end = at + 1 + len(rest)
                    if not rest or _follow(rest, may, at + 1):
                        for part in parts:
                            found.setdefault(part, {}).setdefault(at, []).append(end)
        return found

    def _may_be(self, word: str) -> frozenset[int]:
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= LONGEST_KNOWN:
                self._known.clear()
            known = self._known[word] = frozenset(self._looked_up(word))
        return known

    def _looked_up(self, word: str) -> Iterator[int]:
        yield from (number for _, number in self._words.get(word, ()))
        for length in range(1, len(word)):
            for how, number in self._words.get(word[:length], ()):
                if how == BEGINNING:
                    yield number
        if len(word) >= _SHORTEST_WRONG - 1 and word not in self._never and word.isalpha():
            for left in (word, *_without_one(word)):
                for form, number in self._near.get(left, ()):
                    if edits(word, form, 1) <= 1:
                        yield number


def _follow(rest: tuple[int, ...], may: list[frozenset[int]], at: int) -> bool:
    if at + len(rest) > len(may):
        return False
    return all(number in may[at + nth] for nth, number in enumerate(rest))


def _without_one(word: str) -> Iterator[str]:
    """The word without one of its letters, the first of which is always right."""
    return (word[:at] + word[at + 1 :] for at in range(1, len(word)))


def anchored(sayings: Iterable[Sought]) -> Mapping[int, tuple[Sought, ...]]:
    """Sayings by the part that they are found by."""
    found: dict[int, list[Sought]] = defaultdict(list)
    for one in sayings:
        found[one.anchor].append(one)
    return {part: tuple(of) for part, of in found.items()}
