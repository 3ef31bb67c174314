"""The inner loops of time: when somebody is free, and how long two have in common.

A stretch is half-open, in whole seconds. Two clocks meet here. A helper's **blocks** are stretches
of the week on the place's clocks, in seconds after Monday's midnight, sorted, with a gap between
any two. A **piece** is a stretch of UTC during which those clocks stand at one offset (seconds
ahead of UTC); where one piece begins as another ends the clocks changed, and time goes on.
"""

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from enabler.matching.arrays import Ints
from enabler.matching.kernels.compiling import kernel

WEEK = 7 * 24 * 60 * 60
FIRST_MONDAY = 4 * 24 * 60 * 60
"""5 January 1970; day 0 was a Thursday."""

NEVER = -1
"""In place of seconds: not even if the helper were never away."""

Seconds: TypeAlias = Ints | list[int]
"""A column, or a list: a kernel that runs as Python reads lists faster."""

Shelf: TypeAlias = Ints | list[list[int]]

Bits: TypeAlias = NDArray[np.uint64] | list[int]


class Calendar(NamedTuple):
    """The times of needs and of offers, end to end; a column that says where has one row more.

    By need: ``pieces``, its first piece; ``duration``, the shortest stretch of use to it;
    ``asked_early``, ``asked_middle``, ``asked_late``: the hours of the week that its pieces
    touch, 56 bits each. By piece: ``opens``, ``closes``, ``ahead``. By offer: ``blocks`` and
    ``gaps``, its first block and absence; ``early``, ``middle``, ``late``: the hours that its
    blocks touch. By block: ``begins``, ``ends``. By absence: ``leaves``, ``returns``.
    """

    pieces: Seconds
    duration: Seconds
    asked_early: Bits
    asked_middle: Bits
    asked_late: Bits
    opens: Seconds
    closes: Seconds
    ahead: Seconds
    blocks: Seconds
    gaps: Seconds
    early: Bits
    middle: Bits
    late: Bits
    begins: Seconds
    ends: Seconds
    leaves: Seconds
    returns: Seconds


@kernel
def lay_free(
    opens: Seconds,
    closes: Seconds,
    ahead: Seconds,
    piece: int,
    last_piece: int,
    begins: Seconds,
    ends: Seconds,
    block: int,
    last_block: int,
    start: Seconds,
    end: Seconds,
) -> int:
    """Lay out the stretches of the pieces in which the blocks, week by week, are; how many.

    Those that touch are one: over midnight, over Sunday night, over a change of the clocks.
    """
    count = 0
    for k in range(piece, last_piece):
        low, high = opens[k] + ahead[k], closes[k] + ahead[k]
        week = low - (low - FIRST_MONDAY) % WEEK
        while week < high:
            for b in range(block, last_block):
                first, last = max(week + begins[b], low), min(week + ends[b], high)
                if first < last:
                    if count == 0 or end[count - 1] != first - ahead[k]:
                        start[count] = first - ahead[k]
                        count += 1
                    end[count - 1] = last - ahead[k]
            week += WEEK
    return count


@kernel
def lay_without(
    start: Seconds,
    end: Seconds,
    count: int,
    leaves: Seconds,
    returns: Seconds,
    gap: int,
    last_gap: int,
    left_start: Seconds,
    left_end: Seconds,
) -> int:
    """Lay out what is left of ``count`` stretches outside the gaps; how many. All are sorted."""
    left = 0
    for k in range(count):
        at = start[k]
        for g in range(gap, last_gap):
            if leaves[g] < end[k] and returns[g] > at:
                if leaves[g] > at:
                    left_start[left], left_end[left] = at, leaves[g]
                    left += 1
                at = returns[g]
        if at < end[k]:
            left_start[left], left_end[left] = at, end[k]
            left += 1
    return left


@kernel
def time_of_use(start: Seconds, end: Seconds, count: int, duration: int) -> int:
    """Seconds in those of ``count`` stretches that last ``duration`` or longer."""
    total = 0
    for k in range(count):
        if end[k] - start[k] >= duration:
            total += end[k] - start[k]
    return total


@kernel
def common_time(
    calendar: Calendar, need: Seconds, offer: Seconds, shelf: Shelf, found: Seconds
) -> None:
    """Seconds that each pair could use, or :data:`NEVER`; ``shelf``, four columns, has room for
    the stretches of a pair.

    Whoever shares no hour of the week is left alone: that takes three operations, not fifty.
    """
    c = calendar
    start, end, left_start, left_end = shelf[0], shelf[1], shelf[2], shelf[3]
    for row in range(len(need)):
        i, j = need[row], offer[row]
        found[row] = NEVER
        shared = (
            (c.asked_early[i] & c.early[j])
            | (c.asked_middle[i] & c.middle[j])
            | (c.asked_late[i] & c.late[j])
        )
        if shared == 0:
            continue
        count = lay_free(
            c.opens, c.closes, c.ahead, c.pieces[i], c.pieces[i + 1],
            c.begins, c.ends, c.blocks[j], c.blocks[j + 1], start, end,
        )  # fmt: skip
        total = time_of_use(start, end, count, c.duration[i])
        if total > 0:
            found[row] = total
            if c.gaps[j] < c.gaps[j + 1]:
                left = lay_without(
                    start, end, count,
                    c.leaves, c.returns, c.gaps[j], c.gaps[j + 1], left_start, left_end,
                )  # fmt: skip
                found[row] = time_of_use(left_start, left_end, left, c.duration[i])
