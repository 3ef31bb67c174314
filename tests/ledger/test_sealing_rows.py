"""The ledger is sealed as it grows; an export proves itself, and names the row that was changed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import text

from enabler.cli import enabler
from enabler.domain.errors import NotAllowed
from enabler.domain.permissions import Actor
from enabler.jobs import job_named, run_job
from enabler.persistence import border_rules, schema
from enabler.persistence.ledger_rules import without
from enabler.persistence.unit_of_work import unit_of_work
from enabler.services import seals
from enabler.timebank.transfers import Reason, Transfer
from tests.builders import NOW, a_member, a_place
from tests.databases.stores import Database
from tests.ledger.builders import Twin, kept, twins

SYSTEM = Actor.system("test")


@pytest.fixture
def twin(app: Flask) -> Iterator[Twin]:
    with app.app_context():
        made = twins(a_place().id)
        for number in range(5):
            kept(made.move(f"k{number}", 0, 1, 10 + number))
        yield made


def sealed_export() -> list[str]:
    seals.seal(actor=SYSTEM, now=NOW)
    return list(seals.export(actor=SYSTEM))


class TestSealing:
    def test_covers_each_row_once_and_in_order(self, twin: Twin) -> None:
        assert [seals.seal(actor=SYSTEM, now=NOW, most=3) for _ in range(3)] == [3, 2, 0]
        kept(twin.move("late", 0, 1, 1))
        lines = list(seals.export(actor=SYSTEM))
        kinds = [line[2:5] for line in lines]
        assert kinds == ["row"] * 3 + ["sea"] + ["row"] * 2 + ["sea"] + ["row"]
        assert '"row",null' in lines[-1]

    def test_tells_of_nobody(self, twin: Twin) -> None:
        assert "Ann" not in "".join(sealed_export())

    def test_waits_while_somebody_writes(self, twin: Twin, database: Database) -> None:
        if database.name != "postgis":
            return
        with schema.owner_connection(database.url) as connection:
            connection.execute(text("LOCK TABLE transfer IN ROW EXCLUSIVE MODE"))
            assert seals.seal(actor=SYSTEM, now=NOW) == 0
        assert seals.seal(actor=SYSTEM, now=NOW) == 5

    def test_is_for_the_clock_and_those_who_keep_the_machine(self, twin: Twin) -> None:
        member = a_member(a_place("elsewhere")).actor
        for act in (
            lambda: seals.seal(actor=member, now=NOW),
            lambda: list(seals.export(actor=member)),
            lambda: seals.findings(actor=member),
        ):
            with pytest.raises(NotAllowed):
                act()

    def test_is_a_job(self, app: Flask) -> None:
        with app.app_context():
            kept(twins(a_place().id).move("k", 0, 1, 10))
        job = job_named("seal-hours")
        assert job is not None
        assert job.seconds == 300
        assert [run_job(app, job, NOW) for _ in range(2)] == [1, 0]


class TestAtTheCommandLine:
    @pytest.fixture
    def run(self, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setenv("DATABASE_URL", database.url)
        monkeypatch.setenv("ENABLER_INSTANCE", str(tmp_path))
        return lambda *said: CliRunner().invoke(enabler, ["hours", *said], standalone_mode=False)

    def test_an_export_proves_itself(self, app: Flask, run, tmp_path: Path) -> None:
        with app.app_context():
            made = twins(a_place().id)
            kept(made.move("k", 0, 1, 10))
            seals.seal(actor=SYSTEM, now=NOW)
            kept(made.move("later", 0, 1, 10))
        written = run("export")
        file = tmp_path / "hours.txt"
        file.write_text(written.stdout)
        proved = run("verify", str(file))
        root = proved.stdout.split()[-1]
        assert (proved.return_value, proved.stdout) == (
            0, f"rows 2 seals 1 unsealed 1 root {root}\n"
        )  # fmt: skip
        assert run("verify", str(file), "--published", root).return_value == 0
        assert run("verify", str(file), "--published", "0" * 64).return_value == 1
        assert (run("check").return_value, run("check").stdout) == (0, "")

    def test_tells_what_moved_in_somebodys_account(self, app: Flask, run) -> None:
        with app.app_context():
            member = a_member(a_place())
            with unit_of_work() as uow:
                issue = uow.purses.issue(member.place.id)
                account = uow.purses.for_member(member.place.id, member.id, 0)
                grant = Transfer("grant", member.place.id, issue.number, account.number, 90,
                                 Reason.GRANT)  # fmt: skip
                uow.ledger.post(grant, NOW)
                uow.commit()
        lines = run("statement", member.ref).stdout.splitlines()
        assert lines == [
            "2026-03-10\t+90\t90\tThe council gave you 1 hour 30 minutes to begin with",
            "balance 90 promised 0 available 90",
        ]

    def test_names_the_row_that_was_changed(
        self, app: Flask, run, database: Database, tmp_path: Path
    ) -> None:
        with app.app_context():
            made = twins(a_place().id)
            rows = [kept(made.move(f"k{number}", 0, 1, 10)) for number in range(3)]
            seals.seal(actor=SYSTEM, now=NOW)
        with schema.owner_connection(database.url) as connection:
            dialect = connection.dialect.name
            for statement in (*border_rules.without(dialect), *without(dialect)):
                connection.execute(text(statement))
            connection.execute(text("UPDATE transfer SET minutes = 11 WHERE key = 'k1'"))
        file = tmp_path / "hours.txt"
        file.write_text(run("export").stdout)
        proved = run("verify", str(file))
        assert proved.return_value == 1
        assert proved.stdout == f"line 2 row {rows[1].seq}: This row is not what was sealed.\n"
        checked = run("check")
        assert checked.return_value == 1
        assert "posted_differs" in checked.stdout

    @pytest.mark.parametrize("content", [b"hello\n", b"\xff\xfe"])
    def test_says_where_a_file_cannot_be_read(
        self, run, database: Database, tmp_path: Path, content: bytes
    ) -> None:
        file = tmp_path / "hours.txt"
        file.write_bytes(content)
        proved = run("verify", str(file))
        assert proved.return_value == 2
        assert f"{file}:1:1: This is not a line" in proved.stderr
