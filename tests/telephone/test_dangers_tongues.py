"""Danger is understood in whatever language a frightened person types, and no ordinary need of
theirs is taken for it."""

import tomllib
from pathlib import Path

import pytest

from sms.dangers.files import sayings
from sms.dangers.finding import found_in
from sms.dangers.wording import words_of
from sms.reading import read

OTHERS = [file for file in sayings().files if file.code not in ("en", "cy")]
TEXTS = tomllib.loads((Path(__file__).parent / "dangers_tongues.toml").read_text("utf-8"))


@pytest.mark.parametrize("code", TEXTS)
def test_danger_is_understood_in_the_language_it_is_told_in(code: str) -> None:
    own = [file for file in OTHERS if file.code == code]
    missed = [
        text for text in TEXTS[code]["dangers"] if not list(found_in(words_of(read(text)), own))
    ]
    assert own
    assert not missed


@pytest.mark.parametrize("code", TEXTS)
def test_an_ordinary_need_rings_in_no_language(code: str) -> None:
    rang = {text: list(found_in(words_of(read(text)), OTHERS)) for text in TEXTS[code]["harmless"]}
    assert not {text: found for text, found in rang.items() if found}


def test_every_language_of_danger_is_tried_out() -> None:
    assert {file.code for file in OTHERS} == set(TEXTS)
    assert all(len(texts["dangers"]) >= 3 and texts["harmless"] for texts in TEXTS.values())


def test_what_is_said_in_any_order_may_stand_between() -> None:
    # "took", "drops" and "all" are three runs; the last of them stands between the others
    assert list(found_in(words_of(read("ho preso tutte le gocce")), OTHERS))
    assert not list(found_in(words_of(read("ho preso le gocce")), OTHERS))
