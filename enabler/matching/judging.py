"""All needs against all offers: who is near, whom a rule refuses, what the others score.

Needs are judged some at a time, so that what is looked at stays in the caches and memory follows
what is found. Many needs and offers (:data:`enabler.matching.crossing.MANY`) start from the
search for category and reach, and share the work among threads; few are crossed with one another
and asked these two rules like any other. Which way is taken changes nothing in the answer.

With p pairs of one category within reach, the cost is that of the search plus O(p).
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import ArrayLike

from enabler.domain.errors import Invalid
from enabler.matching.arrays import Flags, Ints, spread
from enabler.matching.crossing import Pairs, Question
from enabler.matching.needs_and_offers import Need, Offer
from enabler.matching.policy import Policy
from enabler.matching.reaching import Reaching
from enabler.matching.results import Edges
from enabler.matching.rules import rules_of
from enabler.matching.scores import scores_of
from enabler.matching.search import cores

SOME = 128
"""Needs judged in one go where the search has left few offers for each."""

CROSSED = 250_000
"""Pairs judged in one go where needs and offers are simply crossed."""


@dataclass(frozen=True)
class Part:
    """Some needs, by position, rising; ``slot``: by position, its place among them."""

    needs: Ints
    slot: Ints

    def count(self, need: Ints) -> Ints:
        """How many rows each of them has in a column of positions."""
        return np.bincount(self.slot[need], minlength=len(self.needs))


@dataclass(frozen=True)
class Judged:
    """The pairs that are let through for a part, by need, then offer, with their scores."""

    part: Part
    admitted: Ints
    pairs: Pairs
    score: Ints


class Judge:
    """Needs and offers read once, to be judged as a whole or some needs again.

    ``many``: whether machine code pays; None: their number decides.
    """

    def __init__(
        self,
        needs: Sequence[Need],
        offers: Sequence[Offer],
        policy: Policy,
        now: datetime | None = None,
        *,
        many: bool | None = None,
    ) -> None:
        self.question = Question.of(needs, offers, policy, now, many=many)
        self._rules = rules_of(self.question)
        self._reaching = Reaching(self.question) if self.question.many else None

    def edges(self, *, among: ArrayLike | None = None, keep: int | None = None) -> Edges:
        """The pairs of the needs at positions ``among``, or of all; the best ``keep`` of each.

        Raises :class:`Invalid` for positions that there are not, and for a negative ``keep``.
        """
        if keep is not None and keep < 0:
            raise Invalid("keep", "out_of_range", low=0, high=None)
        named = self._named(among)
        refused = {code: np.zeros(len(self.question.needs), np.int64) for code in self._rules}
        held = self.question.needs.held[named]
        refused["held"][named[held]] = len(self.question.offers)
        parts = self._parts(named[~held])
        if self._reaching and len(parts) > 1:
            with ThreadPoolExecutor(cores()) as pool:
                judged = list(pool.map(lambda part: self._judged(part, refused, keep), parts))
        else:
            judged = [self._judged(part, refused, keep) for part in parts]
        return _joined(self.question, judged, refused)

    def _named(self, among: ArrayLike | None) -> Ints:
        """The positions, rising, each once."""
        count = len(self.question.needs)
        if among is None:
            return np.arange(count, dtype=np.int64)
        named = np.unique(np.asarray(among, dtype=np.int64))
        if len(named) and not 0 <= named[0] <= named[-1] < count:
            raise Invalid("among", "out_of_range", low=0, high=count - 1)
        return named

    def _parts(self, named: Ints) -> list[Part]:
        """The needs, those close together in one part where that helps the search."""
        if self._reaching:
            size, named = SOME, self._reaching.order(named)
        else:
            size = max(1, CROSSED // max(1, len(self.question.offers)))
        slot = np.empty(len(self.question.needs), dtype=np.int64)
        parts = []
        for at in range(0, len(named), size):
            needs = np.sort(named[at : at + size])
            slot[needs] = np.arange(len(needs))
            parts.append(Part(needs, slot))
        return parts

    def _judged(self, part: Part, refused: dict[str, Ints], keep: int | None) -> Judged:
        """Ask every rule about the pairs of a part, in order, and score who is left."""
        if self._reaching:
            pairs = self._reaching.pairs(part.needs)
            counts = self._reaching.refused(part.needs, part.count(pairs.need))
            asked = dict(zip(Reaching.CODES, counts, strict=True))
        else:
            pairs, asked = self._crossed(part), {}
        for code, rule in self._rules.items():
            if code not in asked:
                refuses = rule(pairs)
                asked[code] = part.count(pairs.need[refuses])
                pairs = pairs.where(~refuses)
            refused[code][part.needs] = asked[code]
        pairs = pairs.at(
            np.argsort(part.slot[pairs.need] * len(self.question.offers) + pairs.offer)
        )
        admitted = part.count(pairs.need)
        score = scores_of(pairs)
        if keep is not None and (admitted > keep).any():
            best = _best(pairs.need, score, keep, admitted)
            pairs, score = pairs.where(best), score[best]
        return Judged(part, admitted, pairs, score)

    def _crossed(self, part: Part) -> Pairs:
        """Each need with each offer."""
        offers = np.arange(len(self.question.offers), dtype=np.int64)
        need = np.repeat(part.needs, len(offers))
        return Pairs(self.question, need, np.tile(offers, len(part.needs)))


def _best(need: Ints, score: Ints, keep: int, count: Ints) -> Flags:
    """Which pairs are among the best ``keep`` of their need; pairs come by need, then offer."""
    order = np.lexsort((-score, need))
    rank = np.arange(len(need)) - np.repeat(np.cumsum(count) - count, count)
    best = np.empty(len(need), dtype=np.bool_)
    best[order] = rank < keep
    return best


def _joined(question: Question, judged: list[Judged], refused: dict[str, Ints]) -> Edges:
    """All parts as one answer, by need; each is let go as soon as it is in its place."""
    admitted = np.zeros(len(question.needs), dtype=np.int64)
    held = np.zeros_like(admitted)
    for one in judged:
        admitted[one.part.needs] = one.admitted
        held[one.part.needs] = one.part.count(one.pairs.need)
    first = np.cumsum(held) - held
    columns = np.empty((5, int(held.sum())), dtype=np.int64)
    while judged:
        one = judged.pop()
        pairs, needs = one.pairs, one.part.needs
        _, at = spread(first[needs], held[needs])
        for column, found in zip(
            columns, (pairs.need, pairs.offer, pairs.metres, pairs.usable, one.score), strict=True
        ):
            column[at] = found
    return Edges(Pairs.known(question, *columns[:4]), columns[4], admitted, refused)
