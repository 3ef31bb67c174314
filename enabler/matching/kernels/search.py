"""The inner loops of the search: from one need through the strips around it to its best offers.

Offers are looked at once per category that they have. Those of one category and one class of
reach are a group; a group is cut into strips from south to north, and a strip's entries are
sorted by easting. So a need visits, group by group, the strips that the group's greatest reach
touches, and of each strip one contiguous run of entries, found by bisection.

What is found is held as one whole number per pair,

    key = score * 2**32 + (2**32 - 1 - offer),

so that the greatest key is the greatest score and, among equal scores, the first offer.
"""

from math import sqrt
from typing import Any

import numpy as np

from enabler.matching.arrays import Ints
from enabler.matching.kernels.compiling import allocating, kernel
from enabler.matching.kernels.ordering import Keys, keep_best, sort_descending
from enabler.matching.rows import Codes
from enabler.matching.sides import Asked
from enabler.matching.strips import Strips

LAST = 2**32 - 1


@kernel
def first_at_least(column: Codes, low: int, high: int, value: int) -> int:
    """The first place in ``low .. high`` of a sorted column that holds ``value`` or more."""
    while low < high:
        middle = (low + high) >> 1
        if column[middle] < value:
            low = middle + 1
        else:
            high = middle
    return low


@kernel
def square_apart(easting: int, northing: int, east: float, north: float) -> float:
    """Square metres between two points, as :func:`enabler.matching.distance.metres` has them."""
    dx = np.float64(easting) - east
    dy = np.float64(northing) - north
    return dx * dx + dy * dy


@kernel
def closeness(weight: int, reach: Any, metres: Any) -> Any:
    """``weight * (reach - metres) // reach``; all of it where the reach is 0. Columns or numbers.

    Nobody further away than the reach is asked about.
    """
    return weight * (reach - metres) // np.maximum(reach, 1) + weight * (reach == 0)


@kernel
def note_nearby(
    strips: Strips, asked: Asked, need: int, begin: int, end: int, near: Ints, noted: int
) -> int:
    """Note the entries of ``begin .. end`` that share an hour and may be within reach.

    Returns how many are noted then. A metre too far is let through here: the rounding is left to
    :func:`weigh`. No branch depends on an entry, so there is none to mispredict; a place known
    to be none from the end needs no look at its sign, hence ``uintp``.
    """
    first, second, third = asked.hours[need, 0], asked.hours[need, 1], asked.hours[need, 2]
    east, north = np.float64(asked.easting[need]), np.float64(asked.northing[need])
    wish = np.float64(asked.reach[need])
    for entry in range(begin, end):
        at = np.uintp(entry)
        early, middle = strips.hours[at, 0] & first, strips.hours[at, 1] & second
        shared = early | middle | (strips.hours[at, 2] & third)
        limit = min(np.float64(strips.reach[at]), wish) + 1.0
        square = square_apart(strips.easting[at], strips.northing[at], east, north)
        near[np.uintp(noted)] = entry
        noted += int((square <= limit * limit) & (shared != 0))
    return noted


@kernel
def weigh(
    strips: Strips,
    asked: Asked,
    need: int,
    nearness: int,
    near: Ints,
    noted: int,
    keys: Keys,
    low: int,
    limit: int,
    count: int,
) -> int:
    """Admit those of the noted entries that may be, and keep the best; how many are admitted now.

    Passes values, not columns, to other kernels: a column costs a count of its owners each time.
    """
    east, north = np.float64(asked.easting[need]), np.float64(asked.northing[need])
    demands, wish = asked.demands[need], int(asked.reach[need])
    points = int(asked.points[need])
    for k in range(noted):
        at = np.uintp(near[k])
        if (demands & ~strips.holds[at]) != 0:
            continue
        square = square_apart(strips.easting[at], strips.northing[at], east, north)
        metres, reach = int(np.rint(sqrt(square))), int(strips.reach[at])
        if metres <= min(reach, wish):
            score = points + int(strips.points[at]) + closeness(nearness, reach, metres)
            key = score * (LAST + 1) + (LAST - int(strips.offer[at]))
            keep_best(keys, low, limit, count, key)
            count += 1
    return count


@kernel
def search_group(
    strips: Strips,
    asked: Asked,
    need: int,
    group: int,
    nearness: int,
    near: Ints,
    keys: Keys,
    low: int,
    limit: int,
    count: int,
) -> int:
    """Search one group for one need; how many of it and the groups before are admitted."""
    reach = min(int(strips.furthest[group]), int(asked.reach[need]))
    east = int(asked.easting[need])
    north = int(asked.northing[need]) - int(strips.south[group])
    height = int(strips.height[group])
    first = int(strips.strips[group])
    highest = min((north + reach) // height, int(strips.strips[group + 1]) - first - 1)
    noted = 0
    for row in range(max((north - reach) // height, 0), highest + 1):
        gap = np.float64(max(row * height - north, north - (row + 1) * height + 1, 0))
        half = int(sqrt((reach + 1.0) * (reach + 1.0) - gap * gap)) + 1
        stop = strips.entries[first + row + 1]
        begin = first_at_least(strips.easting, strips.entries[first + row], stop, east - half)
        end = first_at_least(strips.easting, begin, stop, east + half + 1)
        while begin < end:
            if noted == len(near):
                count = weigh(strips, asked, need, nearness, near, noted, keys, low, limit, count)
                noted = 0
            stop = min(end, begin + len(near) - noted)
            noted = note_nearby(strips, asked, need, begin, stop, near, noted)
            begin = stop
    return weigh(strips, asked, need, nearness, near, noted, keys, low, limit, count)


@kernel
def search_need(
    strips: Strips,
    asked: Asked,
    need: int,
    nearness: int,
    near: Ints,
    keys: Keys,
    low: int,
    limit: int,
) -> int:
    """Put the best ``limit`` keys of one need at ``low`` on; how many offers are admitted."""
    category = asked.category[need]
    count = 0
    if 0 <= category < len(strips.groups) - 1:
        for group in range(strips.groups[category], strips.groups[category + 1]):
            if min(strips.furthest[group], int(asked.reach[need])) >= 0:
                count = search_group(
                    strips, asked, need, group, nearness, near, keys, low, limit, count
                )
    return count


@allocating
def search_needs(
    strips: Strips,
    asked: Asked,
    order: Ints,
    nearness: int,
    keep: int,
    ordered: bool,
    near: Ints,
    keys: Keys,
    held: Ints,
    admitted: Ints,
) -> int:
    """Search for the needs ``order``, one after the other, as long as ``keys`` has room.

    Puts each need's keys, best first if ``ordered``, behind those of the one before it; ``held``:
    how many.
    Returns how many needs are done: the next one found no room.
    """
    low = 0
    spare = np.empty(len(keys), dtype=np.int64)
    for at in range(len(order)):
        limit = min(keep, len(keys) - low)
        count = search_need(strips, asked, order[at], nearness, near, keys, low, limit)
        if count > limit and limit < keep:
            return at
        held[at] = min(count, limit)
        admitted[at] = count
        if ordered:
            sort_descending(keys, low, low + held[at], spare)
        low += held[at]
    return len(order)


@kernel
def lay_out(keys: Keys, order: Ints, held: Ints, first: Ints, offer: Codes, score: Codes) -> None:
    """Take the keys apart and lay each need's rows where they belong: need i from ``first[i]``."""
    at = 0
    for k in range(len(order)):
        row = first[order[k]]
        for place in range(row, row + held[k]):
            score[place] = keys[at] >> 32
            offer[place] = LAST - (keys[at] & LAST)
            at += 1
