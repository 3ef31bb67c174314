"""Columns of a round, as the engine's search takes them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ANY_REACH = 2**31 - 1


@dataclass(frozen=True)
class Wanted:
    """Needs; ``hours`` shape (n, 3), all others (n,)."""

    easting: NDArray[np.int32]
    northing: NDArray[np.int32]
    category: NDArray[np.int32]
    reach: NDArray[np.int32]
    hours: NDArray[np.uint64]
    demands: NDArray[np.uint64]
    points: NDArray[np.int32]


@dataclass(frozen=True)
class Given:
    """Offers; ``hours`` shape (m, 3), ``first`` (m + 1,) into ``category``, all others (m,)."""

    easting: NDArray[np.int32]
    northing: NDArray[np.int32]
    reach: NDArray[np.int32]
    hours: NDArray[np.uint64]
    holds: NDArray[np.uint64]
    points: NDArray[np.int32]
    first: NDArray[np.int64]
    category: NDArray[np.int32]
