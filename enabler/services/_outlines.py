"""The wards' outlines as a picture that needs no script: a path for each, north at the top."""

from collections.abc import Iterable
from dataclasses import dataclass

from shapely import Geometry, coverage_simplify, get_parts, total_bounds

from enabler.persistence.unit_of_work import UnitOfWork

WIDTH = 600
_STEPS = 300
"""Nothing finer than one of so many steps across the picture is drawn."""


@dataclass(frozen=True, slots=True)
class WardsPicture:
    """So wide and high, with a path (as SVG writes it) for each ward's code."""

    width: int
    height: int
    paths: dict[str, str]


def wards_picture(uow: UnitOfWork, place_id: int) -> WardsPicture:
    """The wards of a place, simplified, neighbours still edge to edge."""
    found = uow.near.outlines(place_id)
    if not found:
        return WardsPicture(WIDTH, 1, {})
    west, south, east, north = total_bounds([shape for _, _, shape in found]).tolist()
    across = max(1.0, east - west)
    scale = WIDTH / across
    shapes = coverage_simplify([shape for _, _, shape in found], across / _STEPS)
    paths = {
        code: _path(shape, west, north, scale)
        for (code, _, _), shape in zip(found, shapes, strict=True)
    }
    return WardsPicture(WIDTH, max(1, round((north - south) * scale)), paths)


def _path(shape: Geometry, west: float, north: float, scale: float) -> str:
    rings = []
    for part in get_parts(shape):
        points = [(round((x - west) * scale), round((north - y) * scale))
                  for x, y in part.exterior.coords]  # fmt: skip
        rings.append(f"M{_joined(dict.fromkeys(points))}Z")
    return "".join(rings)


def _joined(points: Iterable[tuple[int, int]]) -> str:
    return "L".join(f"{x} {y}" for x, y in points)
