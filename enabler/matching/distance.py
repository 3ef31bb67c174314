"""How far it is from one point to another, in whole metres: the engine's only measure of space.

Crow-fly on the National Grid, EPSG:27700. A walking graph can take this function's place: it
must stay symmetric, and never be shorter than the crow flies (the search in
:mod:`enabler.matching.search` relies on both).
"""

import numpy as np

from enabler.matching.arrays import Ints


def metres(easting: Ints, northing: Ints, other_easting: Ints, other_northing: Ints) -> Ints:
    """The distance of each pair of points, rounded to the metre.

    ``sqrt(dx² + dy²)``. Grid coordinates are below 2**24, so the sum of squares is an exact
    double and IEEE 754 rounds the root alike on every machine.
    """
    dx = (easting - other_easting).astype(np.float64)
    dy = (northing - other_northing).astype(np.float64)
    return np.rint(np.sqrt(dx * dx + dy * dy)).astype(np.int64)
