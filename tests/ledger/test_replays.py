"""Another community's history: through the ledger once, whole, and nobody sees its place."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from enabler.cli import enabler
from enabler.services import laws, places
from tests.builders import NOW, a_place
from tests.databases.stores import Database

Run = Callable[[str], Result]
HEAD = "seq,from_account,to_account,amount\n"
ROWS = HEAD + "1,6,8,321.50\n2,5,8,0.5\n3,9,9,12.00\n4,8,6,1.5\n5,6,8,x\n6,6,8,-1\n4,8,6,1.6\n"


@pytest.fixture
def run(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Replay a text as a file."""
    monkeypatch.setenv("DATABASE_URL", database.url)
    monkeypatch.setenv("ENABLER_INSTANCE", str(tmp_path))
    file = tmp_path / "rows.csv"

    def replay(content: str) -> Result:
        file.write_text(content)
        return CliRunner().invoke(enabler, ["hours", "replay", str(file)], standalone_mode=False)

    return replay


def told(result: Result) -> str:
    """The last line up to the rates, which differ each time."""
    return result.stdout.splitlines()[-1].split(" rows_per_second")[0]


class TestAReplay:
    def test_posts_each_row_once(self, app: Flask, run: Run) -> None:
        with app.app_context():
            a_place()
        refusals = "(amount_unreadable=1 minutes_not_positive=1 rounded_to_nothing=1 to_oneself=1)"
        first = run(ROWS)
        assert told(first) == f"posted 2 refused 4 {refusals} already 1 conserved yes"
        assert told(run(ROWS)) == f"posted 0 refused 4 {refusals} already 3 conserved yes"
        with app.app_context():
            assert [each.slug for each in places.all_places()] == ["elmford"]
            assert [each for each in laws.check(now=NOW) if each.count] == []

    def test_refuses_a_key_with_another_body(self, run: Run) -> None:
        run(HEAD + "1,6,8,321\n")
        again = run(HEAD + "1,6,8,322\n2,8,6,1\n1,6,9,321\n")
        assert told(again) == (
            "posted 1 refused 2 (transfer_key_reused=2) already 0 conserved yes"
        )  # fmt: skip

    @pytest.mark.parametrize("content", ["a,b\n", HEAD + "1,2\n"])
    def test_says_where_a_file_is_wrong(self, run: Run, content: str) -> None:
        wrong = run(content).exception
        assert (type(wrong).__name__, getattr(wrong, "line", 0)) == (
            "BadSource", content.count("\n"),
        )  # fmt: skip
