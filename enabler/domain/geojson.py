"""GeoJSON (RFC 7946) read strictly: a file with a mistake is refused, and told where it is.

What the RFC merely advises against (winding order, long decimals, nested collections) is
accepted. It does not know what an outline is for.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from enabler.domain.sources import BadSource, position

Path = tuple[str | int, ...]

_SPACE = re.compile(r"[ \t\n\r]*")
_DEPTHS = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}
_SHORTEST = {"LineString": 2, "MultiLineString": 2, "Polygon": 4, "MultiPolygon": 4}
_FAR = 1e300  # neither infinity nor a number that is none compares as less
_RINGS = ("Polygon", "MultiPolygon")
# RFC 7946, 7.1: members that would change the meaning of the object that they stand in.
_FOREIGN = {
    "Feature": ("coordinates", "geometries", "features"),
    "FeatureCollection": ("coordinates", "geometries", "geometry", "properties"),
    "GeometryCollection": ("coordinates", "geometry", "properties", "features"),
}
_FOREIGN_TO_SHAPES = ("geometries", "geometry", "properties", "features")


@dataclass(frozen=True, slots=True)
class Feature:
    """A shape (or none) with its properties; ``line`` and ``column`` say where it begins."""

    geometry: BaseGeometry | None
    properties: Mapping[str, Any]
    line: int
    column: int


class _Wrong(Exception):
    """A mistake at a path of keys and places within the document."""

    def __init__(self, code: str, at: Path, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.at = at
        self.facts = facts


def read_features(text: str) -> list[Feature]:
    """The features of a document; a bare shape counts as one without properties.

    Raises BadSource with the line and column of the first mistake.
    """
    document = _parsed(text)
    try:
        _check_document(document)
    except _Wrong as wrong:
        line, column = _place(text, wrong.at)
        raise BadSource(wrong.code, line=line, column=column, **wrong.facts) from wrong
    except RecursionError as error:
        raise BadSource("json_too_big") from error
    if document["type"] != "FeatureCollection":
        return [_feature(document, *_place(text, ()))]
    places = _places_of_features(text, len(document["features"]))
    return [
        _feature(feature, line, column)
        for feature, (line, column) in zip(document["features"], places, strict=True)
    ]


def _feature(found: dict[str, Any], line: int, column: int) -> Feature:
    is_feature = found["type"] == "Feature"
    geometry = found["geometry"] if is_feature else found
    properties = (found["properties"] or {}) if is_feature else {}
    try:
        drawn = shape(geometry) if geometry else None
    except ValueError as error:  # positions of two and of three numbers side by side
        raise BadSource("geojson_position", line=line, column=column) from error
    return Feature(drawn, properties, line, column)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise BadSource("json_broken", line=error.lineno, column=error.colno) from error
    except _Wrong as wrong:
        raise BadSource(wrong.code, **wrong.facts) from wrong
    except (RecursionError, ValueError) as error:  # nested too deeply; a number of too many digits
        raise BadSource("json_too_big") from error


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise _Wrong("json_key_twice", (), key=next(n for n in names if names.count(n) > 1))
    return found


def _no_number(_text: str) -> float:
    raise _Wrong("json_no_number", ())


def _check_document(document: Any) -> None:
    kind = _kind(document, (), (*_DEPTHS, "GeometryCollection", "Feature", "FeatureCollection"))
    if kind != "FeatureCollection":
        _check_member(document, ())
        return
    _check_object(document, kind, ())
    features = document.get("features")
    if not isinstance(features, list):
        raise _Wrong("geojson_no_features", ("features",))
    for row, feature in enumerate(features):
        _kind(feature, ("features", row), ("Feature",))
        _check_member(feature, ("features", row))


def _check_member(found: dict[str, Any], at: Path) -> None:
    if found["type"] != "Feature":
        _check_geometry(found, at)
        return
    _check_object(found, "Feature", at)
    if "geometry" not in found or "properties" not in found:
        raise _Wrong("geojson_feature_lacks", at)
    if not isinstance(found["properties"], dict | None):
        raise _Wrong("geojson_properties", (*at, "properties"))
    if not isinstance(found.get("id", ""), str | int | float):
        raise _Wrong("geojson_id", (*at, "id"))
    if found["geometry"] is not None:
        _check_geometry(found["geometry"], (*at, "geometry"))


def _check_geometry(found: Any, at: Path) -> None:
    kind = _kind(found, at, (*_DEPTHS, "GeometryCollection"))
    _check_object(found, kind, at)
    if kind == "GeometryCollection":
        if not isinstance(found.get("geometries"), list):
            raise _Wrong("geojson_coordinates", (*at, "geometries"), type=kind)
        for row, part in enumerate(found["geometries"]):
            _check_geometry(part, (*at, "geometries", row))
        return
    _check_coordinates(found.get("coordinates"), kind, _DEPTHS[kind], (*at, "coordinates"))


def _kind(found: Any, at: Path, kinds: Sequence[str]) -> str:
    if not isinstance(found, dict):
        raise _Wrong("geojson_no_object", at)
    kind = found.get("type")
    if not isinstance(kind, str) or kind not in kinds:
        raise _Wrong("geojson_type", (*at, "type"), expected=", ".join(kinds))
    return kind


def _check_object(found: dict[str, Any], kind: str, at: Path) -> None:
    for name in _FOREIGN.get(kind, _FOREIGN_TO_SHAPES):
        if name in found:
            raise _Wrong("geojson_foreign", (*at, name), key=name, type=kind)
    bounds = found.get("bbox")
    if "bbox" in found and not (
        isinstance(bounds, list) and len(bounds) in (4, 6) and all(map(_is_number, bounds))
    ):
        raise _Wrong("geojson_bbox", (*at, "bbox"))


def _check_coordinates(found: Any, kind: str, depth: int, at: Path) -> None:
    if not isinstance(found, list):
        raise _Wrong("geojson_coordinates", at, type=kind)
    if depth == 0:
        _check_position(found, at)
        return
    for row, part in enumerate(found):
        _check_coordinates(part, kind, depth - 1, (*at, row))
    if depth == 1 and len(found) < _SHORTEST.get(kind, 0):
        raise _Wrong("geojson_short", at, least=_SHORTEST[kind])
    if depth == 1 and kind in _RINGS and found[0] != found[-1]:
        raise _Wrong("geojson_open_ring", at)


def _check_position(found: list[Any], at: Path) -> None:
    if len(found) not in (2, 3):
        raise _Wrong("geojson_position", at)
    for row, number in enumerate(found):
        if not _is_number(number):
            raise _Wrong("geojson_position", (*at, row))


def _is_number(found: Any) -> bool:
    return isinstance(found, int | float) and not isinstance(found, bool) and abs(found) < _FAR


def _place(text: str, at: Path) -> tuple[int, int]:
    """Where in a well-formed document the value at a path begins (its parent's, if it is none)."""
    offset = _skip(text, 0)
    for step in at:
        inner = _walk(text, offset, lambda key, wanted=step: key == wanted)  # type: ignore[misc]
        if not inner:
            break
        offset = inner[-1]
    return position(text, offset)


def _places_of_features(text: str, count: int) -> list[tuple[int, int]]:
    start = _walk(text, _skip(text, 0), lambda key: key == "features")[0]
    return [position(text, offset) for offset in _walk(text, start, lambda _: True)][:count]


def _walk(text: str, at: int, wanted: Callable[[str | int], bool]) -> list[int]:
    """Offsets of the values, within the object or list that begins here, whose key is wanted."""
    decoder = json.JSONDecoder()
    is_list, found, row = text[at] == "[", [], 0
    if text[at] not in "[{":
        return []
    at = _skip(text, at + 1)
    while text[at] not in "]}":
        key: str | int = row
        if not is_list:
            key, at = decoder.raw_decode(text, at)
            at = _skip(text, _skip(text, at) + 1)  # over the colon
        if wanted(key):
            found.append(at)
        _, at = decoder.raw_decode(text, at)
        at, row = _skip(text, at), row + 1
        if text[at] == ",":
            at = _skip(text, at + 1)
    return found


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at
