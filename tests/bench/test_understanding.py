"""The measure of understanding runs, and teaching teaches."""

import csv
import shutil
from pathlib import Path

import numpy as np
import pytest

from bench import measure_understanding
from scripts.teaching.fitting import fit, likely, rarity, rows
from scripts.teaching.texts import WRITTEN, is_held_out, written
from sms.understanding.grams import grams

ANYBODYS = 25
"""Letters up to which two people may write the same: codes, words of ours, a greeting."""


def test_runs_on_a_few_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.figures.RECORDS", tmp_path)
    monkeypatch.setattr(measure_understanding, "news", lambda **_: written("seen")[:40])
    for folder in ("sealed", "sealed_hard"):
        (tmp_path / folder).mkdir()
        shutil.copy(WRITTEN / "seen" / "m.csv", tmp_path / folder)
    measure_understanding.main(("hamlet",), folder=tmp_path)
    with (tmp_path / "understanding-hamlet.csv").open(newline="") as file:
        found = {(row["figure"], row["size"], row["what"]): row for row in csv.DictReader(file)}
    assert float(found["15", "sealed", "macro-F1 of intent"]["value"]) > 0.9
    assert not found["15", "hard", "recall of danger"]["bar"]
    assert "word lists" in found["15", "sealed", "category right"]["more"]
    assert found["15", "sealed", "recall of danger"]["bar"].startswith("at least 1")
    assert ("17", "one core", "texts understood") in found


def test_lines_tell_sides_apart_and_say_how_likely_they_are() -> None:
    said = ["walk my dog", "the dog needs a walk", "dog walker", "fix the tap", "tap drips", "tap"]
    seen = [grams(text) for text in said]
    sides = np.array([0, 0, 0, 1, 1, 1])
    places, rare = rarity(seen, [1.0] * 6, 1)
    weights, levels = fit(rows(seen, places, rare), sides, 2, np.ones(6), 1.0)
    scores = rows([grams("a dog"), grams("my taps")], places, rare) @ weights + levels
    assert list(scores.argmax(axis=1)) == [0, 1]
    assert 0.2 <= likely(np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([0, 1])) <= 20


def test_what_is_kept_for_measuring_is_told_by_its_words() -> None:
    assert is_held_out("We need  WATER") == is_held_out("we need water")
    held = sum(is_held_out(f"message {nth}") for nth in range(1000))
    assert 250 < held < 350


def test_the_sealed_texts_are_nobody_elses() -> None:
    taught = {_plain(one.text) for one in written("taught", "seen")}
    sealed = written("sealed", "sealed_hard")
    assert len(sealed) + len(written("seen")) >= 600
    long_ones = {_plain(one.text) for one in sealed if len(one.text) > ANYBODYS}
    assert len(long_ones & taught) == 0


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
