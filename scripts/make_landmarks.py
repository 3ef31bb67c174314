"""Make a place's landmarks.csv out of what its pack holds (a maker's command).

    .venv/bin/python -m scripts.make_landmarks places/swansea --leave-out Castle Gower Waterfront

Its wards are parts of the place: each is the mean point of its postcodes, with the distance within
which nine in ten of them lie. With ``--schools FILE`` (the register's columns) its schools are
landmarks, each within a hundred metres. A ward whose name is an ordinary word, or that of a larger
part of the country, is to be left out.
"""

import argparse
import csv
import gzip
import io
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from enabler.domain.geo import GridPoint, distance_metres, to_lat_lon

HEADER = ("name", "other_names", "lat", "lon", "precision_metres", "kind")
SCHOOL_METRES = 100
NINE_IN_TEN = 0.9
Line = tuple[str, str, str, str, int, str]


def lines_of_wards(postcodes: Path, leave_out: Sequence[str]) -> Iterator[Line]:
    """A line for each ward, from the postcodes' points."""
    raw = postcodes.read_bytes()
    text = (gzip.decompress(raw) if postcodes.suffix == ".gz" else raw).decode("utf-8-sig")
    points: dict[str, list[GridPoint]] = defaultdict(list)
    for row in csv.DictReader(io.StringIO(text)):
        points[row["ward_name"]].append(GridPoint(int(row["easting"]), int(row["northing"])))
    for name, all_of_it in sorted(points.items()):
        if name in leave_out:
            continue
        count = len(all_of_it)
        middle = GridPoint(
            round(sum(one.easting for one in all_of_it) / count),
            round(sum(one.northing for one in all_of_it) / count),
        )
        away = sorted(distance_metres(middle, one) for one in all_of_it)
        within = 100 * math.ceil(away[int(NINE_IN_TEN * (count - 1))] / 100)
        place = to_lat_lon(middle)
        yield (name, "|".join(_others(name)), f"{place.lat:.6f}", f"{place.lon:.6f}", within,
               "area")  # fmt: skip


def lines_of_schools(register: Path) -> Iterator[Line]:
    """A line for each school of the register."""
    with register.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield (row["establishment_name"], "", row["latitude"], row["longitude"], SCHOOL_METRES,
                   "landmark")  # fmt: skip


def _others(name: str) -> list[str]:
    """Other ways to write it: without hyphens, and each half of a ward of two villages."""
    halves = name.split(" and ") if " and " in name else []
    return [*([name.replace("-", "")] if "-" in name else []), *halves]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--leave-out", nargs="*", default=[])
    parser.add_argument("--schools", type=Path)
    given = parser.parse_args()
    lines = list(lines_of_wards(given.folder / "postcodes.csv.gz", given.leave_out))
    if given.schools:
        lines += lines_of_schools(given.schools)
    with (given.folder / "landmarks.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(HEADER)
        table.writerows(lines)


if __name__ == "__main__":
    main()
