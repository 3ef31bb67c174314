"""Which ward a point lies in: outlines on the National Grid, in metres.

A point inside an outline or on its edge is in that ward; of several the first given wins, so give
them in the order of their codes. A point just outside all of them (a pier, a dock, a generalised
shore) belongs to the nearest. How far is too far is the caller's to say: distances are returned.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from enabler.domain.geo import Floats, Whole, to_grid_exactly


class WardsOfPoints(NamedTuple):
    """For each point the row of its ward, and its distance to it in metres (0 inside)."""

    ward: Whole
    metres_outside: Floats


def wards_of(
    outlines: Sequence[BaseGeometry], easting: NDArray[np.generic], northing: NDArray[np.generic]
) -> WardsOfPoints:
    """Find the ward of each of many points; there must be at least one outline."""
    shapes = np.asarray(outlines, dtype=object)
    tree = shapely.STRtree(shapes)
    points = shapely.points(np.asarray(easting, float), np.asarray(northing, float))
    ward = np.full(len(points), len(shapes), np.int64)
    outside = np.zeros(len(points))
    at, inside = tree.query(points, predicate="intersects")
    np.minimum.at(ward, at, inside)
    strays = np.flatnonzero(ward == len(shapes))
    near = tree.query_nearest(points[strays], all_matches=True)
    np.minimum.at(ward, strays[near[0]], near[1])
    outside[strays] = shapely.distance(points[strays], shapes[ward[strays]])
    return WardsOfPoints(ward, outside)


def on_the_grid(outline: BaseGeometry) -> BaseGeometry:
    """The same outline in metres of the National Grid, from degrees of WGS 84."""
    return shapely.transform(
        outline, lambda xy: np.column_stack(to_grid_exactly(xy[:, 1], xy[:, 0]))
    )


def as_multipolygon(outline: BaseGeometry) -> shapely.MultiPolygon:
    """The outline made valid, as one multipolygon of what has an area; empty when nothing has.

    Official generalised outlines touch themselves now and then; the repair is GEOS's.
    """
    parts = shapely.get_parts(shapely.make_valid(outline))
    flat = shapely.get_parts(parts)
    areas = [part for part in flat if shapely.get_type_id(part) == 3]
    return shapely.MultiPolygon(areas)
