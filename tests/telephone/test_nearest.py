"""Likeness to texts of danger."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.teaching import nearest as teaching
from scripts.teaching.texts import Labelled
from sms.reading import read
from sms.understanding import nearest as shipped
from sms.understanding.grams import grams
from sms.understanding.lexicon import marks_of
from sms.understanding.nearest import Nearest, nearest

SAID = {
    "danger": ("nan went out in her nightie", "grandad went out in his slippers",
               "mum went out at nine in her nightie", "my dad went out in the night"),
    "need": ("could someone walk my dog", "my dog needs a walk", "walk the dog on friday please",
             "could someone walk with my nan"),
}  # fmt: skip


@pytest.fixture
def few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Nearest:
    file = tmp_path / "nearest.npz"
    said = [Labelled(text, side, "", "en", "x") for side, texts in SAID.items() for text in texts]
    teaching.keep_nearest(said, file)
    monkeypatch.setattr(shipped, "_FILE", file)
    return nearest.__wrapped__()


def likeness(near: Nearest, text: str) -> float:
    return near.leads(grams(text, marks_of(read(text))))


def test_what_is_like_danger_leads_and_what_is_not_does_not(few: Nearest) -> None:
    assert likeness(few, "her mum went out in her slippers") > 0.2
    assert likeness(few, "could someone walk our dog on friday") < -0.2


def test_is_the_mean_of_the_three_likest_of_either_side(few: Nearest) -> None:
    text = SAID["danger"][0]
    mine = np.zeros((8, len(few.places)))
    for row, (start, end) in enumerate(zip(few.starts[:-1], few.starts[1:], strict=True)):
        mine[few.texts[start:end], row] = few.shares[start:end]
    assert np.allclose(np.linalg.norm(mine, axis=1), 1, atol=1e-5)
    alike = mine @ mine[0]
    sides = [np.sort(alike[few.dangerous == side])[-3:].mean() for side in (True, False)]
    assert likeness(few, text) == pytest.approx(sides[0] - sides[1], abs=1e-5)


def test_pieces_of_words_are_not_kept(few: Nearest) -> None:
    assert "went out" in few.places
    assert not any(gram.startswith("~") for gram in few.places)


def test_what_shares_no_word_is_like_nothing(few: Nearest) -> None:
    assert few.leads(["never seen"]) == 0.0


def test_teaching_twice_leaves_the_same(tmp_path: Path) -> None:
    said = [Labelled(text, side, "", "en", "x") for side, texts in SAID.items() for text in texts]
    files = tmp_path / "one.npz", tmp_path / "two.npz"
    for file in files:
        teaching.keep_nearest(said, file)
    with np.load(files[0]) as one, np.load(files[1]) as two:
        assert all(np.array_equal(one[name], two[name]) for name in one.files)


@given(st.text(max_size=300))
def test_the_shipped_one_is_within_bounds(text: str) -> None:
    assert -1.001 <= likeness(nearest(), text) <= 1.001
