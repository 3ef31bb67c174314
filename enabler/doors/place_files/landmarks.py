"""Streets and landmarks by the names that people say."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from enabler.domain.errors import Invalid
from enabler.domain.geo import GridColumns, GridPoint, to_grid_columns
from enabler.domain.landmarks import (
    LONGEST_NAME,
    LONGEST_NAME_WORDS,
    MOST_PRECISION_METRES,
    LandmarkKind,
    fold_name,
)
from enabler.domain.place_pack import ListedLandmark, WardOutline
from enabler.domain.places import JUST_OUTSIDE_METRES
from enabler.domain.wards import wards_of
from enabler.doors.place_files.tables import Table

_COLUMNS = ("name", "other_names", "lat", "lon", "precision_metres", "kind")
BETWEEN_NAMES = "|"


def read_landmarks(path: Path, wards: Sequence[WardOutline]) -> list[ListedLandmark]:
    """The landmarks of a place's file, each in its ward. Raises BadSource."""
    table = Table(path, _COLUMNS)
    if not len(table):
        return []
    points = _points(table)
    within = wards_of([ward.outline for ward in wards], points.easting, points.northing)
    kinds = table.each("kind", LandmarkKind, "landmark_kind")
    precisions = table.wholes("precision_metres", 1, MOST_PRECISION_METRES)
    others = table.texts("other_names")
    listed: list[ListedLandmark] = []
    seen: set[tuple[str, int, int]] = set()
    for row, name in enumerate(table.texts("name")):
        other = tuple(each.strip() for each in others[row].split(BETWEEN_NAMES) if each.strip())
        _check_names(table, row, name, other)
        precision = precisions[row]
        if precision is None:
            raise table.bad(row, "precision_metres", "csv_blank")
        if within.metres_outside[row] > JUST_OUTSIDE_METRES:
            raise table.bad(row, "lat", "landmark_outside", written=name)
        point = GridPoint(int(points.easting[row]), int(points.northing[row]))
        key = (fold_name(name), point.easting, point.northing)
        if key in seen:
            raise table.bad(row, "name", "landmark_twice", written=name)
        seen.add(key)
        ward = int(within.ward[row])
        listed.append(ListedLandmark(name, other, point, precision, kinds[row], ward))
    return listed


def _check_names(table: Table, row: int, name: str, others: Sequence[str]) -> None:
    if not name:
        raise table.bad(row, "name", "csv_blank")
    for column, each in (("name", name), *(("other_names", other) for other in others)):
        words = len(fold_name(each).split())
        if not 1 <= words <= LONGEST_NAME_WORDS or len(each) > LONGEST_NAME:
            raise table.bad(row, column, "landmark_name", written=each[:40])


def _points(table: Table) -> GridColumns:
    lat, lon = table.numbers("lat", -90, 90), table.numbers("lon", -180, 180)
    missing = np.isnan(lat) | np.isnan(lon)
    if missing.any():
        raise table.bad(int(np.argmax(missing)), "lat", "csv_half_a_point")
    try:
        return to_grid_columns(lat, lon)
    except Invalid as error:
        raise table.bad(error.facts["row"], "lat", "postcode_off_grid") from error
