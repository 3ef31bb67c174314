"""Offers laid out so that a need finds those around it: the index of the search.

Each offer is entered once for each of its categories. Entries of one category whose reaches are
alike are a **group**, so that a search for helpers who go one kilometre looks one kilometre far
and not ten. A group is cut into **strips** from south to north, much lower than the group's
greatest reach, whose entries are sorted by easting: of each strip that a search touches, one
contiguous run is looked at, as wide as the circle is there.
"""

from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from enabler.matching.arrays import Ints, Words, in_order
from enabler.matching.rows import Codes
from enabler.matching.sides import Given

Kind = TypeVar("Kind", bound=np.generic)

CLASSES = np.array([500 * 2**k for k in range(22)], dtype=np.int64)
"""The greatest reach of each class but the last, in metres."""

STRIPS_IN_REACH = 6
"""A strip is so many times lower than its group's greatest reach."""

ENTRIES_IN_STRIP = 8
"""A thin group has fewer strips: these hold so many entries on the average."""


_LEAST = -(2**62)
"""Further south than anything."""


class Strips(NamedTuple):
    """The entries in the order of the search; *from* columns have one row more than they count.

    By category: ``groups``, from which group. By group: ``furthest``, its greatest reach;
    ``south``, the northing at which its first strip begins; ``height`` of a strip, both in
    metres; ``strips``, from which strip. By strip: ``entries``, from which entry. By entry: the
    position of its offer, and the offer's columns.
    """

    groups: Ints
    furthest: Ints
    south: Ints
    height: Ints
    strips: Ints
    entries: Ints
    offer: Codes
    easting: Codes
    northing: Codes
    reach: Codes
    hours: Words
    holds: Words
    points: Codes


class Groups(NamedTuple):
    """How the entries are grouped, before they are sorted: ``group`` is by entry."""

    groups: Ints
    group: Ints
    furthest: Ints
    south: Ints
    height: Ints
    strips: Ints


def strips_of(given: Given) -> Strips:
    """The index over some offers: O(e log e) for e entries, and 60 bytes each."""
    offer, category = _entries(given)
    groups = _grouped(category, given.reach[offer], given.northing[offer])
    group = groups.group
    northing = given.northing[offer].astype(np.int64)
    strip = groups.strips[group] + (northing - groups.south[group]) // groups.height[group]
    west = int(given.easting.min(initial=0))
    width = int(given.easting.max(initial=0)) - west + 1
    order = in_order(strip * width + (given.easting[offer].astype(np.int64) - west))
    offer = _at(offer, order)
    return Strips(
        groups=groups.groups,
        furthest=groups.furthest,
        south=groups.south,
        height=groups.height,
        strips=groups.strips,
        entries=_from(np.bincount(strip, minlength=int(groups.strips[-1]))),
        offer=offer,
        easting=_at(given.easting, offer),
        northing=_at(given.northing, offer),
        reach=_at(given.reach, offer),
        hours=_at(given.hours, offer),
        holds=_at(given.holds, offer),
        points=_at(given.points, offer),
    )


def _entries(given: Given) -> tuple[Codes, Codes]:
    """Offer and category of each entry, each pair once."""
    offer = np.repeat(np.arange(len(given), dtype=np.int32), np.diff(given.first))
    category = given.category
    rising = (np.diff(category) > 0) | (np.diff(offer) > 0)
    if rising.all():
        return offer, category
    both = np.sort((offer.astype(np.int64) << 32) + category)  # unique would hash: ten times slower
    both = both[np.diff(both, prepend=-1) > 0]
    return (both >> 32).astype(np.int32), (both & 0xFFFFFFFF).astype(np.int32)


def _grouped(category: Codes, reach: Codes | Ints, northing: Codes | Ints) -> Groups:
    """Group the entries by category and class of reach, and cut each group into strips."""
    classes = len(CLASSES) + 1
    categories = int(category.max(initial=-1)) + 1
    kind = category.astype(np.int64) * classes + np.searchsorted(CLASSES, reach)
    size = np.bincount(kind, minlength=categories * classes)
    number = _from((size > 0).astype(np.int64))
    size, group = size[size > 0], number[kind]
    northing, reach = northing.astype(np.int64), reach.astype(np.int64)
    furthest, north, south = (np.full(len(size), least) for least in (0, _LEAST, -_LEAST))
    np.maximum.at(furthest, group, reach)  # of numbers of one type: as fast as to read them
    np.maximum.at(north, group, northing)
    np.minimum.at(south, group, northing)
    most = np.maximum(size // ENTRIES_IN_STRIP, 1)
    height = np.maximum(furthest // STRIPS_IN_REACH, (north - south) // most) + 1
    strips = _from((north - south) // height + 1)
    return Groups(number[::classes], group, furthest, south, height, strips)


def _from(count: Ints) -> Ints:
    """From which place each begins when so many of each are laid end to end; and the end."""
    first = np.zeros(len(count) + 1, dtype=np.int64)
    np.cumsum(count, out=first[1:])
    return first


def _at(column: NDArray[Kind], rows: NDArray[Any]) -> NDArray[Kind]:
    """Some rows of a column, known to be there: to look again takes three times as long."""
    return np.take(column, rows, axis=0, mode="clip")
