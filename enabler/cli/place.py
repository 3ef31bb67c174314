"""``enabler place``: bringing a place in, and asking where postcodes are."""

import csv
import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import click

from enabler.cli.progress import progress_bar
from enabler.cli.running import operator, running_app
from enabler.domain.errors import Invalid
from enabler.domain.geo import to_lat_lon
from enabler.domain.places import Found, FoundPostcode
from enabler.doors.place_files.reading import ReadPlace, read_place
from enabler.services import places

STEPS = {"reading": "Reading the files", "keeping": "Keeping the postcodes"}
COLUMNS = ("input", "status", "postcode", "lat", "lon", "place", "ward_code")
LINES_AT_ONCE = 2_000


def add_to(group: click.Group) -> None:
    """Give the command line these commands."""
    group.add_command(place)


@click.group()
def place() -> None:
    """Places: their maps, wards and postcodes."""


@place.command("import")
@click.argument("file", type=click.Path(path_type=Path))
def import_place(file: Path) -> None:
    """Bring in the place that FILE (TOML) describes, with the files that it names.

    The same files again change nothing; a mistake in any of them changes nothing.
    """
    with progress_bar(STEPS) as told:
        read = read_place(file, told)
        with running_app():
            imported = _imported(read, told)
    for remark in _remarks(read, imported):
        click.echo(f"{file}: {remark}", err=True)
    for name in ("wards", "postcodes", "cells"):
        click.echo(f"{name} {getattr(imported, name)}")
    click.echo(f"changes {sum(imported.changes.values())}")


def _imported(read: ReadPlace, told: places.Progress) -> places.ImportedPlace:
    """Raises BadSource, at its key, for what only the database can know to be wrong."""
    try:
        return places.import_place(
            actor=operator(), pack=read.pack, key=uuid4().hex, now=datetime.now(UTC), progress=told
        )
    except Invalid as wrong:
        raise read.source.bad(wrong.field, wrong.code, **wrong.facts) from wrong


def _remarks(read: ReadPlace, imported: places.ImportedPlace) -> Iterator[str]:
    """What was read and left aside."""
    for key in read.unknown_keys:
        yield f"nobody knows the key “{key}”; it was left aside."
    if read.unplaced_postcodes:
        yield f"{read.unplaced_postcodes} postcodes have no place in the file; they were left out."
    for slug in imported.absent_neighbours:
        yield f"the neighbour “{slug}” is not here; import it, then this file again."


@place.command()
def where() -> None:
    """Say where postcodes are: one a line on standard input, one row of CSV a line.

    The status is exact, approximate (an outward code or a sector was typed) or unknown.
    """
    lines = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="replace", newline="\n")
    rows = csv.writer(sys.stdout, lineterminator="\n")
    rows.writerow(COLUMNS)
    with running_app():
        for typed in _in_parts(line.rstrip("\r\n") for line in lines):
            found = places.find_postcodes(typed=typed)
            rows.writerows(_row(text, it) for text, it in zip(typed, found, strict=True))


def _in_parts(lines: Iterator[str]) -> Iterator[list[str]]:
    part: list[str] = []
    for line in lines:
        part.append(line)
        if len(part) == LINES_AT_ONCE:
            yield part
            part = []
    if part:
        yield part


def _row(typed: str, found: FoundPostcode) -> tuple[str, ...]:
    if found.found is Found.UNKNOWN or found.point is None:
        return (typed, Found.UNKNOWN.value, "", "", "", "", "")
    point = to_lat_lon(found.point)
    return (
        typed, found.found.value, found.code or "", f"{point.lat:.6f}", f"{point.lon:.6f}",
        found.place_slug or "", found.ward_code or "",
    )  # fmt: skip
