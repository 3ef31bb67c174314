"""Points, boxes and distances on the National Grid (EPSG:27700), in whole metres.

Everything inside the house is measured here; latitude and longitude (WGS 84) live at its edges.
Between the two stands the seven-parameter transformation of EPSG:1314, written out as a pipeline
so that no machine answers differently because a shift grid happens to be installed on it. Against
the definitive OSTN15 it is 3.5 m off at the Ordnance Survey's worked example, and 1.8 m (median)
to 4.9 m (St Kilda) over its forty published test points: a test measures both. A postcode's point
is 10 to 50 m from a front door. Nothing here knows a database, a place or a postcode.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite, isqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from pyproj import Transformer
from pyproj.enums import TransformDirection

from enabler.domain.errors import Invalid

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

GRID_WIDTH_METRES = 700_000
GRID_HEIGHT_METRES = 1_300_000
"""How far the National Grid reaches east and north of its false origin."""

WGS84_TO_GRID = (
    "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step +proj=push +v_3 "
    "+step +proj=cart +ellps=WGS84 "
    "+step +inv +proj=helmert +x=446.448 +y=-125.157 +z=542.06 +rx=0.15 +ry=0.247 +rz=0.842 "
    "+s=-20.489 +convention=position_vector "
    "+step +inv +proj=cart +ellps=airy +step +proj=pop +v_3 "
    "+step +proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=airy"
)
"""PROJ's own choice for EPSG:4326 to EPSG:27700 where no shift grid is installed."""


@dataclass(frozen=True, slots=True, order=True)
class GridPoint:
    """A point on the National Grid, in whole metres.

    Raises ``Invalid("point", "point_outside_grid")`` beyond the grid.
    """

    easting: int
    northing: int

    def __post_init__(self) -> None:
        """Refuse what no British place can be."""
        if not on_grid(self.easting, self.northing):
            raise Invalid("point", "point_outside_grid")


@dataclass(frozen=True, slots=True)
class LatLon:
    """A point in degrees of WGS 84.

    Raises ``Invalid("point", "point_malformed")`` for what is nowhere on Earth.
    """

    lat: float
    lon: float

    def __post_init__(self) -> None:
        """Refuse numbers that are no latitude or longitude (NaN and infinity among them)."""
        if not (-90 <= self.lat <= 90 and -180 <= self.lon <= 180):
            raise Invalid("point", "point_malformed")


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle on the grid, in metres; its edges belong to it."""

    west: int
    south: int
    east: int
    north: int

    def contains(self, point: GridPoint) -> bool:
        """Whether the point lies in the box or on its edge."""
        return (
            self.west <= point.easting <= self.east and self.south <= point.northing <= self.north
        )


class GridColumns(NamedTuple):
    """Many points of the grid as two columns of whole metres."""

    easting: Whole
    northing: Whole


def on_grid(easting: float, northing: float) -> bool:
    """Whether the coordinates lie on the National Grid at all."""
    return 0 <= easting <= GRID_WIDTH_METRES and 0 <= northing <= GRID_HEIGHT_METRES


@lru_cache(maxsize=1)
def _transformer() -> Transformer:
    # Made once: it costs milliseconds, and pyproj's transformers may be shared by threads.
    return Transformer.from_pipeline(WGS84_TO_GRID)


def to_grid(point: LatLon) -> GridPoint:
    """The point on the grid, to the nearest metre.

    Raises ``Invalid("point", "point_outside_grid")`` for a point far from Great Britain.
    """
    easting, northing = _transformer().transform(point.lon, point.lat)
    if not (isfinite(easting) and isfinite(northing)):
        raise Invalid("point", "point_outside_grid")
    return GridPoint(round(easting), round(northing))


def to_lat_lon(point: GridPoint) -> LatLon:
    """The point in degrees, to seven places (a centimetre)."""
    lon, lat = _transformer().transform(
        point.easting, point.northing, direction=TransformDirection.INVERSE
    )
    return LatLon(round(float(lat), 7), round(float(lon), 7))


def to_grid_exactly(lat: Floats, lon: Floats) -> tuple[Floats, Floats]:
    """Easting and northing of many points in metres, unrounded (for outlines).

    What cannot be transformed comes back as infinity; the caller decides what that means.
    """
    easting, northing = _transformer().transform(lon, lat)
    return np.asarray(easting, np.float64), np.asarray(northing, np.float64)


def to_grid_columns(lat: Floats, lon: Floats) -> GridColumns:
    """Many points on the grid, to the nearest metre.

    Raises ``Invalid("point", "point_outside_grid", row=i)`` for the first that is not on it.
    """
    easting, northing = (np.rint(axis) for axis in to_grid_exactly(lat, lon))
    inside = (easting >= 0) & (easting <= GRID_WIDTH_METRES)
    inside &= (northing >= 0) & (northing <= GRID_HEIGHT_METRES)
    if not inside.all():
        raise Invalid("point", "point_outside_grid", row=int(np.argmin(inside)))
    return GridColumns(easting.astype(np.int64), northing.astype(np.int64))


def to_lat_lon_columns(easting: Whole | Floats, northing: Whole | Floats) -> tuple[Floats, Floats]:
    """Latitude and longitude of many points of the grid, in degrees, to seven places."""
    lon, lat = _transformer().transform(
        np.asarray(easting, np.float64),
        np.asarray(northing, np.float64),
        direction=TransformDirection.INVERSE,
    )
    return np.round(np.asarray(lat), 7), np.round(np.asarray(lon), 7)


def distance_metres(one: GridPoint, other: GridPoint) -> int:
    """The straight line between two points on the grid, to the nearest metre.

    Whole-number arithmetic throughout, so that every machine says the same. The grid's scale
    error (at most 4 parts in 10,000 on land) is left as it is.
    """
    east, north = one.easting - other.easting, one.northing - other.northing
    return (isqrt(4 * (east * east + north * north)) + 1) // 2


def distances_metres(point: GridPoint, easting: Whole, northing: Whole) -> Whole:
    """The distance from one point to each of many: the same numbers as ``distance_metres``."""
    east, north = easting - point.easting, northing - point.northing
    doubled = np.sqrt(4.0 * (east * east + north * north))
    return (np.floor(doubled).astype(np.int64) + 1) // 2


def box_around(point: GridPoint, metres: int) -> Box:
    """The smallest box that holds every point within so many metres of this one."""
    return Box(
        point.easting - metres,
        point.northing - metres,
        point.easting + metres,
        point.northing + metres,
    )


def box_of(points: Sequence[GridPoint]) -> Box:
    """The smallest box that holds all of the points (at least one)."""
    eastings = [point.easting for point in points]
    northings = [point.northing for point in points]
    return Box(min(eastings), min(northings), max(eastings), max(northings))


def mean_of(easting: Whole, northing: Whole) -> GridPoint:
    """The mean of some points (at least one), to the metre, halves to the east and north."""
    return GridPoint(mean_metres(int(easting.sum()), len(easting)),
                     mean_metres(int(northing.sum()), len(northing)))  # fmt: skip


def mean_metres(total: int, count: int) -> int:
    """``total / count`` rounded to a whole number, halves upwards, without a float."""
    return (2 * total + count) // (2 * count)
