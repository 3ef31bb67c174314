"""How a saying is written in a file, read into what is looked for (see ``en.toml``)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from enabler.domain.signals.worries import mutations
from sms.dangers.wording import words_listed

AS_IT_IS, BEGINNING, NEARLY = "", "*", "~"
"""How a listed word is met: itself; whatever begins with it; itself with a letter wrong."""
GAP = 3
"""Most words between two parts where ``..`` names no number."""
_GAP = re.compile(r"\.\.(\d*)")


@dataclass(frozen=True, slots=True)
class Listed:
    """A word of a saying: all its ``forms``, and how they are met."""

    forms: frozenset[str]
    how: str


Phrase = tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One place of a saying: any of its ``phrases``, at most ``gap`` words after the one before."""

    phrases: frozenset[Phrase]
    gap: int


@dataclass(frozen=True, slots=True)
class Saying:
    """Its ``runs`` stand near each other in any order; the parts of each run in theirs."""

    runs: tuple[tuple[Part, ...], ...]


class Writing:
    """How the sayings of one language are written: its sets of words, its spellings, the endings
    that are written in two ways, and whether first letters change as in Welsh."""

    def __init__(
        self, sets: Mapping[str, Iterable[str]], spelt: Mapping[str, Iterable[str]],
        endings: Iterable[tuple[str, str]], *, mutates: bool,
    ) -> None:  # fmt: skip
        self._sets, self._endings, self._mutates = sets, tuple(endings), mutates
        self._spelt = {
            _only(word): tuple(map(_only, others)) for word, others in spelt.items()
        }  # fmt: skip
        self._known: dict[tuple[str, str], Listed] = {}

    def saying(self, written: str) -> Saying:
        """A saying of the file; what is written wrongly is a ValueError that names it."""
        try:
            return Saying(tuple(self._run(run.split()) for run in written.split(" & ")))
        except (KeyError, ValueError) as wrong:
            raise ValueError(f"{written}: {wrong}") from wrong

    def _run(self, places: list[str]) -> tuple[Part, ...]:
        parts, gap = [], 0
        for place in places:
            between = _GAP.fullmatch(place)
            if between:
                gap = int(between[1] or GAP)
                continue
            parts.append(Part(frozenset(self._phrases(place)), gap))
            gap = 0
        if not parts or gap:
            raise ValueError("no words where some belong")
        return tuple(parts)

    def _phrases(self, place: str) -> Iterator[Phrase]:
        for one in place.replace("_", " ").split("|"):
            if one.startswith("@"):
                for listed in self._sets[one[1:].replace(" ", "_")]:
                    yield from self._phrases(listed.replace(" ", "_"))
            else:
                yield self._phrase(one)

    def _phrase(self, written: str) -> Phrase:
        listed: list[Listed] = []
        for typed in written.split():
            how = typed[-1] if typed[-1] in (BEGINNING, NEARLY) else AS_IT_IS
            words = _words_of(typed)
            listed += [self._listed(word, AS_IT_IS) for word in words[:-1]]
            listed += [self._listed(words[-1], how)] if words else []
        if not listed:
            raise ValueError("a word without letters")
        return tuple(listed)

    def _listed(self, word: str, how: str) -> Listed:
        if (word, how) not in self._known:
            self._known[word, how] = Listed(frozenset(self._forms(word)), how)
        return self._known[word, how]

    def _forms(self, word: str) -> Iterator[str]:
        for one in (word, *self._spelt.get(word, ())):
            yield from mutations(one) if self._mutates and len(one) > 3 else (one,)
            for usual, other in self._endings:
                if one.endswith(usual) and len(one) > len(usual) + 2:
                    yield one.removesuffix(usual) + other


_words_of = lru_cache(maxsize=50_000)(words_listed)


def _only(word: str) -> str:
    found = _words_of(word)
    if len(found) != 1:
        raise ValueError(f"{word}: a spelling is one word")
    return found[0]
