"""The cells of law 7: what stands for a home until its owner accepts somebody.

Squares of the National Grid, made per ward from the smallest size up. A square of one ward is a
cell when the households in it that are in no smaller cell are at least 100. What remains at the
largest size joins the nearest cell of its ward, postcode by postcode; a ward in which no square
comes to 100 households is one cell. So every cell holds at least 100 households, or is all of
its ward. The order of the postcodes changes nothing, and neither does the machine: whole numbers
throughout.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from enabler.domain.geo import Whole

SIDES_METRES = (250, 500, 1_000, 2_000, 4_000)
HOUSEHOLDS_IN_A_CELL = 100
HOUSEHOLDS_OF_A_POSTCODE = 15
"""The mean for Great Britain, used where no count is known."""

_UNCOUNTED = -1
_UNPLACED = -1


@dataclass(frozen=True, slots=True)
class Cells:
    """Cells as columns, ordered by ward, side, west, south; and the cell of each postcode.

    ``west`` and ``south`` are the corner of the cell's square; a cell is that square less the
    smaller cells of its ward within it, with the stray postcodes that joined it. ``easting`` and
    ``northing`` are the mean of its postcodes, to the metre: the point that stands for a home.
    ``of_postcode[i]`` is the row of the cell of the i-th postcode given.
    """

    ward: NDArray[Any]
    side_metres: Whole
    west: Whole
    south: Whole
    easting: Whole
    northing: Whole
    households: Whole
    of_postcode: Whole

    def __len__(self) -> int:
        """How many cells there are."""
        return len(self.ward)


@dataclass(frozen=True, slots=True)
class _Homes:
    easting: Whole
    northing: Whole
    ward: Whole
    households: Whole


def make_cells(
    easting: ArrayLike, northing: ArrayLike, ward: ArrayLike, households: ArrayLike | None = None
) -> Cells:
    """Make the cells of some postcodes, given as columns of one length.

    ``ward`` is any code that compares (text or number); ``households`` counts the homes of each
    postcode, negative where unknown, ``None`` where none is known. An empty place has no cells.
    """
    wards, ward_row = np.unique(np.asarray(ward), return_inverse=True)
    homes = _Homes(
        np.asarray(easting, np.int64),
        np.asarray(northing, np.int64),
        ward_row.astype(np.int64).reshape(-1),
        _counted(households, len(ward_row)),
    )
    keys = np.full((len(ward_row), 4), _UNPLACED, np.int64)
    for side in SIDES_METRES:
        _fill_squares(keys, homes, side)
    _join_strays(keys, homes)
    return _as_columns(keys, homes, wards)


def _counted(households: ArrayLike | None, count: int) -> Whole:
    if households is None:
        return np.full(count, HOUSEHOLDS_OF_A_POSTCODE, np.int64)
    given = np.asarray(households, np.int64)
    return np.where(given <= _UNCOUNTED, HOUSEHOLDS_OF_A_POSTCODE, given)


def _square_keys(homes: _Homes, rows: Whole, side: int) -> Whole:
    """Ward, side, west and south of the square that each of these postcodes lies in."""
    west = homes.easting[rows] // side * side
    south = homes.northing[rows] // side * side
    return np.column_stack([homes.ward[rows], np.full(len(rows), side), west, south])


def _fill_squares(keys: Whole, homes: _Homes, side: int) -> None:
    """Give the squares of this size that come to enough households to their postcodes."""
    rows = np.flatnonzero(keys[:, 1] == _UNPLACED)
    squares = _square_keys(homes, rows, side)
    _, square = _distinct(squares)
    full = _sums(square, homes.households[rows])[square] >= HOUSEHOLDS_IN_A_CELL
    keys[rows[full]] = squares[full]


def _join_strays(keys: Whole, homes: _Homes) -> None:
    """Let what is in no square join the nearest cell of its ward, or be its ward's one cell.

    Near is from the cell's own mean point, before anything joined. Of equally near cells the
    smaller wins, then the more western, then the more southern.
    """
    placed = keys[:, 1] != _UNPLACED
    strays = np.flatnonzero(~placed)
    cells, cell = _distinct(keys[placed])
    point = _means(cell, homes.easting[placed], homes.northing[placed])
    for ward in np.unique(homes.ward[strays]):
        mine = strays[homes.ward[strays] == ward]
        candidates = np.flatnonzero(cells[:, 0] == ward)
        if len(candidates) == 0:
            keys[mine] = _one_cell(homes, mine)
            continue
        east = homes.easting[mine][:, None] - point[candidates, 0]
        north = homes.northing[mine][:, None] - point[candidates, 1]
        nearest = np.argmin(east * east + north * north, axis=1)
        keys[mine] = cells[candidates[nearest]]


def _one_cell(homes: _Homes, rows: Whole) -> Whole:
    """The square of the largest size round the mean of a whole ward."""
    whole = np.zeros(len(rows), np.int64)
    side = SIDES_METRES[-1]
    corner = _means(whole, homes.easting[rows], homes.northing[rows])[0] // side * side
    return np.asarray([homes.ward[rows[0]], side, *corner], np.int64)


def _as_columns(keys: Whole, homes: _Homes, wards: NDArray[Any]) -> Cells:
    cells, cell = _distinct(keys)
    point = _means(cell, homes.easting, homes.northing)
    return Cells(
        ward=wards[cells[:, 0]],
        side_metres=cells[:, 1],
        west=cells[:, 2],
        south=cells[:, 3],
        easting=point[:, 0],
        northing=point[:, 1],
        households=_sums(cell, homes.households),
        of_postcode=cell,
    )


def _distinct(keys: Whole) -> tuple[Whole, Whole]:
    """The distinct rows in order, and for each row given the place of its own among them."""
    distinct, place = np.unique(keys, axis=0, return_inverse=True)
    return distinct.reshape(-1, 4), place.astype(np.int64).reshape(-1)


def _sums(group: Whole, value: Whole) -> Whole:
    sums = np.zeros(int(group.max(initial=-1)) + 1, np.int64)
    np.add.at(sums, group, value)
    return sums


def _means(group: Whole, easting: Whole, northing: Whole) -> Whole:
    """The mean point of each group, to the metre, halves to the east and north."""
    count = _sums(group, np.ones(len(group), np.int64))
    columns = [(2 * _sums(group, axis) + count) // (2 * count) for axis in (easting, northing)]
    return np.column_stack(columns)
