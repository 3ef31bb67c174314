"""``enabler backup`` and ``enabler restore``, as somebody types them."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from enabler.cli import enabler
from enabler.domain.errors import WrongMoment
from tests.databases.fixtures import FreshDatabase


def run(runner: CliRunner, database_url: str, folder: Path, *words: str) -> Result:
    """A command on a database."""
    return runner.invoke(
        enabler, list(words), standalone_mode=False,
        env={"DATABASE_URL": database_url, "ENABLER_INSTANCE": str(folder)},
    )  # fmt: skip


class TestTheCommands:
    @pytest.mark.parametrize(("source", "target"), [("spatialite", "postgis"),
                                                    ("postgis", "spatialite")])  # fmt: skip
    def test_carry_everything_from_one_database_to_the_other(
        self, fresh_database: FreshDatabase, tmp_path: Path, source: str, target: str
    ) -> None:
        file, runner = str(tmp_path / "b.zip"), CliRunner()
        with fresh_database(source) as old, fresh_database(target) as new:
            made = run(runner, old.url, tmp_path, "backup", file)
            put = run(runner, new.url, tmp_path, "restore", file)
            again = run(runner, new.url, tmp_path, "restore", file)
            replaced = run(runner, new.url, tmp_path, "restore", "--replace", file)
        assert (made.exception, put.exception, replaced.exception) == (None, None, None)
        assert made.stdout == put.stdout == replaced.stdout
        assert [line.split()[0] for line in made.stdout.splitlines()] == ["tables", "rows"]
        assert isinstance(again.exception, WrongMoment)  # the note of the first restore is there

    def test_make_the_schema_where_there_is_none(self, tmp_path: Path) -> None:
        urls = [f"sqlite:///{tmp_path / name}.sqlite" for name in ("old", "new")]
        file, runner = str(tmp_path / "b.zip"), CliRunner()
        run(runner, urls[0], tmp_path, "db", "upgrade")
        run(runner, urls[0], tmp_path, "backup", file)
        put = run(runner, urls[1], tmp_path, "restore", file)
        assert put.exception is None
        assert run(runner, urls[1], tmp_path, "check").return_value == 0
