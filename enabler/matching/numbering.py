"""Numbers along the map, so that what is near in a place is near in the computer's memory.

A search from one need looks at offers around it, and at the needs that these serve. Numbered as
they came, each lies on a page of memory of its own; numbered along the map, they share a few. At a
region's size a scarce market is filled in three fifths of the time, and more is saved beyond.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from enabler.matching.arrays import Ints, in_order, spread
from enabler.matching.rows import Codes, Rows
from enabler.matching.solving import Choice

STEP = 1024
"""Metres of a square within which the order does not matter."""

POSITION_BITS = 31
"""Room for a position beside another."""

_HALVES = ((16, 0x0000FFFF0000FFFF), (8, 0x00FF00FF00FF00FF), (4, 0x0F0F0F0F0F0F0F0F),
           (2, 0x3333333333333333), (1, 0x5555555555555555))  # fmt: skip


def along_the_map(easting: Codes, northing: Codes) -> Ints:
    """A number for each point, close where points are: Morton's order (G. M. Morton, *A computer
    oriented geodetic data base*, IBM 1966): the bits of the square's column and row in turn.
    """
    column, row = (_apart(axis) for axis in (easting, northing))
    return (column | row << np.uint64(1)).view(np.int64)


def _apart(axis: Codes) -> Any:
    """The squares' numbers on one axis, a gap after each bit."""
    low = int(axis.min(initial=0))
    bits = ((axis.astype(np.int64) - low) // STEP).astype(np.uint64)
    for shift, mask in _HALVES:
        bits = (bits | bits << np.uint64(shift)) & np.uint64(mask)
    return bits


@dataclass(frozen=True)
class Numbering:
    """``need[k]``, ``offer[k]``: the position of what has number k along the map."""

    need: Ints
    offer: Ints

    @classmethod
    def of(cls, needs: Ints, offers: Ints) -> "Numbering":
        """From the places along the map of needs and offers, by position; ties by position."""
        return cls(in_order(needs), in_order(offers))

    @property
    def number_of_offer(self) -> Codes:
        """The number of each offer, by position."""
        number = np.empty(len(self.offer), dtype=np.int32)
        number[self.offer] = np.arange(len(self.offer), dtype=np.int32)
        return number

    def rows_by_position(self, market: Any) -> Rows:
        """A market's rows by position; ties within a need stay as they are."""
        begin, end, offer, score = (
            np.asarray(column, dtype=np.int64)  # lists may be empty
            for column in (market.begin, market.end, market.offer, market.score)
        )
        start, count = np.empty_like(begin), np.empty_like(begin)
        start[self.need], count[self.need] = begin, end - begin
        at = spread(start, count)[1]
        first = np.concatenate([[0], np.cumsum(count)]).astype(np.int64)
        return Rows(first, self.offer[offer[at]].astype(np.int32), score[at].astype(np.int32))

    def choice_by_position(self, choice: Choice) -> Choice:
        """A choice by number as one by position; its ``row`` stays the market's."""
        need, offer = self.need[choice.need], self.offer[choice.offer]
        order = np.argsort((need << POSITION_BITS) + offer)
        prices: dict[str, Any] = {}
        for name, numbers in (
            ("need_price", self.need), ("worth", self.need), ("offer_price", self.offer)
        ):  # fmt: skip
            prices[name] = np.empty_like(getattr(choice, name))
            prices[name][numbers] = getattr(choice, name)
        return replace(
            choice, row=choice.row[order], need=need[order], offer=offer[order],
            score=choice.score[order], **prices,
        )  # fmt: skip
