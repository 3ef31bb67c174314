"""Who could serve each need of a round, whoever got them: read when somebody asks why."""

from collections.abc import Collection, Sequence

import numpy as np

from enabler.matching.policy import Id
from enabler.matching.results import Candidate, Edges


class Ranked:
    """The pairs of a round by need; nothing is made of a pair before it is asked for.

    ``needs`` and ``offers`` are the ids of the positions of ``found``, whose offers are in the
    order of their ids, so that the earlier of two equal scores has the lower id.
    """

    def __init__(self, needs: Sequence[Id], offers: Sequence[Id], found: Edges) -> None:
        self._at = {need: row for row, need in enumerate(needs)}
        self._offers, self._found = offers, found
        self._first = np.searchsorted(found.need, np.arange(len(needs) + 1))

    def best(self, need: Id, limit: int, also: Collection[Id] = ()) -> list[tuple[int, Candidate]]:
        """The best ``limit`` by score, ties by id, each with its place from 1; ``also`` these
        offers, wherever they stand.
        """
        first, last = self._rows(need)
        order = first + np.argsort(-self._found.score[first:last], kind="stable")
        ids = [self._offers[offer] for offer in self._found.offer[order].tolist()]
        return [
            (place, self._found.candidate(row, name))
            for place, (row, name) in enumerate(zip(order.tolist(), ids, strict=True), start=1)
            if place <= limit or name in also
        ]

    def admitted(self, need: Id) -> int:
        """How many no rule refused."""
        first, last = self._rows(need)
        return last - first

    def because(self, need: Id) -> dict[str, int]:
        """How many each rule refused."""
        return self._found.because(self._at[need])

    def _rows(self, need: Id) -> tuple[int, int]:
        row = self._at[need]
        return int(self._first[row]), int(self._first[row + 1])
