"""Outlines of wards and of a whole place: from GeoJSON in degrees to metres of the grid."""

from pathlib import Path

import numpy as np
import shapely
from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry

from enabler.domain.geojson import Feature, read_features
from enabler.domain.place_pack import WardOutline
from enabler.domain.sources import BadSource
from enabler.domain.wards import as_multipolygon, on_the_grid
from enabler.doors.place_files.tables import read_text


def read_wards(path: Path) -> list[WardOutline]:
    """The wards in the order of their codes; properties ``code`` and ``name``. Raises BadSource."""
    wards: dict[str, WardOutline] = {}
    for feature in _features(path):
        code, name = _property(path, feature, "code"), _property(path, feature, "name")
        if code in wards:
            raise _bad(path, feature, "ward_twice", written=code)
        wards[code] = WardOutline(code, name, _on_grid(path, feature))
    return [wards[code] for code in sorted(wards)]


def read_boundary(path: Path) -> MultiPolygon:
    """All outlines of the file as one. Raises BadSource."""
    return as_multipolygon(shapely.union_all([_on_grid(path, it) for it in _features(path)]))


def read_codes(path: Path) -> list[str]:
    """The codes of a file of small areas, whose outlines nobody keeps. Raises BadSource."""
    return sorted({_property(path, feature, "code") for feature in _features(path)})


def _features(path: Path) -> list[Feature]:
    try:
        features = read_features(read_text(path))
    except BadSource as error:
        raise error.within(str(path)) from error
    if not features:
        raise BadSource("outline_missing", path=str(path))
    return features


def _property(path: Path, feature: Feature, name: str) -> str:
    value = feature.properties.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        raise _bad(path, feature, "outline_property", name=name)
    return value.strip()


def _on_grid(path: Path, feature: Feature) -> MultiPolygon:
    outline = feature.geometry
    if outline is None or shapely.area(outline) == 0:
        raise _bad(path, feature, "outline_missing")
    _check_degrees(path, feature, outline)
    placed = on_the_grid(shapely.force_2d(outline))
    if not np.isfinite(shapely.get_coordinates(placed)).all():
        raise _bad(path, feature, "outline_off_grid")
    return as_multipolygon(placed)


def _check_degrees(path: Path, feature: Feature, outline: BaseGeometry) -> None:
    west, south, east, north = outline.bounds
    if west < -180 or east > 180 or south < -90 or north > 90:
        raise _bad(path, feature, "outline_degrees")
    # Degrees far from the grid transform to numbers that mean nothing; swapped ones end here too.
    if west < -12 or east > 6 or south < 48 or north > 63:
        raise _bad(path, feature, "outline_off_grid")


def _bad(path: Path, feature: Feature, code: str, **facts: object) -> BadSource:
    return BadSource(code, path=str(path), line=feature.line, column=feature.column, **facts)
