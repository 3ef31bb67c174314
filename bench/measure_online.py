"""Figure 6: the twenty best for one need at a time, by SQL and from memory, against ``select 1``.

All ways answer the same needs over connections that are kept, each all of them in a row, and five
times in turns, so that a busy moment meets them all. The figure is at the size of a county and of a
region: 50,000 and 500,000 offers.
"""

import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import psycopg
from numpy.typing import NDArray

from bench.cases import run
from bench.figures import Bar, Report, at_most, exactly, progress
from bench.online_sql import (
    LIMIT,
    Best,
    asked,
    best_by_postgresql,
    best_by_sqlite,
    load_postgresql,
    load_sqlite,
)
from bench.places import NEARNESS, SEED, Place, make_place
from bench.servers import connected, throw_away_server
from enabler.matching.search import Grid

NEEDS, PASSES = 300, 5
POSTGRESQL_BARS: dict[str, Bar] = {"county": at_most(15), "region": at_most(25)}
SQLITE_BARS = dict.fromkeys(POSTGRESQL_BARS, at_most(3))
MEMORY_BARS = dict.fromkeys(POSTGRESQL_BARS, at_most(1))
TOO_LARGE = frozenset({"country"})
"""Where to load the tables would take longer than a figure is worth."""

Way = Callable[[int], object]
"""Answers the need at a position."""


def main(sizes: tuple[str, ...]) -> bool:
    """Whether every figure is kept."""
    report = Report("online", sizes)
    for size in sizes:
        if size in TOO_LARGE:
            progress(f"{size} is left out: to load it would take too long")
        else:
            measure(report, make_place(size))
    return report.all_kept


def measure(report: Report, place: Place) -> None:
    """Load a place into both databases and into memory, and ask."""
    progress(str(place))
    needs = np.random.default_rng([SEED, 6]).permutation(len(place.wanted))[:NEEDS]
    with (
        throw_away_server() as server,
        tempfile.TemporaryDirectory(prefix="enabler-bench-") as folder,
        connected(server.url(server.create())) as postgresql,
    ):
        load_postgresql(postgresql, place)
        progress("PostgreSQL is loaded")
        sqlite = load_sqlite(Path(folder) / "place.sqlite", place)
        progress("SQLite is loaded")
        questions = {int(need): asked(place.wanted, int(need)) for need in needs}
        grid = Grid.of(place.given)
        ways: dict[str, Way] = {
            "select 1": lambda need: floor(postgresql),
            "PostgreSQL": lambda need: best_by_postgresql(postgresql, questions[need]),
            "SQLite": lambda need: best_by_sqlite(sqlite, questions[need]),
            "memory": partial(best_from_memory, grid, place),
        }
        answers = {name: [way(int(need)) for need in needs] for name, way in ways.items()}
        tell(report, place, answers, in_turns(ways, needs))
        sqlite.close()


def floor(connection: psycopg.Connection[tuple[int, ...]]) -> object:
    """The least that any question to the database costs."""
    return connection.execute("select 1", prepare=True).fetchall()


def best_from_memory(grid: Grid, place: Place, need: int) -> tuple[NDArray, NDArray]:
    """The warm index of a worker."""
    offers, scores, _ = grid.best(place.wanted, need, nearness=NEARNESS, limit=LIMIT)
    return offers, scores


def in_turns(ways: dict[str, Way], needs: NDArray[np.int64]) -> dict[str, NDArray[np.float64]]:
    """Milliseconds of each answer, by way. A way answers all needs in a row, as a busy server does:
    asked after a pause a database would first have to wake up. Then the next way has its turn.
    """
    took: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(PASSES):
        for name, way in ways.items():
            for need in needs.tolist():
                began = time.perf_counter()
                way(need)
                took[name].append(1000 * (time.perf_counter() - began))
    return {name: np.array(each) for name, each in took.items()}


def tell(
    report: Report, place: Place, answers: dict[str, list], took: dict[str, NDArray[np.float64]]
) -> None:
    """The figures of one place."""
    say = partial(report.figure, 6, (place.size, place.regime))
    middle = {name: float(np.median(each)) for name, each in took.items()}
    for name, each in took.items():
        more = f"p99 {np.percentile(each, 99):.3f} ms, {NEEDS} needs, {PASSES} times"
        say(f"{name} p50", middle[name], unit=" ms", more=more)
    say("PostgreSQL p50 / select 1", middle["PostgreSQL"] / middle["select 1"],
        bar=POSTGRESQL_BARS.get(place.size))  # fmt: skip
    say(
        "SQLite p50 / PostgreSQL",
        middle["SQLite"] / middle["PostgreSQL"],
        bar=SQLITE_BARS.get(place.size),
    )
    say(
        "memory p50 / select 1",
        middle["memory"] / middle["select 1"],
        bar=MEMORY_BARS.get(place.size),
    )
    memory = [plain(*found) for found in answers["memory"]]
    for name in ("PostgreSQL", "SQLite"):
        differ = sum(one != other for one, other in zip(answers[name], memory, strict=True))
        say(f"needs whose twenty differ, {name} and memory", differ, unit="", bar=exactly(0))


def plain(offers: NDArray, scores: NDArray) -> Best:
    """What memory found, as the databases say it: ids are positions from 1."""
    return list(zip((offers + 1).tolist(), scores.tolist(), strict=True))


if __name__ == "__main__":
    run(main)
