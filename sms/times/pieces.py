"""A text as pieces of time: where which words of time and which figures stand in it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sms.reading import Said
from sms.times.figures import ENDED_HOURS, HOUR_LETTERS, senses
from sms.times.lists import HOME, INDEX, MARK, Entry, Meaning

Span = tuple[int, int]
_DASHES = frozenset("-–—")  # noqa: RUF001
_SUMS = "£$€#%"
_ENDS = frozenset(".,;!?)\n&/…")
_SHORT_SIGHT = 3
_PART = 4
"""What a fourth as much speaks for is there, too: people mix languages."""
_SURELY = 2
"""So much speaks for a language that it is not English with a word that looks like it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, and all that they can mean: kinds with a number each. ``code``: the language
    they are of; none for figures."""

    begin: int
    end: int
    senses: Mapping[str, int]
    code: str = ""

    def __contains__(self, kind: object) -> bool:
        """Whether it can mean this."""
        return kind in self.senses

    def any(self, kinds: frozenset[str]) -> bool:
        """Whether it can mean any of these."""
        return not kinds.isdisjoint(self.senses)

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.begin, self.end


class Pieces:
    """The pieces of one text, by where they begin and where they end."""

    def __init__(self, said: Said, first: Sequence[str]) -> None:
        """``first``: the languages that are likely beforehand, the likeliest first."""
        self.said, self.size = said, len(said.words)
        met = _met(said.words)
        self.language, self._spoken, self._ranks = _spoken(met, first)
        self.begins: dict[int, Piece] = {}
        self.ends: dict[int, Piece] = {}
        self.has: set[str] = set()
        self._cut(met)

    def _cut(self, met: Mapping[int, list[Entry]]) -> None:
        at = 0
        while at < self.size:
            piece = self._worded(at, met.get(at, ())) or self._figure(at)
            if piece:
                self.begins[at] = self.ends[piece.end] = piece
                self.has.update(piece.senses)
            at = piece.end if piece else at + 1

    def _worded(self, at: int, entries: Sequence[Entry]) -> Piece | None:
        for entry in entries:
            heard = [one for one in entry.meanings if self._is_meant(one)]
            if heard:
                heard.sort(key=lambda one: -self._ranks.get(one.code, 0.0))
                meant = {
                    one.kind: one.value for one in heard
                }  # the likeliest language's in the end
                return Piece(at, at + len(entry.phrase), meant, heard[-1].code)
        return None

    def _is_meant(self, meaning: Meaning) -> bool:
        return meaning.kind != MARK and (meaning.telling or meaning.code in self._spoken)

    def _figure(self, at: int) -> Piece | None:
        word = self.said.words[at]
        if not word[0].isdigit() or self._is_sum(at):
            return None
        found = senses(word)
        if "lettered" in found:
            found = self._lettered(found)
        return Piece(at, at + 1, found) if found else None

    def _lettered(self, found: Mapping[str, int]) -> Mapping[str, int]:
        if self.language in HOUR_LETTERS | ENDED_HOURS:
            return {"clock": found["lettered"]}
        return {}

    def _is_sum(self, at: int) -> bool:
        token, text = self.said.tokens[at], self.said.text
        before, after = text[: token.begin].rstrip()[-1:], text[token.end : token.end + 1]
        return bool(before and before in _SUMS) or bool(after and after in _SUMS)

    def kind(self, at: int, kind: str) -> Piece | None:
        """The piece that begins there, if it can mean this."""
        piece = self.begins.get(at)
        return piece if piece is not None and kind in piece.senses else None

    def before(self, at: int, kinds: frozenset[str]) -> Piece | None:
        """The piece that ends there, if it can mean any of these."""
        piece = self.ends.get(at)
        return piece if piece is not None and piece.any(kinds) else None

    def met(self, *kinds: str) -> list[Piece]:
        """All pieces that can mean any of these."""
        if self.has.isdisjoint(kinds):
            return []
        wanted = frozenset(kinds)
        return [piece for piece in self.begins.values() if piece.any(wanted)]

    def between(self, at: int) -> str:
        """What stands between the word before and this one."""
        tokens = self.said.tokens
        if not 0 < at < self.size:
            return "" if at <= 0 else self.said.text[tokens[-1].end :].strip() if tokens else ""
        return self.said.text[tokens[at - 1].end : tokens[at].begin].strip()

    def dash(self, at: int) -> bool:
        """Whether a dash stands before this word."""
        return 0 < at < self.size and self.between(at) in _DASHES

    def stops(self, at: int) -> bool:
        """Whether nothing follows, or punctuation does, before this word."""
        return at >= self.size or not _ENDS.isdisjoint(self.between(at))

    def street(self, at: int) -> bool:
        """Whether the next words are of a road, so that the number before them is a house's."""
        return any("street" in self.begins[near].senses
                   for near in range(at, at + _SHORT_SIGHT) if near in self.begins)  # fmt: skip


def _met(words: Sequence[str]) -> dict[int, list[Entry]]:
    """The phrases that stand at each word, the longest first."""
    found = {}
    for at, word in enumerate(words):
        entries = INDEX.get(word)
        if entries:
            here = [
                entry for entry in entries
                if len(entry.phrase) == 1 or words[at : at + len(entry.phrase)] == entry.phrase
            ]  # fmt: skip
            if here:
                found[at] = here
    return found


def _spoken(
    met: Mapping[int, list[Entry]], first: Sequence[str]
) -> tuple[str, frozenset[str], dict[str, float]]:
    """The language that most of it seems to be, all that seem to be there, and their ranks (the
    lower, the likelier)."""
    scores: defaultdict[str, float] = defaultdict(float)
    told: set[str] = set()
    for entries in met.values():
        telling = {one.code for one in entries[0].meanings if one.telling}
        for code in {HOME} if HOME in telling else telling:
            scores[code] += 1 + len(entries[0].phrase)
            told.add(code)
        marked = {one.code for e in entries for one in e.meanings if one.kind == MARK}
        for code in {HOME} if HOME in marked else marked:
            scores[code] += 1
    least = max(1, max(scores.values(), default=0) / _PART)
    spoken = told | {code for code, score in scores.items() if score >= least}
    if all(score < _SURELY for score in scores.values()):
        spoken.add(HOME)
    for place, code in enumerate(first):
        scores[code] += 0.2 / (place + 1)
    scores[HOME] += 0.1
    ranks = {code: -score for code, score in scores.items()}
    return min(ranks, key=lambda code: ranks[code]), frozenset(spoken), ranks
