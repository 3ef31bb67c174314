"""``enabler check``: a line for each count, and the exit that scripts ask for."""

import pytest
from click.testing import CliRunner

from enabler.cli import enabler
from tests.databases.stores import Database

AT = "2026-11-24T12:00:00+00:00"


@pytest.fixture
def runner(database: Database, tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """The command line on this test's database."""
    monkeypatch.setenv("DATABASE_URL", database.url)
    monkeypatch.setenv("ENABLER_INSTANCE", str(tmp_path))
    return CliRunner()


class TestCheck:
    def test_prints_law_count_and_what(self, runner: CliRunner) -> None:
        ran = runner.invoke(enabler, ["check", "--at", AT], standalone_mode=False)
        assert (ran.exception, ran.return_value) == (None, 0)
        lines = [line.split("\t") for line in ran.stdout.splitlines()]
        assert {len(line) for line in lines} == {3}
        laws = [int(law) for law, _, _ in lines]
        assert laws == sorted(laws)
        assert set(laws) == {1, 2, 3, 4, 5, 6, 7, 8, 9, 12}
        assert {count for _, count, _ in lines} == {"0"}

    @pytest.mark.parametrize("moment", ["yesterday", "2026-11-24T12:00:00"])
    def test_refuses_a_time_that_nobody_knows(self, runner: CliRunner, moment: str) -> None:
        ran = runner.invoke(enabler, ["check", "--at", moment])
        assert ran.exit_code == 2
