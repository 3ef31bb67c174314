"""Doors as people write them: what in a text is a number with its street, a flat, a house's name.
Which of them is meant, and in what, is a matter of ``sms.houses``.
"""

import re
from dataclasses import dataclass

from sms.layout import Laid
from sms.postcodes_said import Found
from sms.reading import Said, read
from sms.times.pieces import Span
from sms.tongues import TONGUES
from sms.where import read_postcode_in

_NUMBER = re.compile(r"[1-9]\d{0,3}[a-z]?|\d{1,4}/\d{1,4}")
_PART = re.compile(r"[a-z]?\d{1,4}[a-z]?|[a-z]")
_CLOCK = re.compile(r"[\d.:]+(am|pm)")
_STOPS = frozenset(",.;!?\n")
MOST_WORDS = 4
"""Of a street's or a building's name."""
MOST_OF_AN_ANSWER = 5
"""So many words may be a door where nothing else in them says so."""


@dataclass(frozen=True, slots=True)
class House:
    """``typed``: the door as it was written; ``span``: the words in which it stands."""

    typed: str
    span: Span


def _listed(name: str) -> frozenset[str]:
    """One list of words about doors, in every language."""
    return frozenset(
        one[0] for tongue in TONGUES.values() for one in tongue.of("houses", name) if one
    )


_LISTS = {
    name: _listed(name) for name in (
        "street_after", "street_perhaps", "street_before", "articles", "flat", "number", "named",
        "named_perhaps", "named_before", "goal", "comes_before", "no_part",
    )
}  # fmt: skip
POLITE = frozenset(one[0] for tongue in TONGUES.values() for one in tongue.of("polite", "words"))


