"""Outward codes that stand alone in a text (``BS3``), and what is left of a code (``BS3 4??``).

Much that has the form of one is another thing: a road, an answer, a bulb, slang. The shorter it
is, the more the words around must say that it is a place.
"""

import re
from collections.abc import Iterable, Iterator

from enabler.domain.postcodes import PostcodeKind, area_of
from sms.layout import Laid
from sms.postcodes_said import Found, mended, words_of
from sms.times.pieces import Span

_PART = re.compile(
    r"(?<![a-z0-9'.:/])(?P<glued>[a-z]*?)(?P<out>[a-z]{1,2}[0-9][0-9a-z]?|[a-z]{2}[0-9oil]{2})"
    r"(?P<end>|\d[a-z]?|x{2,4}|ish|'?s)(?![a-z0-9'])"
)
_APART = re.compile(r"(?<![a-z0-9'.:/])([a-z]{2}) ([1-9]\d?)(?![a-z0-9'.:/])")
_SECTOR = re.compile(r"\d(?:[a-z]{0,2}|x+)|\?+|x{2,}")
_FIGURE = re.compile(r"\d")
_SUM = re.compile(r"[,.]\d")
_NO_LETTERED = re.compile(r"[^enw]\d[a-z]")
"""Of the areas of one letter only those three have codes such as W1A: *b2b* is none."""
_STOPS = (*".,;!?-:/", "")
_SENTENCE = 5
"""Fewer words may be an answer to a question of ours: *yes to E2*."""
_ANSWERS = ("b1", "b2", "b3", "b4")
"""What is said to the second question of ours that is open, sooner than of Birmingham."""


class Outwards:
    """The outward codes that stand alone in a text."""

    def __init__(self, laid: Laid) -> None:
        self._laid = laid

    def found(self, taken: Iterable[Span]) -> list[Found]:
        """Every outward code that stands alone, outside the words that are taken."""
        gone = {at for begin, end in taken for at in range(begin, end)}
        found = [*self._solid_parts(), *self._parts_apart()]
        return sorted(
            (one for one in found if not gone.intersection(range(*one.span))),
            key=lambda one: one.span,
        )

    def _solid_parts(self) -> Iterator[Found]:
        for match in _PART.finditer(self._laid.plain):
            begin, end = match.span("out")
            code = self._outward(match["out"], match["end"])
            if code is None or not self._is_free(match["glued"], begin):
                continue
            at = self._laid.span(begin, end)[0]
            if not (self._is_written(match["out"], code, begin) and self._is_place(at, code)):
                continue
            after, until = (match.end("end"), at + 1)
            if not match["end"] or match["end"] in ("ish", "s", "'s"):
                after, until = self._sector(at + 1, end)
            yield Found(code, False, self._laid.typed(begin, after), (at, until))

    def _outward(self, typed: str, rest: str) -> str | None:
        """The code, unless what stands beside it in the same word shows that it is none."""
        if not _FIGURE.search(typed) or _NO_LETTERED.fullmatch(typed):
            return None
        if rest[:1].isdigit() and (not rest[1:] or not typed[-1].isdigit()):
            return None
        return mended(typed, PostcodeKind.OUTWARD)

    def _is_free(self, glued: str, begin: int) -> bool:
        if not glued:
            return True
        capital = self._laid.typed(begin - 1, begin + 2)
        return glued in words_of("glued_before") or (
            capital[0].islower() and (capital[1:].isupper() or capital[2].isdigit())
        )  # fmt: skip

    def _is_written(self, typed: str, code: str, begin: int) -> bool:
        """Not mended out of a word (*ni8*), nor the beginning of a sum (*RM34,000*)."""
        if code.lower() != typed:
            area = area_of(code)
            if len(area) < 2 or not self._laid.typed(begin, begin + 2).isupper():
                return False
        token = self._laid.said.tokens[self._laid.span(begin, begin + 1)[0]]
        return _SUM.match(self._laid.said.text, token.end) is None

    def _is_place(self, at: int, code: str) -> bool:
        """Whether what has the form of an outward code is there for a place."""
        before, after, small = self._laid.word(at - 1), self._laid.word(at + 1), code.lower()
        if after in words_of("place_after"):
            return True
        alone = len(area_of(code)) == 1
        if after in words_of("thing_after") or (
            before in words_of("thing_before") and (alone or len(before) > 3)
        ):
            return False
        if small in words_of("no_code"):
            return self._is_beside(at) and self._laid.is_capital(at)
        if len(code) > 2:
            return self._laid.is_capital(at) or not (
                small in words_of("look_alike") or (alone and after in words_of("counted"))
            )
        return self._is_beside(at) or self._ends_a_sentence(at)

    def _is_beside(self, at: int) -> bool:
        """*in G3*, *close to G3*."""
        before = self._laid.word(at - 1)
        return before in words_of("place_before") or (
            before in words_of("beside_before") and self._laid.word(at - 2) in words_of("beside")
        )  # fmt: skip

    def _ends_a_sentence(self, at: int) -> bool:
        """Two characters say a place where they end a sentence of some length, with a name or a
        stop before them (*Salford M6*, *for an hour. N4*), or where a sector follows (*E6 1*)."""
        sayable = self._laid.is_capital(at) and self._laid.word(at) not in _ANSWERS
        if at == 0 or not sayable or len(self._laid.said.words) < _SENTENCE:
            return False
        last = at + 1 if re.fullmatch(r"\d", self._laid.word(at + 1)) else at
        token = self._laid.said.tokens[at]
        if self._laid.said.text[self._laid.said.tokens[last].end :].lstrip(" ")[:1] not in _STOPS:
            return False
        name = at > 1 and self._laid.is_capital(at - 1) and len(self._laid.word(at - 1)) > 2
        stop = self._laid.said.text[: token.begin].rstrip(" ")[-1:] in _STOPS
        return last > at or name or stop

    def _sector(self, at: int, end: int) -> tuple[int, int]:
        """Where the words of a code end of which more was typed: ``BS7 9``, ``BS3 ???``."""
        words = self._laid.said.words
        if (
            at < len(words)
            and _SECTOR.fullmatch(words[at])
            and words[at][1:] not in words_of("counts")
        ):
            return self._laid.starts[at] + len(words[at]), at + 1
        return end, at

    def _parts_apart(self) -> Iterator[Found]:
        """``bs 3``: two letters that are no word of their own, and a figure."""
        for match in _APART.finditer(self._laid.plain):
            code = mended(match[1] + match[2], PostcodeKind.OUTWARD)
            capitals = self._laid.typed(match.start(), match.start() + 2).isupper()
            between = self._laid.typed(match.end(1) - 1, match.start(2) + 1)[1:-1]
            if code is None or not between.isspace():
                continue
            if match[1] in words_of("no_area") and not capitals:
                continue
            if capitals and match[1] in words_of("no_area") and self._laid.said.text.isupper():
                continue
            at = self._laid.span(match.start(), match.end())[0]
            if self._laid.word(at + 2) in words_of("thing_after"):
                continue
            after, until = self._sector(at + 2, match.end())
            yield Found(code, False, self._laid.typed(match.start(), after), (at, until))
