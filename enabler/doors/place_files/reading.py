"""Reads everything that a place's TOML file names, into one pack. Nothing is kept here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from enabler.domain.place_pack import PlacePack, WardOutline
from enabler.doors.place_files.description import Source, read_description
from enabler.doors.place_files.landmarks import read_landmarks
from enabler.doors.place_files.outlines import read_boundary, read_wards
from enabler.doors.place_files.people import (
    read_councillors,
    read_organisations,
    read_small_areas,
)
from enabler.doors.place_files.postcodes import read_postcodes

Listed = TypeVar("Listed")
STEPS = 3
Progress = Callable[[str, int, int], None]
"""Told which step is on (a code), how much of it is done, and of how much."""


@dataclass(frozen=True, slots=True)
class ReadPlace:
    """A pack, and what its reader should be told: keys nobody knows, postcodes without a place.
    ``source`` knows where a key stands, for what is found wrong with it later."""

    pack: PlacePack
    unknown_keys: Sequence[str]
    unplaced_postcodes: int
    source: Source


def read_place(path: Path, progress: Progress = lambda *_: None) -> ReadPlace:
    """The pack of a place's TOML file. Raises BadSource for the first mistake in any file of it."""
    progress("reading", 0, STEPS)
    description = read_description(path)
    files = description.files
    wards = read_wards(files["wards"])
    boundary = read_boundary(files["boundary"])
    progress("reading", 1, STEPS)
    postcodes, unplaced = read_postcodes(files["postcodes"], wards)
    progress("reading", 2, STEPS)
    pack = PlacePack(
        facts=description.facts,
        boundary=boundary,
        wards=wards,
        postcodes=postcodes,
        small_areas=read_small_areas(files, postcodes),
        organisations=_listed(read_organisations, files, "organisations", wards),
        councillors=_listed(read_councillors, files, "councillors", wards),
        landmarks=_listed(read_landmarks, files, "landmarks", wards),
    )
    progress("reading", STEPS, STEPS)
    return ReadPlace(pack, description.unknown_keys, unplaced, description.source)


def _listed(
    read: Callable[[Path, Sequence[WardOutline]], list[Listed]],
    files: Mapping[str, Path],
    key: str,
    wards: Sequence[WardOutline],
) -> list[Listed]:
    return read(files[key], wards) if key in files else []