class Doors:
    """The doors of one text; ``spot``: the postcode that counts in it."""

    def __init__(self, said: Said, spot: Found | None) -> None:
        self._said, self._laid = said, Laid(said)
        self._words = said.words
        self._spot = spot.span if spot is not None and spot.is_whole else None

    def named(self) -> House | None:
        """That of a first text."""
        for at, end in self._streets(sure=False):
            if not self._elsewhere(at, end):
                return self._house(self._from(at), self._with_flat(end))
        beside = self._beside()
        return None if beside is None else self._house(*beside)

    def answered(self) -> House | None:
        """That of an answer, which has no need to say a street."""
        for at, end in self._streets(sure=True):
            return self._house(self._from(at), self._with_flat(end))
        found = self._beside() or self._few()
        return None if found is None else self._house(*found)

    # A number with its street

    def _streets(self, *, sure: bool) -> list[Span]:
        """Every street with its number; first those whose number is not a flat's."""
        found = [
            (at, end) for at in range(len(self._words))
            if (end := self._street(at, sure=sure)) is not None
        ]  # fmt: skip
        return sorted(found, key=lambda one: self._is(one[0] - 1, "flat"))

    def _street(self, at: int, *, sure: bool) -> int | None:
        """Behind the street whose number stands there; ``sure``: it is asked for, so that *12 Park
        Way* is one whatever else it could be."""
        first = self._after_number(at)
        if first is None or self._is(first, "no_part") or self._in_spot(at):
            return None
        if self._is(first, "street_before"):
            return self._welsh(first)
        surely, perhaps = self._kinds_of_street(first)
        if surely is not None:
            return surely
        if perhaps is not None and (sure or self._reads_as_name(first, perhaps)):
            return perhaps
        return self._up_to_spot(first) if sure or self._laid.is_capital(first) else None

    def _kinds_of_street(self, first: int) -> tuple[int | None, int | None]:
        """Behind the first word that makes a name a street, and behind the first that may."""
        perhaps = None
        for nth in range(first, min(first + MOST_WORDS + 2, len(self._words))):
            if self._broken(first, nth):
                break
            if nth > first and self._is(nth, "street_after"):
                return nth + 1, perhaps
            if perhaps is None and nth > first and self._is(nth, "street_perhaps"):
                perhaps = nth + 1
            if self._ends(nth):
                break
        return None, perhaps

    def _after_number(self, at: int) -> int | None:
        """Behind a house number, or both of *12-14*."""
        if not _NUMBER.fullmatch(self._words[at]):
            return None
        tokens, after = self._said.tokens, at + 1
        if after < len(tokens) and _NUMBER.fullmatch(tokens[after].word):
            between = self._said.text[tokens[at].end : tokens[after].begin]
            after += between.strip() == "-"
        return after if after < len(tokens) else None

    def _welsh(self, first: int) -> int | None:
        """Behind *Heol y Bont*: the kind of street comes first, then a name of one word, or of
        more up to a stop or with capitals."""
        at = first + 1
        while at < len(self._words) and self._is(at, "articles"):
            at += 1
        if at >= len(self._words) or self._is(at, "no_part") or self._in_spot(at):
            return None
        while (
            at + 1 < min(first + MOST_WORDS, len(self._words)) and not self._ends(at)
            and self._laid.is_capital(at + 1) and not self._is(at + 1, "no_part")
            and not self._in_spot(at + 1)
        ):  # fmt: skip
            at += 1
        return at + 1

    def _reads_as_name(self, first: int, end: int) -> bool:
        """Whether what may be another word is a street: with capitals, or before the postcode."""
        capitals = all(self._laid.is_capital(nth) for nth in range(first, end))
        return capitals or self._up_to_spot(first) == end

    def _up_to_spot(self, first: int) -> int | None:
        """Behind a few words of a name that are followed by the postcode, whatever they are."""
        if self._spot is None or not 0 < self._spot[0] - first <= MOST_WORDS:
            return None
        inner = range(first, self._spot[0])
        return None if any(self._broken(first, nth) for nth in inner) else self._spot[0]

    def _elsewhere(self, at: int, end: int) -> bool:
        """Whether it is where they go: behind *to*, unless the postcode that counts follows it or
        somebody is to come there; or before another postcode."""
        if self._spot is not None and self._spot[0] == end:
            return False
        code = read_postcode_in(read(self._said.typed(end, min(end + 3, len(self._words) - 1))))
        if self._spot is not None and code is not None and code.is_whole:
            return True
        begin = self._from(at)
        if begin == 0 or not self._is(begin - 1, "goal"):
            return False
        return not (begin > 1 and self._is(begin - 2, "comes_before"))

    # Flats, and doors that stand beside the postcode

    def _from(self, at: int) -> int:
        """Where it begins with the flat before it, and the building of that."""
        for back in range(2, 2 + MOST_WORDS):
            begin = at - back
            if begin < 0:
                break
            if self._is(begin, "flat") and _PART.fullmatch(self._words[begin + 1]):
                return begin
            if back > 2 and self._is(begin + 1, "no_part"):
                break
        return at

    def _with_flat(self, end: int) -> int:
        """Where it ends with the flat behind it."""
        if end + 1 < len(self._words) and self._is(end, "flat"):
            return end + 2 if _PART.fullmatch(self._words[end + 1]) else end
        return end

    def _beside(self) -> Span | None:
        """A flat, a number or a house's name beside the postcode."""
        if self._spot is None:
            return None
        begin, end = self._spot
        for at in range(max(0, begin - MOST_WORDS - 2), begin - 1):
            if self._is(at, "flat") and _PART.fullmatch(self._words[at + 1]) and (
                at + 2 == begin or self._up_to_spot(at + 2) is not None
            ):  # fmt: skip
                return at, begin
        marks = self._is(end, "flat") or self._is(end, "number")
        if marks and end + 1 < len(self._words) and _PART.fullmatch(self._words[end + 1]):
            return (end if self._is(end, "flat") else end + 1), end + 2
        if begin and _NUMBER.fullmatch(self._words[begin - 1]) and self._stands_alone(begin - 1):
            return begin - 1, begin
        return self._with_a_name(begin)

    def _stands_alone(self, at: int) -> bool:
        """Whether a number before the postcode is no hour and counts nothing: a text begins with
        it, or *number* or an hour stands before it."""
        return at == 0 or self._is(at - 1, "number") or bool(_CLOCK.fullmatch(self._words[at - 1]))

    def _with_a_name(self, until: int) -> Span | None:
        """*Rose Cottage* or *Rose Cottage, Mill Lane* before the postcode."""
        for at in range(max(0, until - MOST_WORDS), until):
            street = at + 1 == until or self._is(until - 1, "street_after")
            if not street or at == 0 or any(self._broken(at, n) for n in range(at, until)):
                continue
            perhaps = self._is(at, "named_perhaps") and self._laid.is_capital(at)
            name = at - 1
            if self._is(at, "named") or (perhaps and self._laid.is_capital(name)):
                if self._is(name, "no_part") and self._words[name] != "old":
                    continue
                the = name > 0 and self._is(name - 1, "articles")
                return (name - 1 if the else name), until
        return None

    def _few(self) -> Span | None:
        """A few words that begin with a number or are a house's name, in an answer."""
        words = self._words[: self._spot[0] if self._spot else None]
        while words and words[-1] in POLITE:
            words = words[:-1]
        if not words or len(words) > MOST_OF_AN_ANSWER:
            return None
        begin = int(self._is(0, "number") and len(words) > 1)
        names = ("named", "named_perhaps", "named_before", "flat")
        numbered = bool(_NUMBER.fullmatch(words[begin]))
        named = any(self._is(nth, name) for nth in range(len(words)) for name in names)
        rest = range(begin + numbered, len(words))
        if not (numbered or named) or any(
            self._is(nth, "no_part") and self._words[nth] != "old" for nth in rest
        ):  # fmt: skip
            return None
        return begin if numbered else 0, len(words)

    # Words

    def _house(self, begin: int, end: int) -> House:
        until = None if end >= len(self._words) else end
        marked = begin > 0 and self._is(begin - 1, "number")
        return House(self._said.typed(begin, until).strip(" ,.;-"), (begin - marked, end))

    def _is(self, at: int, name: str) -> bool:
        return 0 <= at < len(self._words) and self._words[at] in _LISTS[name]

    def _in_spot(self, at: int) -> bool:
        return self._spot is not None and self._spot[0] <= at < self._spot[1]

    def _broken(self, first: int, nth: int) -> bool:
        """Whether this word is none of a name."""
        articled = nth == first and self._is(nth, "articles")
        return (
            self._in_spot(nth) or self._words[nth].isdigit()
            or (self._is(nth, "no_part") and not articled)
        )  # fmt: skip

    def _ends(self, nth: int) -> bool:
        """Whether a stop stands behind this word, so that a name goes no further."""
        tokens = self._said.tokens
        if nth + 1 >= len(tokens):
            return True
        between = self._said.text[tokens[nth].end : tokens[nth + 1].begin]
        return bool(_STOPS.intersection(between))
