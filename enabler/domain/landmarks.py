"""Streets and landmarks that a place knows by name, and where they are named in a text (pure).

A landmark is only a rough place: a point, and how far from it what is meant may be.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from enabler.domain.signals.folding import Folded, folded

LONGEST_NAME_WORDS = 8
LONGEST_NAME = 80
MOST_PRECISION_METRES = 5_000
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z0-9]+)*")
_SAME = {
    "rd": "road", "ave": "avenue", "av": "avenue", "ln": "lane", "cl": "close", "dr": "drive",
    "cres": "crescent", "sq": "square", "gdns": "gardens", "pk": "park", "sch": "school",
    "hosp": "hospital", "ctr": "centre", "street": "st", "saint": "st", "xings": "crossings",
}  # fmt: skip
_SILENT = frozenset({"the", "y", "yr"})
_BEFORE = frozenset(
    {"in", "near", "nr", "at", "by", "opposite", "opp", "outside", "off", "round", "around",
     "behind", "the", "yn", "ger", "wrth", "ar"}
)  # fmt: skip
"""Before a name of one word in small letters, that is a word of its own as well (*mumbles*)."""


class LandmarkKind(StrEnum):
    """What a name is of: one spot, a street, or a part of the place."""

    LANDMARK = "landmark"
    STREET = "street"
    AREA = "area"


@dataclass(frozen=True, slots=True)
class Landmark:
    """What a name stands for; ``ward``: the name of its ward."""

    id: int
    name: str
    folded_names: tuple[str, ...]
    easting: int
    northing: int
    precision_metres: int
    kind: LandmarkKind
    ward: str


def fold_name(name: str) -> str:
    """A name as it is compared: *St. John's Rd* and *st johns road* are one."""
    return " ".join(word for word, _ in _words(folded(name)))


def phrases_in(text: str) -> frozenset[str]:
    """Every run of words of a text that could be a name."""
    return frozenset(phrase for phrase, *_ in _runs(folded(text)))


def named_in(text: str, known: Iterable[Landmark]) -> tuple[Landmark, ...]:
    """The landmarks that a text names, the longest name first; a name inside a longer one is not
    meant. A part of the place counts only where nothing finer is named."""
    by_name: dict[str, list[Landmark]] = {}
    for one in known:
        for name in one.folded_names:
            by_name.setdefault(name, []).append(one)
    plain = folded(text)
    runs = [run for run in _runs(plain) if run[0] in by_name and _is_name(plain, run)]
    taken: set[int] = set()
    found: dict[int, Landmark] = {}
    for phrase, at, size, _ in sorted(runs, key=lambda run: (-run[2], run[1])):
        if taken.isdisjoint(range(at, at + size)):
            taken.update(range(at, at + size))
            found |= {one.id: one for one in by_name[phrase]}
    finer = [one for one in found.values() if one.kind is not LandmarkKind.AREA]
    return tuple(finer or found.values())


def _words(plain: Folded) -> Iterator[tuple[str, int]]:
    for match in _WORD.finditer(plain.plain):
        word = match[0].replace("'", "")
        if word not in _SILENT:
            yield _SAME.get(word, word), match.start()


def _runs(plain: Folded) -> list[tuple[str, int, int, int]]:
    """Runs of words: what they are, the first of them, how many, and where it begins."""
    words: Sequence[tuple[str, int]] = list(_words(plain))
    return [
        (" ".join(word for word, _ in words[at : at + size]), at, size, words[at][1])
        for at in range(len(words))
        for size in range(1, min(LONGEST_NAME_WORDS, len(words) - at) + 1)
    ]


def _is_name(plain: Folded, run: tuple[str, int, int, int]) -> bool:
    _, at, size, begin = run
    if size > 1 or plain.typed(begin, begin + 1).isupper():
        return True
    before = _WORD.findall(plain.plain[:begin])[-1:]
    return at == 0 or bool(before and before[0] in _BEFORE)
