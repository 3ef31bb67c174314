"""What else a place's files say: small areas with their people, organisations, councillors."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np

from enabler.domain.contact import EmailAddress, PhoneNumber
from enabler.domain.errors import Invalid
from enabler.domain.geo import GridColumns, GridPoint, to_grid_columns
from enabler.domain.place_pack import (
    KnownOrganisation,
    ListedCouncillor,
    PostcodeColumns,
    SmallArea,
    WardOutline,
)
from enabler.domain.vocabulary import OrganisationKind
from enabler.domain.wards import wards_of
from enabler.doors.place_files.outlines import read_codes
from enabler.doors.place_files.postcodes import areas_of_postcodes
from enabler.doors.place_files.tables import Table

AGE_COLUMN = "age_"
MOST_PEOPLE = 10_000_000


def read_small_areas(files: Mapping[str, Path], postcodes: PostcodeColumns) -> list[SmallArea]:
    """The small areas that any file names, each with what is known of it. Raises BadSource."""
    people = _people(files["population"]) if "population" in files else {}
    deciles = _deciles(files, postcodes)
    codes = {code for code in postcodes.small_area if code} | set(people)
    if "areas" in files:
        codes |= set(read_codes(files["areas"]))
    return [
        SmallArea(code, *people.get(code, (None, {})), deprivation_decile=deciles.get(code))
        for code in sorted(codes)
    ]


def _people(path: Path) -> dict[str, tuple[int | None, dict[str, int]]]:
    """For each small area its population and its age bands."""
    table = Table(path, ["total"])
    key = "lsoa21" if table.has("lsoa21") else "lsoa11"
    bands = [name for name in table.header if name.startswith(AGE_COLUMN)]
    columns = {band: table.wholes(band, 0, MOST_PEOPLE) for band in bands}
    totals = table.wholes("total", 0, MOST_PEOPLE)
    found: dict[str, tuple[int | None, dict[str, int]]] = {}
    for row, code in enumerate(table.texts(key)):
        if not code or code in found:
            raise table.bad(row, key, "area_twice", written=code)
        ages = {band: count for band in bands if (count := columns[band][row]) is not None}
        found[code] = (totals[row], ages)
    return found


def _deciles(files: Mapping[str, Path], postcodes: PostcodeColumns) -> dict[str, int]:
    """The deprivation of each small area: by its own code, its older code, or its postcodes."""
    deciles = _decile_votes(postcodes)
    if "deprivation" not in files:
        return deciles
    table = Table(files["deprivation"], ["imd2019_decile"])
    key = "lsoa21" if table.has("lsoa21") else "lsoa11"
    written = zip(table.texts(key), table.wholes("imd2019_decile", 1, 10), strict=True)
    known = {code: decile for code, decile in written if decile is not None}
    older = areas_of_postcodes(files["postcodes"])
    by_older = {new: known[old] for new, old in older.items() if old in known}
    return deciles | by_older | known


def _decile_votes(postcodes: PostcodeColumns) -> dict[str, int]:
    votes: dict[str, list[int]] = {}
    for code, decile in zip(postcodes.small_area, postcodes.deprivation_decile, strict=True):
        if code and decile is not None:
            votes.setdefault(code, []).append(decile)
    return {code: min(cast, key=lambda it: (-cast.count(it), it)) for code, cast in votes.items()}


def read_organisations(path: Path, wards: Sequence[WardOutline]) -> list[KnownOrganisation]:
    """Schools of the national register, each where it stands. Raises BadSource."""
    table = Table(path, ["urn", "establishment_name", "latitude", "longitude"])
    points = _points(table)
    found = wards_of([ward.outline for ward in wards], points.easting, points.northing)
    refs = table.each("urn", lambda urn: f"gias:{int(float(urn))}", "csv_whole")
    names, abouts = table.texts("establishment_name"), table.texts("establishment_type")
    seen: set[str] = set()
    for row, name in enumerate(names):
        if not name:
            raise table.bad(row, "establishment_name", "csv_blank")
        if refs[row] in seen:
            raise table.bad(row, "urn", "organisation_twice", written=refs[row])
        seen.add(refs[row])
    return [
        KnownOrganisation(
            source_ref=refs[row],
            kind=OrganisationKind.PUBLIC_SERVICE,
            name=names[row],
            about=abouts[row] or None,
            point=GridPoint(int(points.easting[row]), int(points.northing[row])),
            ward=int(found.ward[row]),
        )
        for row in range(len(table))
    ]


def _points(table: Table) -> GridColumns:
    lat, lon = table.numbers("latitude", -90, 90), table.numbers("longitude", -180, 180)
    missing = np.isnan(lat) | np.isnan(lon)
    if missing.any():
        raise table.bad(int(np.argmax(missing)), "latitude", "csv_half_a_point")
    try:
        return to_grid_columns(lat, lon)
    except Invalid as error:
        raise table.bad(error.facts["row"], "latitude", "postcode_off_grid") from error


def read_councillors(path: Path, wards: Sequence[WardOutline]) -> list[ListedCouncillor]:
    """Who sits for which ward, from when until when. Raises BadSource."""
    table = Table(path, ["ward_code", "name"])
    rows = {ward.code: row for row, ward in enumerate(wards)}
    sits_for = table.each("ward_code", lambda code: _row_of(rows, code), "csv_ward")
    starts = table.each("from", _day, "csv_day")
    ends = table.each("until", _day, "csv_day")
    phones = table.each("phone", _phone, "csv_phone")
    emails = table.each("email", _email, "csv_email")
    listed = []
    for row, name in enumerate(table.texts("name")):
        if not name:
            raise table.bad(row, "name", "csv_blank")
        start, end = starts[row], ends[row]
        if start is not None and end is not None and end <= start:
            raise table.bad(row, "until", "csv_ends_before")
        listed.append(ListedCouncillor(sits_for[row], name, emails[row], phones[row], start, end))
    return listed


def _row_of(rows: Mapping[str, int], code: str) -> int:
    if code not in rows:
        raise ValueError(code)
    return rows[code]


def _day(written: str) -> date | None:
    return date.fromisoformat(written) if written else None


def _phone(written: str) -> PhoneNumber | None:
    try:
        return PhoneNumber.parse(written) if written else None
    except Invalid as error:
        raise ValueError(written) from error


def _email(written: str) -> EmailAddress | None:
    try:
        return EmailAddress.parse(written) if written else None
    except Invalid as error:
        raise ValueError(written) from error
