"""How far an offer goes, as boxes that the database can search: a box for each kind of help.

Each category is **a sheet of its own**: its boxes lie so far east of the last category's that none
of them ever meet. One spatial index, which knows nothing but boxes, finds by it the offers of a
category around a point; with the category beside the index it found those of every category and
threw nine of ten away. Two categories may share a sheet: the database over-selects, and whoever
asks names the category as well.
"""

from typing import Any
from zlib import crc32

from shapely import box

from enabler.persistence import spatial
from enabler.persistence.tables.offers import OfferCategoryRow

SHEETS = 64
SHEET_METRES = 1_000_000
"""Wider than Great Britain and the furthest reach. The databases keep boxes in numbers of 24 bits,
which are good to 8 metres on the last sheet: never too small a box."""


def reach_box(easting: int, northing: int, reach_metres: int, category: str) -> Any:
    """The square that holds everything within reach, on the category's sheet."""
    # One metre more: distances are rounded to the metre, and the box must never leave one out.
    reach, east = reach_metres + 1, easting + _sheet(category)
    return spatial.to_column(box(east - reach, northing - reach, east + reach, northing + reach))


def within_reach(easting: int, northing: int, category: str) -> Any:
    """The condition of a row of a kind of help whose box holds the point (over-selects)."""
    over = spatial.over_point(OfferCategoryRow.reach_box, easting + _sheet(category), northing)
    return over & (OfferCategoryRow.category == category)


def _sheet(category: str) -> int:
    return SHEET_METRES * (crc32(category.encode()) % SHEETS)
