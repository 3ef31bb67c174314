"""What the search is told of needs and of offers: columns, no objects.

Points are whole metres on the National Grid (EPSG:27700). The week has 168 hours on the place's
clocks, as three words of 56 bits. All bits mean what whoever fills them in wants them to mean,
as long as both sides agree.
"""

from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from enabler.domain.errors import Invalid
from enabler.matching.arrays import Ints, Words
from enabler.matching.numbering import along_the_map
from enabler.matching.rows import Codes

ANY_REACH = 2**31 - 1
"""The reach of an asker who does not mind how far a helper lives."""

WEEK_WORDS = 3


class Asked(NamedTuple):
    """The columns of :class:`Wanted`, bare."""

    easting: Codes
    northing: Codes
    category: Codes
    reach: Codes
    hours: Words
    demands: Words
    points: Codes


@dataclass(frozen=True)
class Wanted:
    """One row per need.

    ``category``: codes from 0. ``reach``: metres, :data:`ANY_REACH` where the asker has no wish.
    ``hours``, shape (needs, 3): in which hours of the week it could be. ``demands``: bits that
    the offer must all hold. ``points``: what every pair of this need scores besides.

    Raises :class:`Invalid` where the columns do not fit together or do not hold their numbers.
    """

    easting: Codes
    northing: Codes
    category: Codes
    reach: Codes
    hours: Words
    demands: Words
    points: Codes

    def __post_init__(self) -> None:
        _read(self, len(self.easting), {})

    def __len__(self) -> int:
        return len(self.easting)

    @cached_property
    def asked(self) -> Asked:
        """The columns as the kernels take them."""
        return Asked(*(getattr(self, name) for name in Asked._fields))

    @cached_property
    def span(self) -> tuple[int, int]:
        """The least and the most points."""
        return span_of(self.points)

    @property
    def along(self) -> Ints:
        """A number per need, close where needs are."""
        return along_the_map(self.easting, self.northing)


@dataclass(frozen=True)
class Given:
    """One row per offer, and its categories.

    Like :class:`Wanted`; ``reach``: how far the helper goes; ``holds``: bits that demands are met
    with. The offer's categories are ``category[first[j]] .. category[first[j + 1]]``; one that is
    there twice counts once.
    """

    easting: Codes
    northing: Codes
    reach: Codes
    hours: Words
    holds: Words
    points: Codes
    first: Ints
    category: Codes

    def __post_init__(self) -> None:
        lengths = {"first": len(self.easting) + 1, "category": len(self.category)}
        _read(self, len(self.easting), lengths)
        ends = self.first
        if ends[0] != 0 or ends[-1] != len(self.category) or (np.diff(ends) < 0).any():
            raise Invalid("first", "out_of_range", low=0, high=len(self.category))
        if len(self.category) and self.category.min() < 0:
            raise Invalid("category", "out_of_range", low=0, high=None)

    def __len__(self) -> int:
        return len(self.easting)

    @property
    def along(self) -> Ints:
        """A number per offer, close where offers are."""
        return along_the_map(self.easting, self.northing)


_BITS = ("hours", "demands", "holds")


def _read(side: Any, rows: int, lengths: dict[str, int]) -> None:
    """Hold every column to its shape, and give it its type where that loses nothing."""
    for field in fields(side):
        name = field.name
        column = np.asarray(getattr(side, name))
        length = lengths.get(name, rows)
        if column.shape != ((length, WEEK_WORDS) if name == "hours" else (length,)):
            raise Invalid(name, "lengths_differ")
        kind = np.uint64 if name in _BITS else np.int64 if name == "first" else np.int32
        object.__setattr__(side, name, typed(name, column, np.dtype(kind)))


def typed(name: str, column: NDArray[Any], kind: np.dtype[Any]) -> Any:
    """A column of whole numbers as one of ``kind``; raises :class:`Invalid` if that loses any."""
    if column.size and column.dtype != kind:
        if column.dtype.kind not in "iu":
            raise Invalid(name, "not_whole")
        low, high = np.iinfo(kind).min, np.iinfo(kind).max
        if int(column.min()) < low or int(column.max()) > high:
            raise Invalid(name, "out_of_range", low=int(low), high=int(high))
    return np.ascontiguousarray(column, dtype=kind)


def span_of(points: Codes) -> tuple[int, int]:
    """The least and the most of a column; (0, 0) of none."""
    return (int(points.min()), int(points.max())) if len(points) else (0, 0)
