"""The doors' measure runs behind real servers and counts; no timing decides anything."""

import csv
from pathlib import Path

import pytest

from bench import measure_doors


def test_runs_and_counts_queries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.figures.RECORDS", tmp_path)
    monkeypatch.setattr(measure_doors, "_memory", lambda: (100.0, 60.0))
    measure_doors.main(("hamlet",), pairs=1, seconds=0.05)
    with (tmp_path / "doors-hamlet.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    speeds = [row for row in rows if row["figure"] in ("9", "10")]
    assert {row["regime"] for row in speeds} == set(measure_doors.PAGES)
    assert all(float(row["value"]) > 0 for row in speeds)
    assert {row["kept"] for row in rows if row["figure"] in ("11", "12")} == {"kept"}
