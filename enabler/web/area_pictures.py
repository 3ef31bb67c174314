"""A picture of a place with an area in it: shapes of the page itself, which need no script and no
tiles."""

from dataclasses import dataclass
from math import cos, radians

from enabler.services.views.rules import AreaView, Outline

SIDE = 1000
"""The longer side of the picture, in its own units."""


@dataclass(frozen=True, slots=True)
class AreaPicture:
    """Paths of SVG in a box so wide and high: each ward, and the area over them."""

    width: int
    height: int
    wards: tuple[str, ...]
    area: str


def picture_of_area(area: AreaView) -> AreaPicture:
    """The place from west to east and from north to south, as far as its wards reach."""
    points = [point for one in (*area.place, area.outline) for ring in one for point in ring]
    west, north = min(lon for lon, _ in points), max(lat for _, lat in points)
    narrow = cos(radians(north))
    wide = (max(lon for lon, _ in points) - west) * narrow
    high = north - min(lat for _, lat in points)
    scale = SIDE / (max(wide, high) or 1)

    def path(outline: Outline) -> str:
        return " ".join(
            "M" + "L".join(
                f"{(lon - west) * narrow * scale:.0f} {(north - lat) * scale:.0f}"
                for lon, lat in ring
            ) + "Z"
            for ring in outline
        )  # fmt: skip

    return AreaPicture(
        round(wide * scale), round(high * scale), tuple(path(one) for one in area.place),
        path(area.outline),
    )  # fmt: skip
