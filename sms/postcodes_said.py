"""Where whole codes stand in a text, however they are spaced, glued and mistyped.

Whether a code exists is not known here, only whether one of its form and area could. What looks
alike is mended, never in a word that people write for itself. Which of several is meant is the
matter of ``sms.where``.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from enabler.domain.postcodes import PostcodeKind, read_postcode
from sms.layout import Laid
from sms.times.pieces import Span
from sms.tongues import TONGUES

_SOLID = r"[a-z]{1,2} ?[0-9oil][0-9a-z]? ?[0-9oil] ?[a-z] ?[a-z]"
_SPELT = r"[a-z](?: [a-z])? [0-9oil](?: [0-9a-z])? [0-9oil] [a-z] [a-z]"
_WHOLE = re.compile(rf"(?<![a-z0-9'.:/])(?=({_SPELT}|{_SOLID})(?![a-z0-9']))")
_GLUED = re.compile(
    r"(?<![a-z0-9'.:/])(?=[a-z0-9]*[a-z]\d)(?P<word>[a-z0-9]+ ?[0-9][a-z]{2}[a-z]*)(?![a-z0-9'])"
)
_INSIDE = re.compile(r"(?=([a-z]{1,2}\d[0-9a-z]? ?\d[a-z]{2}))")
_FIGURE = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Found:
    """``postcode``: in the written form, with what looks alike mended: all of it (``BS3 4QT``), or
    the outward code alone (``BS3``); ``as_typed``: the letters that say it, and what is left of an
    inward code; ``span``: the words in which it stands."""

    postcode: str
    is_whole: bool
    as_typed: str
    span: Span


@lru_cache(maxsize=32)
def words_of(name: str) -> frozenset[str]:
    """The words of one list about places, in every language."""
    return frozenset(one[0] for tongue in TONGUES.values() for one in tongue.of("where", name))


class Wholes:
    """The whole codes that stand in a text."""

    def __init__(self, laid: Laid) -> None:
        self._laid = laid

    def found(self) -> list[Found]:
        """Every whole code, in order; of two that overlap the one that begins first."""
        found: list[Found] = []
        free = 0
        for match in _WHOLE.finditer(self._laid.plain):
            begin, end = match.span(1)
            if begin >= free and (code := self._whole(begin, end)):
                found.append(code)
                free = end
        taken = [one.span for one in found]
        return sorted([*found, *self._glued(taken)], key=lambda one: one.span)

    def _whole(self, begin: int, end: int) -> Found | None:
        typed = self._laid.plain[begin:end]
        joined = typed.replace(" ", "")
        outward, inward = joined[:-3], joined[-3:]
        code = mended(joined, PostcodeKind.WHOLE)
        if code is None or not self._stands(typed, outward, inward, begin, end):
            return None
        return Found(code, True, self._laid.typed(begin, end), self._laid.span(begin, end))

    def _stands(self, typed: str, outward: str, inward: str, begin: int, end: int) -> bool:
        """Whether these letters are there for a code, and not words with figures among them."""
        groups = typed.split(" ")
        if not _FIGURE.search(typed):
            return False
        if len(groups) > 3 and all(len(one) == 1 for one in groups):
            return True
        if len(groups) == 1:
            return inward not in words_of("no_inward") and not self._is_kissed(inward, end)
        counts = _counts(inward) or inward[1:] == "xx"
        if not _is_set_apart(groups, outward, inward, counts=counts):
            return False
        if not _FIGURE.search(outward):
            shouted = self._laid.typed(end - 2, end).isupper() and len(outward) > 2
            sure = not counts or (shouted and self._after(end) not in words_of("counted"))
            return sure and groups[-1] == inward and bool(_FIGURE.match(inward))
        if not _FIGURE.match(inward):
            return groups[-1] == inward and inward not in words_of("no_inward")
        return not counts or self._is_written_so(inward, begin, end)

    def _is_kissed(self, inward: str, end: int) -> bool:
        return inward[1:] == "xx" and self._laid.typed(end - 2, end) == "xx"

    def _is_written_so(self, inward: str, begin: int, end: int) -> bool:
        """*BS3 4TH* is a code, *BS3 4th dec* a date: by the capitals, then by what follows."""
        letters = self._laid.typed(end - 2, end)
        if letters.isupper():
            return True
        if inward[1:] == "xx" or not self._laid.typed(begin, begin + 1).islower():
            return False
        return end - begin > 6 and self._after(end) not in words_of("counted")

    def _glued(self, taken: Iterable[Span]) -> Iterator[Found]:
        gone = {at for begin, end in taken for at in range(begin, end)}
        for match in _GLUED.finditer(self._laid.plain):
            begin, end = match.span("word")
            if gone.intersection(range(*self._laid.span(begin, end))):
                continue
            ways = []
            for inside in _INSIDE.finditer(self._laid.plain, begin, end):
                way = inside.span(1)
                code = mended(inside[1].replace(" ", ""), PostcodeKind.WHOLE)
                rank = code and self._glue(begin, way, end)
                if code and rank:
                    ways.append((rank, -way[0], code, way))
            if ways:
                _, _, code, way = max(ways)
                yield Found(code, True, self._laid.typed(*way), self._laid.span(begin, end))

    def _glue(self, begin: int, way: Span, end: int) -> int:
        """How sure it is that a code is written together with other words: 0, not at all."""
        before, after = self._laid.plain[begin : way[0]], self._laid.plain[way[1] : end]
        if not (before or after):
            return 0
        typed = self._laid.typed(*way)
        capital = typed[:1].isupper() and typed[-1:].isupper()
        if after and not (
            after in words_of("glued_after")
            or (capital and self._laid.typed(way[1], end).islower())
        ):
            return 0
        if not before or before.isdigit() or before in words_of("glued_before"):
            return 3
        if capital and self._laid.typed(way[0] - 1, way[0]).islower():
            return 3
        return 2 if len(before) > 2 and before.isalpha() else 0

    def _after(self, end: int) -> str:
        return self._laid.word(self._laid.span(end - 1, end)[1])


def _counts(inward: str) -> bool:
    """Whether it may count or measure something: *4th*, *6ft*; not *3th*, which nobody says."""
    if inward[1:] in ("st", "nd", "rd", "th"):
        return inward[1:] == {"1": "st", "2": "nd", "3": "rd"}.get(inward[0], "th")
    return inward[1:] in words_of("counts")


def _is_set_apart(groups: list[str], outward: str, inward: str, *, counts: bool) -> bool:
    """Whether the gaps in a code are such as people leave: not *me 10 4th*, *so l1 4aa*, nor
    *bs3 4 at a time*, *bs3 4b x*."""
    apart = groups[0].isalpha() and groups[0] != outward
    if apart and (counts or not _FIGURE.match(outward[len(groups[0]) :])):
        return False
    if groups[-1] == inward or len(groups[-1]) > 2:
        return True
    return not (counts or groups[-1] == "x" or inward[1:] in words_of("no_end"))


def mended(joined: str, kind: PostcodeKind) -> str | None:
    """A code in the written form, as it stands or with the fewest letters exchanged."""
    ways = [one.text for one in read_postcode(joined) if one.kind is kind and one.could_be]
    return min(ways, key=lambda way: _exchanged(way, joined), default=None)


def _exchanged(code: str, typed: str) -> tuple[int, int]:
    """How much of it was mended; an l for a 1 is rarer than an O for a 0."""
    pairs = list(zip(code.replace(" ", ""), typed.upper(), strict=True))
    changed = [was for now, was in pairs if now != was]
    return len(changed), changed.count("L")
