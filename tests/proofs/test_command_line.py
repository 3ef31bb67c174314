"""``enabler keys``: an operator lists, makes and gives up what places sign with."""

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from enabler import cli
from enabler.doors.signing import FolderKeys
from tests.builders import BuiltPlace
from tests.databases.stores import Database

Run = Callable[..., tuple[int, list[str]]]


@pytest.fixture
def run(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:  # fmt: skip
    """A command on this database: how it ended, and its lines."""
    monkeypatch.setenv("ENABLER_INSTANCE", str(tmp_path / "machine"))
    monkeypatch.setenv("DATABASE_URL", database.url)

    def do(*words: str) -> tuple[int, list[str]]:
        monkeypatch.setattr("sys.argv", ["enabler", "keys", *words])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return int(str(ended.value.code)), capsys.readouterr().out.splitlines()

    return do


def states(lines: list[str]) -> list[tuple[str, str, str]]:
    return [(place, state, here) for place, _, state, here in (line.split("\t") for line in lines)]


def test_keys_are_made_kept_beside_retired_and_lost(run: Run, place: BuiltPlace) -> None:
    only = ("list", "--place", place.slug)
    assert run(*only) == (1, [])
    _, (first,) = run("make", place.slug)
    assert run(*only) == (0, [f"{place.slug}\t{first}\tsigns\there"])
    _, (second,) = run("make", place.slug, "--beside")
    assert [state for _, state, _ in states(run(*only)[1])] == ["signs", "signs"]
    run("make", place.slug)
    assert [state for _, state, _ in states(run(*only)[1])] == ["signs", "retired", "retired"]
    assert run("lost", place.slug, second) == (0, [f"{place.slug} {second} lost"])
    assert [state for _, state, _ in states(run(*only)[1])] == ["signs", "lost", "retired"]
    assert run("lost", place.slug, second)[0] == 2
    assert run("make", "nowhere")[0] == 2
    assert run("list")[0] == 1  # the other council has none


def test_a_key_of_another_machine_is_not_here(
    run: Run, place: BuiltPlace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("make", place.slug)
    monkeypatch.setenv("ENABLER_INSTANCE", str(tmp_path / "another"))
    code, lines = run("list", "--place", place.slug)
    assert (code, states(lines)) == (1, [(place.slug, "signs", "not-here")])


def test_the_figures_count_who_cannot_sign_where_no_key_makes_itself(
    app: Flask, place: BuiltPlace, tmp_path: Path
) -> None:
    kept = app.extensions["enabler"]
    for makes_keys, count in ((True, 0.0), (False, 2.0)):  # the other council has none either
        app.extensions["enabler"] = dataclasses.replace(
            kept, metrics_token="figures",
            signing=FolderKeys(tmp_path / "signing", makes_keys=makes_keys),
        )  # fmt: skip
        answer = app.test_client().get("/metrics", headers={"Authorization": "Bearer figures"})
        assert f"enabler_places_that_cannot_sign {count}" in answer.get_data(as_text=True)
