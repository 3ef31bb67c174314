"""A small invented place as files: three wards side by side, each with a grid of postcodes.

Its postcodes (area ZZ) were never issued. Tests change one thing and say which.
"""

import csv
import json
from pathlib import Path
from zlib import crc32

from enabler.domain.geo import GridPoint, to_lat_lon

WEST, SOUTH = 410_000, 210_000
WARD_METRES = 2_000
WARDS = (("W1", "Low Ward"), ("W2", "Ward of Ÿ & “quotes”"), ("W3", "عربي"))
HEADER = ["postcode", "lat", "lon", "easting", "northing", "ward_code", "lsoa21", "imd_decile"]
LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


class SmallPlace:
    """The files of one place under a folder; attributes may be changed before ``write``."""

    def __init__(self, folder: Path, slug: str = "smalltown", shift: int = 0) -> None:
        self.folder = folder
        self.keys = {
            "slug": slug,
            "name": "Small Town",
            "timezone": "Europe/London",
            "languages": ["en", "cy"],
            "phone": phone_of(slug),
            "boundary": "boundary.geojson",
            "wards": "wards.geojson",
            "postcodes": "postcodes.csv",
            "attribution": "Nobody's: it is invented.",
            "neighbours": [],
        }
        self.wards = {
            code: (name, shift + place * WARD_METRES) for place, (code, name) in enumerate(WARDS)
        }
        self.postcodes = {
            f"ZZ{place + 1} {row}{LETTERS[column]}A": (
                WEST + shift + place * WARD_METRES + 100 + column * 90,
                SOUTH + 100 + row * 150,
            )
            for place in range(len(WARDS))
            for row in range(10)
            for column in range(20)
        }
        self.tables: dict[str, list[list[str]]] = {}

    @property
    def file(self) -> Path:
        """The TOML file."""
        return self.folder / "place.toml"

    def write(self) -> Path:
        """Write all files; the path of the TOML file."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.write_outlines()
        self.write_postcodes()
        for key, rows in self.tables.items():
            self.keys[key] = f"{key}.csv"
            self.write_table(f"{key}.csv", rows)
        lines = [f"{key} = {toml(value)}" for key, value in self.keys.items()]
        self.file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return self.file

    def write_outlines(self) -> None:
        """The wards, and the boundary round them."""
        features = [
            feature({"code": code, "name": name}, WEST + shift, WEST + shift + WARD_METRES)
            for code, (name, shift) in self.wards.items()
        ]
        shifts = [shift for _, shift in self.wards.values()]
        around = feature({}, WEST + min(shifts), WEST + max(shifts) + WARD_METRES)
        for name, found in (("wards", features), ("boundary", [around])):
            text = json.dumps({"type": "FeatureCollection", "features": found}, ensure_ascii=False)
            (self.folder / f"{name}.geojson").write_text(text, encoding="utf-8")

    def write_postcodes(self) -> None:
        """The postcodes, with a ward in the file that is wrong on purpose."""
        rows = [HEADER]
        for code, (easting, northing) in self.postcodes.items():
            point = to_lat_lon(GridPoint(easting, northing))
            area = f"A{code[2]}{code[4]}"
            rows.append(
                [code, f"{point.lat:.6f}", f"{point.lon:.6f}", str(easting), str(northing), "W9",
                 area, "5"]
            )  # fmt: skip
        self.write_table("postcodes.csv", rows)

    def write_table(self, name: str, rows: list[list[str]]) -> None:
        """A CSV file."""
        with (self.folder / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)


def phone_of(slug: str) -> str:
    """The number of the place of this slug: each has its own."""
    last = 3 if slug == "smalltown" else 4 + crc32(slug.encode()) % 96
    return f"+4477009000{last:02}"


def toml(value: object) -> str:
    """A value as TOML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {toml(inner)}" for key, inner in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False)


def feature(properties: dict[str, str], west: int, east: int) -> dict[str, object]:
    """An upright rectangle of the place's height, in degrees."""
    corners = [(west, SOUTH), (east, SOUTH), (east, SOUTH + 2_000), (west, SOUTH + 2_000)]
    points = [to_lat_lon(GridPoint(*corner)) for corner in [*corners, corners[0]]]
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "Polygon", "coordinates": [[[p.lon, p.lat] for p in points]]},
    }
