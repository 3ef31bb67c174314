"""A question's needs and offers as the search takes them: who is of one category and within reach.

The other rules are asked afterwards, pair by pair, so that each refusal is counted under its own
code; the search counts those of its two without looking at them.
"""

import numpy as np

from enabler.matching.arrays import Ints, Words
from enabler.matching.crossing import Pairs, Question
from enabler.matching.rows import Codes
from enabler.matching.search import ANY_REACH, Given, Grid, Wanted, search, searching_order
from enabler.matching.sides import WEEK_WORDS, typed


class Reaching:
    """The search over all offers of a question. Raises :class:`Invalid` for points so far from
    one another that 32 bits do not hold them.
    """

    CODES = ("category", "reach")

    def __init__(self, question: Question) -> None:
        self._question = question
        needs, offers, skills = question.needs, question.offers, question.skills
        self._able = np.bincount(skills.category, minlength=skills.codes)
        self._wanted = Wanted(
            **_narrow(needs, "easting", "northing", "category", "reach"),
            hours=_all_week(len(needs)),
            demands=np.zeros(len(needs), dtype=np.uint64),
            points=np.zeros(len(needs), dtype=np.int32),
        )
        self._grid = Grid.of(
            Given(
                **_narrow(offers, "easting", "northing", "reach"),
                **_narrow(skills, "category"),
                first=skills.first,
                hours=_all_week(len(offers)),
                holds=np.zeros(len(offers), dtype=np.uint64),
                points=np.zeros(len(offers), dtype=np.int32),
            )
        )

    def order(self, needs: Ints) -> Ints:
        """``needs`` (positions) so that those come together that look at the same offers."""
        return needs[searching_order(self._wanted, needs)]

    def pairs(self, needs: Ints) -> Pairs:
        """The pairs of ``needs`` (positions) of one category within both reaches, by need."""
        found = search(
            self._grid, self._wanted, nearness=0, among=needs, ordered=False, threads=1
        ).rows
        need = np.repeat(needs, np.diff(found.first))
        return Pairs(self._question, need, found.offer.astype(np.int64))

    def refused(self, needs: Ints, found: Ints) -> tuple[Ints, Ints]:
        """How many offers each rule refused to ``needs``, which have ``found`` so many pairs."""
        able = self._able[self._question.needs.category[needs]]
        return len(self._question.offers) - able, able - found


def _narrow(columns: object, *names: str) -> dict[str, Codes]:
    """Columns in 32 bits; no reach is longer than the search's longest."""
    narrow = {}
    for name in names:
        column = getattr(columns, name)
        whole = np.minimum(column, ANY_REACH) if name == "reach" else column
        narrow[name] = typed(name, whole, np.dtype(np.int32))
    return narrow


def _all_week(count: int) -> Words:
    """Hours that decide nothing: the time in common is looked at to the second, later."""
    return np.full((count, WEEK_WORDS), np.iinfo(np.uint64).max, dtype=np.uint64)
