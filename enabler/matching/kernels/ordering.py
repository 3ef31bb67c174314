"""The best few of many, and many in order: keys are whole numbers, the greatest first."""

import numpy as np
from numpy.typing import NDArray

from enabler.matching.kernels.compiling import kernel

Keys = NDArray[np.int64]

SHORT = 16
"""Runs of so many keys are sorted by insertion before they are merged."""


@kernel
def sink(keys: Keys, low: int, high: int, at: int) -> None:
    """Let the key at place ``at`` of the heap ``low .. high`` sink until none below is smaller.

    The heap's least key is at ``low``; place p has p * 2 + 1 and p * 2 + 2 below it.
    """
    key = keys[low + at]
    size = high - low
    below = 2 * at + 1
    while below < size:
        if below + 1 < size and keys[low + below + 1] < keys[low + below]:
            below += 1
        if key <= keys[low + below]:
            break
        keys[low + at] = keys[low + below]
        at = below
        below = 2 * at + 1
    keys[low + at] = key


@kernel
def keep_best(keys: Keys, low: int, limit: int, held: int, key: int) -> None:
    """Take ``key`` among the best ``limit`` keys from ``low`` on, where ``held`` came before it.

    Keys are only put down until the places are full; from then on they are a heap, whose least
    gives way. A key costs O(1), or O(log limit) when it is among the best so far.
    """
    if held < limit:
        keys[low + held] = key
        if held == limit - 1:
            for at in range(limit // 2 - 1, -1, -1):
                sink(keys, low, low + limit, at)
    elif limit > 0 and key > keys[low]:
        keys[low] = key
        sink(keys, low, low + limit, 0)


@kernel
def insert_in_order(keys: Keys, low: int, high: int) -> None:
    """Sort the few keys ``low .. high``, greatest first."""
    for k in range(low + 1, high):
        key = keys[k]
        at = k
        while at > low and keys[at - 1] < key:
            keys[at] = keys[at - 1]
            at -= 1
        keys[at] = key


@kernel
def merge_runs(keys: Keys, low: int, middle: int, high: int, spare: Keys) -> None:
    """Make one of the sorted runs ``low .. middle`` and ``middle .. high``."""
    if middle >= high or keys[middle - 1] >= keys[middle]:
        return
    left = middle - low
    for k in range(left):
        spare[k] = keys[low + k]
    one, other, at = 0, middle, low
    while one < left:
        if other < high and keys[other] > spare[one]:
            keys[at] = keys[other]
            other += 1
        else:
            keys[at] = spare[one]
            one += 1
        at += 1


@kernel
def sort_descending(keys: Keys, low: int, high: int, spare: Keys) -> None:
    """Sort the keys ``low .. high``, greatest first, by merging from the bottom: O(k log k).

    ``spare`` has room for as many.
    """
    for start in range(low, high, SHORT):
        insert_in_order(keys, start, min(start + SHORT, high))
    width = SHORT
    while width < high - low:
        for start in range(low, high - width, 2 * width):
            merge_runs(keys, start, start + width, min(start + 2 * width, high), spare)
        width *= 2
