"""What somebody's earlier asks say at the moment of a further one, and nothing that came later."""

from dataclasses import dataclass

import numpy as np

from enabler.matching.arrays import Flags, Floats, Ints
from enabler.matching.ask_columns import AskedColumns, GiverColumns
from enabler.matching.own_rates import HALF_LIFE_DAYS

DAY = 86_400.0


@dataclass(frozen=True)
class Memory:
    """What was known of givers at some moments, but for what their silences are worth.

    ``done``: rows of the past by giver and by when their outcome was known; ``turns``: rows of
    ``done`` that are somebody's second, third, … ; ``last``: of each moment the last of ``done``
    before it, or -1.
    """

    done: Ints
    yes: Flags
    made: Ints
    settled: Ints
    turns: tuple[Ints, ...]
    last: Ints
    at: Ints
    days_since_yes: Floats
    days_since_ask: Floats

    @classmethod
    def of(cls, asked: AskedColumns, giver: Ints, at: Ints) -> "Memory":
        """Of each ``giver`` just before the moment ``at`` (seconds since 1970).

        Outcomes count from when they were known, asks from when they were made, and nothing of the
        same second: an ask never tells of itself. Time: O(n log n).
        """
        done = np.lexsort((asked.asked_at, asked.settled_at, asked.giver))
        said = done[asked.yes[done]]
        asks = np.lexsort((asked.asked_at, asked.giver))
        settled = asked.settled_at[done]
        return cls(
            done,
            asked.yes[done],
            asked.asked_at[done],
            settled,
            _turns(asked.giver[done]),
            _last_before(asked.giver[done], settled, giver, at),
            at,
            _days(asked.giver[said], asked.settled_at[said], giver, at),
            _days(asked.giver[asks], asked.asked_at[asks], giver, at),
        )

    def givers(self, silence: Floats) -> GiverColumns:
        """With ``silence``, which part of a no each row of the past is (1 of a no)."""
        yes = self._as_of(self.yes.astype(float))
        asks = self._as_of(np.where(self.yes, 1.0, silence[self.done]))
        return GiverColumns(yes, np.maximum(yes, asks), self.days_since_yes, self.days_since_ask)

    def _as_of(self, counts: Floats) -> Floats:
        """The sums of counts, each halved every sixty days since its ask, at each moment.

        From row to row, not as differences of one long sum: nothing is lost over the years.
        """
        if not len(counts):
            return np.zeros(len(self.at))
        sums = counts * _halved(self.settled - self.made)
        for rows in self.turns:
            sums[rows] += sums[rows - 1] * _halved(self.settled[rows] - self.settled[rows - 1])
        return np.where(
            self.last < 0, 0.0, sums[self.last] * _halved(self.at - self.settled[self.last])
        )


def _halved(seconds: Ints) -> Floats:
    return np.exp2(-seconds / (DAY * HALF_LIFE_DAYS))


def _turns(giver: Ints) -> tuple[Ints, ...]:
    """The rows that are each giver's second, all third, …; rows by giver."""
    if not len(giver):
        return ()
    turn = np.arange(len(giver)) - np.searchsorted(giver, giver, side="left")
    return tuple(np.split(np.argsort(turn, kind="stable"), np.cumsum(np.bincount(turn)))[1:-1])


def _last_before(of: Ints, when: Ints, giver: Ints, at: Ints) -> Ints:
    """The last row of each giver before ``at``, or -1; rows by giver, then time."""
    if not len(of):
        return np.full(len(giver), -1, np.int64)
    first = min(int(when.min()), int(at.min(initial=when.min())))
    span = max(int(when.max()), int(at.max(initial=when.max()))) - first + 1
    people = np.unique(of)
    who = np.searchsorted(people, giver)
    known = people[np.minimum(who, len(people) - 1)] == giver
    sought = who * span + (at - first)
    last = np.searchsorted(np.searchsorted(people, of) * span + (when - first), sought) - 1
    return np.where(known & (last >= 0) & (of[np.maximum(last, 0)] == giver), last, -1)


def _days(of: Ints, when: Ints, giver: Ints, at: Ints) -> Floats:
    """Days from each giver's last row before ``at``; NaN where there is none."""
    if not len(of):
        return np.full(len(giver), np.nan)
    last = _last_before(of, when, giver, at)
    return np.where(last < 0, np.nan, (at - when[last]) / DAY)
