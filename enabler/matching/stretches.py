"""Stretches of time of many people, as columns.

A stretch is half-open, ``start .. end``, in whole seconds: of UTC since 1970, or, for what comes
back every week, on the place's clocks since Monday's midnight.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

import numpy as np

from enabler.matching.arrays import Flags, Ints, Words
from enabler.matching.kernels.stretches import WEEK
from enabler.matching.needs_and_offers import Span, WeeklyBlock

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR
HOURS_IN_WORD = 56
"""The 168 hours of a week are three words of bits."""

ALWAYS: tuple[WeeklyBlock, ...] = ((0, 0, WEEK // MINUTE),)
"""The whole week as one block."""


@dataclass(frozen=True)
class Stretches:
    """Stretches of several people, end to end: those of person k are ``first[k] .. first[k + 1]``.

    Those of one person are sorted, with a gap between any two.
    """

    first: Ints
    start: Ints
    end: Ints

    @classmethod
    def joined(cls, people: int, owner: Ints, start: Ints, end: Ints) -> "Stretches":
        """The union of what each owner (rising) has: what overlaps or touches is joined.

        Empty ones count for nothing. Time: that of sorting.
        """
        some = start < end
        if not some.all():
            owner, start, end = owner[some], start[some], end[some]
        if not len(start):
            return cls(np.zeros(people + 1, dtype=np.int64), start, end)
        low = int(start.min())
        breadth = int(end.max()) - low + 2
        start, end = owner * breadth + start - low, owner * breadth + end - low
        if (np.diff(start) < 0).any():
            order = np.argsort(start, kind="stable")
            owner, start, end = owner[order], start[order], end[order]
        until = np.maximum.accumulate(end)
        new = np.ones(len(start), dtype=np.bool_)
        new[1:] = start[1:] > until[:-1]
        last = np.append(new[1:], True)
        shift = owner[new] * breadth - low
        first = np.searchsorted(owner[new], np.arange(people + 1))
        return cls(first, start[new] - shift, until[last] - shift)

    def since(self, low: int) -> "Stretches":
        """What is left from ``low`` on."""
        start = np.maximum(self.start, low)
        return self._where(start < self.end, start)

    def _where(self, keep: Flags, start: Ints) -> "Stretches":
        before = np.concatenate([[0], np.cumsum(keep)])
        return Stretches(before[self.first], start[keep], self.end[keep])

    def owner(self) -> Ints:
        """Whose each stretch is."""
        return np.repeat(np.arange(len(self.first) - 1, dtype=np.int64), np.diff(self.first))

    def total(self) -> Ints:
        """Seconds that each person has."""
        before = np.concatenate([[0], np.cumsum(self.end - self.start)])
        return np.diff(before[self.first])

    def hours(self) -> tuple[Words, Words, Words]:
        """The hours of the week that each person's stretches, on local clocks, touch."""
        length = np.minimum(self.end - self.start, WEEK)
        start = self.start % WEEK
        first, last = start // HOUR, (start + length - 1) // HOUR
        words = [
            _bits(first, last, word) | _bits(first - WEEK // HOUR, last - WEEK // HOUR, word)
            for word in range(3)
        ]
        early, middle, late = (_any(bits, self.first) for bits in words)
        return early, middle, late


def _bits(first: Ints, last: Ints, word: int) -> Words:
    """The bits ``first .. last`` of the week, both included, that lie in one word."""
    low = np.maximum(first - word * HOURS_IN_WORD, 0)
    high = np.minimum(last - word * HOURS_IN_WORD, HOURS_IN_WORD - 1)
    count = np.maximum(high - low + 1, 0).astype(np.uint64)
    low = np.minimum(low, HOURS_IN_WORD).astype(np.uint64)
    return ((np.uint64(1) << count) - np.uint64(1)) << low


def _any(bits: Words, first: Ints) -> Words:
    """The bits of each person's rows together; none for who has no row."""
    found = np.zeros(len(first) - 1, dtype=np.uint64)
    some = first[:-1] < first[1:]
    if some.any():
        found[some] = np.bitwise_or.reduceat(bits, first[:-1][some])
    return found


def seconds_of(moment: datetime) -> int:
    """The moment in whole seconds of UTC, fractions dropped."""
    return int(moment.timestamp() // 1)


def blocks_of(weeklies: Iterable[Sequence[WeeklyBlock] | None]) -> Stretches:
    """The weekly blocks of several people in seconds of the week; None is always."""
    known = [ALWAYS if weekly is None else weekly for weekly in weeklies]
    count = np.fromiter(map(len, known), dtype=np.int64, count=len(known))
    rows = chain.from_iterable(chain.from_iterable(known))
    weekday, opens, closes = np.fromiter(rows, dtype=np.int64).reshape(-1, 3).T
    owner = np.repeat(np.arange(len(known), dtype=np.int64), count)
    day = weekday * DAY
    return Stretches.joined(len(known), owner, day + opens * MINUTE, day + closes * MINUTE)


def spans_of(spans: Sequence[Sequence[Span]]) -> Stretches:
    """The spans of several people in whole seconds of UTC, fractions dropped."""
    count = np.fromiter(map(len, spans), dtype=np.int64, count=len(spans))
    moments = chain.from_iterable(chain.from_iterable(spans))
    start, end = np.fromiter(map(seconds_of, moments), dtype=np.int64).reshape(-1, 2).T
    owner = np.repeat(np.arange(len(spans), dtype=np.int64), count)
    return Stretches.joined(len(spans), owner, start, end)
