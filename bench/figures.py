"""How a measure says what it found: a line per figure, its bar, and whether it is kept.

The same lines go into a file per measure under ``.make/bench``, from which ``bench.plots`` draws.
"""

import csv
import os
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

RECORDS = Path(__file__).resolve().parents[1] / ".make" / "bench"
USUAL_SIZES = "town,county,region"
COLUMNS = ("figure", "size", "regime", "what", "value", "unit", "bar", "kept", "more")


def sizes_asked() -> tuple[str, ...]:
    """The sizes to measure: ``BENCH_SIZES``, separated by commas, else town, county and region."""
    return tuple(os.environ.get("BENCH_SIZES", USUAL_SIZES).split(","))


@dataclass(frozen=True)
class Bar:
    """What a figure is held to: ``at least``, ``at most`` or ``exactly`` a number."""

    kind: str
    limit: float

    def kept_by(self, value: float) -> bool:
        """Whether a value keeps to the bar; one that is no number never does."""
        if self.kind == "exactly":
            return value == self.limit
        return value >= self.limit if self.kind == "at least" else value <= self.limit


def at_least(limit: float) -> Bar:
    """The value must not be below this."""
    return Bar("at least", limit)


def at_most(limit: float) -> Bar:
    """The value must not be above this."""
    return Bar("at most", limit)


def exactly(limit: float) -> Bar:
    """The value must be this."""
    return Bar("exactly", limit)


class Report:
    """The lines of one measure. A figure without a bar is told for comparison."""

    def __init__(self, measure: str, sizes: tuple[str, ...]) -> None:
        usual = sizes == tuple(USUAL_SIZES.split(","))
        RECORDS.mkdir(parents=True, exist_ok=True)
        self._path = RECORDS / f"{measure}{'' if usual else '-' + '-'.join(sizes)}.csv"
        self._write(COLUMNS, "w")
        self.all_kept = True

    def figure(
        self,
        number: int,
        case: tuple[str, str],
        what: str,
        value: float,
        *,
        unit: str = "x",
        bar: Bar | None = None,
        more: str = "",
    ) -> None:
        """Say one figure of the case (size, regime), e.g. ``3.1 x PostGIS's time``."""
        kept = "" if bar is None else "kept" if bar.kept_by(value) else "NOT kept"
        self.all_kept = self.all_kept and kept != "NOT kept"
        held = "" if bar is None else f"{bar.kind} {said(bar.limit)}{unit}"
        self._write((str(number), *case, what, repr(float(value)), unit, held, kept, more), "a")
        end = f" | {held}: {kept}" if held else ""
        print(
            f"{number} | {' '.join(case):<17} | {what}: {said(value)}{unit}"
            f"{f' ({more})' if more else ''}{end}",
            flush=True,
        )

    def _write(self, row: tuple[str, ...], mode: str) -> None:
        with self._path.open(mode, newline="") as file:
            csv.writer(file).writerow(row)


def said(value: float) -> str:
    """A number as a person reads it: three digits where it is no whole number."""
    if value == round(value) or abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def progress(words: str) -> None:
    """Tell on stderr what is being done, with the time."""
    print(f"   {time.strftime('%H:%M:%S')} {words}", file=sys.stderr, flush=True)


def side_by_side(calls: Mapping[str, Callable[[], Any]], times: int = 5) -> dict[str, float]:
    """The median seconds of each call. They take turns, so that a busy moment meets them all."""
    seconds: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(times):
        for name, call in calls.items():
            began = time.perf_counter()
            call()
            seconds[name].append(time.perf_counter() - began)
    return {name: statistics.median(all_of_one) for name, all_of_one in seconds.items()}
