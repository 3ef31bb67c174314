"""The postcodes of a place, from CSV: where each lies and which ward that is.

The ward is found by the point, never taken from the file: tables of best fit are wrong for one
postcode in twenty.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from enabler.domain.errors import Invalid
from enabler.domain.geo import (
    GRID_HEIGHT_METRES,
    GRID_WIDTH_METRES,
    GridColumns,
    Whole,
    to_grid_columns,
)
from enabler.domain.place_pack import PostcodeColumns, WardOutline
from enabler.domain.postcodes import Postcode
from enabler.domain.sources import BadSource
from enabler.domain.wards import wards_of
from enabler.doors.place_files.tables import Table

Value = TypeVar("Value")
FARTHEST_FROM_A_WARD_METRES = 50_000
MOST_DISAGREEMENT_METRES = 100
OWN_GRID_AREAS = ("BT",)
"""Areas whose eastings and northings are on the Irish grid in the national directories."""
NO_LOCATION_LATITUDE = 99
"""The national directory writes latitude 99.999999 where a postcode's place is not known."""


def read_postcodes(path: Path, wards: Sequence[WardOutline]) -> tuple[PostcodeColumns, int]:
    """The postcodes that have a place, and how many have none. Raises BadSource."""
    table = Table(path, ["postcode"])
    codes = _codes(table)
    points, placed = _points(table, codes)
    rows = np.flatnonzero(placed)
    if len(rows) == 0:
        raise BadSource("postcodes_none", path=str(path))
    found = wards_of([ward.outline for ward in wards], points.easting[rows], points.northing[rows])
    far = int(np.argmax(found.metres_outside))
    if found.metres_outside[far] > FARTHEST_FROM_A_WARD_METRES:
        kilometres = int(found.metres_outside[far]) // 1000
        raise table.bad(int(rows[far]), "postcode", "postcode_far", kilometres=kilometres)
    columns = PostcodeColumns(
        code=[codes[row] for row in rows],
        easting=points.easting[rows],
        northing=points.northing[rows],
        ward=found.ward,
        small_area=_chosen([code or None for code in _small_areas(table)], rows),
        deprivation_decile=_chosen(table.wholes("imd_decile", 1, 10), rows),
        households=_chosen(table.wholes("households", 0, 100_000), rows),
    )
    return columns, len(codes) - len(rows)


def areas_of_postcodes(path: Path) -> dict[str, str]:
    """For each newer small area (2021) the older one (2011) of most of its postcodes."""
    table = Table(path, ["postcode"])
    votes: dict[str, dict[str, int]] = {}
    for new, old in zip(table.texts("lsoa21"), table.texts("lsoa11"), strict=True):
        counts = votes.setdefault(new, {})
        counts[old] = counts.get(old, 0) + 1
    return {new: min(counts, key=lambda old: (-counts[old], old)) for new, counts in votes.items()}


def _small_areas(table: Table) -> list[str]:
    return table.texts("lsoa21" if table.has("lsoa21") else "lsoa11")


def _chosen(column: Sequence[Value], rows: Whole) -> list[Value]:
    return [column[row] for row in rows]


def _codes(table: Table) -> list[str]:
    codes = table.each("postcode", _as_postcode, "csv_postcode")
    seen: set[str] = set()
    for row, code in enumerate(codes):
        if code in seen:
            raise table.bad(row, "postcode", "postcode_twice", written=code)
        seen.add(code)
    return codes


def _as_postcode(written: str) -> str:
    try:
        return Postcode.from_list(written).text
    except Invalid as error:
        raise ValueError(written) from error


def _points(table: Table, codes: Sequence[str]) -> tuple[GridColumns, NDArray[np.bool_]]:
    """Where each postcode lies, and whether it is known at all: by the grid, else by degrees."""
    grid = _pair(table, "easting", GRID_WIDTH_METRES, "northing", GRID_HEIGHT_METRES, low=0)
    degrees = _pair(table, "lat", NO_LOCATION_LATITUDE + 1, "lon", 180, low=-180)
    if grid is None and degrees is None:
        raise table.bad(0, "lat", "csv_no_coordinates")
    nothing = np.full((len(table), 2), np.nan)
    metres = nothing.copy() if grid is None else grid
    metres[[code.startswith(OWN_GRID_AREAS) for code in codes]] = np.nan
    from_degrees = nothing if degrees is None else _on_the_grid(table, degrees)
    _check_agreement(table, metres, from_degrees)
    points = np.where(np.isnan(metres), from_degrees, metres)
    placed = ~np.isnan(points[:, 0])
    whole = np.nan_to_num(np.rint(points)).astype(np.int64)
    return GridColumns(whole[:, 0], whole[:, 1]), placed


def _pair(
    table: Table, first: str, first_high: int, second: str, second_high: int, *, low: int
) -> NDArray[np.float64] | None:
    if not (table.has(first) and table.has(second)):
        return None
    pair = np.column_stack(
        [table.numbers(first, low, first_high), table.numbers(second, low, second_high)]
    )
    half = np.isnan(pair[:, 0]) != np.isnan(pair[:, 1])
    if half.any():
        raise table.bad(int(np.argmax(half)), first, "csv_half_a_point")
    return pair


def _on_the_grid(table: Table, degrees: NDArray[np.float64]) -> NDArray[np.float64]:
    placed = np.full(degrees.shape, np.nan)
    rows = np.flatnonzero(~np.isnan(degrees[:, 0]) & (degrees[:, 0] < NO_LOCATION_LATITUDE))
    try:
        points = to_grid_columns(degrees[rows, 0], degrees[rows, 1])
    except Invalid as error:
        row = int(rows[error.facts["row"]])
        raise table.bad(row, "lat", "postcode_off_grid") from error
    placed[rows] = np.column_stack(points)
    return placed


def _check_agreement(
    table: Table, metres: NDArray[np.float64], from_degrees: NDArray[np.float64]
) -> None:
    apart = np.nan_to_num(np.hypot(*(metres - from_degrees).T))
    if apart.max(initial=0) > MOST_DISAGREEMENT_METRES:
        worst = int(np.argmax(apart))
        raise table.bad(worst, "easting", "postcode_two_points", metres=int(apart[worst]))
