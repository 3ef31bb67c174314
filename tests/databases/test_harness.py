"""The harness itself: fresh databases that know nothing of each other; nothing is left."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from enabler.persistence.database import db
from enabler.persistence.schema import is_current, owner_connection
from tests.absence import skip_or_fail
from tests.databases.fixtures import FreshDatabase
from tests.databases.postgres import WHY_ABSENT, PostgresServer, find_programs
from tests.databases.stores import Database, SpatialiteStore

DISTANCE = "SELECT ST_Distance(ST_GeomFromText('POINT(0 0)'), ST_GeomFromText('POINT(3 4)'))"
DIES_BADLY = """
import os, signal
from tests.databases.postgres import PostgresServer, find_programs
server = PostgresServer(find_programs())
print(server.folder, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


class TestADatabase:
    def test_measures(self, database: Database) -> None:
        with owner_connection(database.url) as connection:
            assert connection.execute(text(DISTANCE)).scalar_one() == 5.0

    def test_is_of_the_kind_its_name_says(self, database: Database) -> None:
        with owner_connection(database.url) as connection:
            kind = {"spatialite": "sqlite", "postgis": "postgresql"}[database.name]
            assert connection.dialect.name == kind

    @pytest.mark.parametrize("turn", [1, 2])
    def test_is_its_own(self, database: Database, turn: int) -> None:
        with owner_connection(database.url) as connection:
            connection.execute(text("CREATE TABLE only_here (turn integer)"))
            connection.execute(text("INSERT INTO only_here VALUES (:turn)"), {"turn": turn})
            assert connection.execute(text("SELECT turn FROM only_here")).scalars().all() == [turn]

    def test_can_be_had_twice_at_once(
        self, database: Database, fresh_database: FreshDatabase
    ) -> None:
        with fresh_database(database.name) as other:
            assert other.url != database.url


class TestTheApplication:
    def test_finds_the_newest_schema(self, app: Flask) -> None:
        with app.app_context():
            assert is_current(db.session.connection())

    def test_answers(self, client: FlaskClient) -> None:
        assert client.get("/no-such-page").status_code == 404


class TestATemplate:
    def test_that_was_not_closed_is_refused(self, tmp_path: Path) -> None:
        def leaves_its_log(url: str) -> None:
            Path(url.removeprefix("sqlite:///") + "-wal").write_bytes(b"a commit")

        with pytest.raises(RuntimeError, match="did not close"):
            SpatialiteStore(tmp_path, leaves_its_log).fresh().__enter__()


class TestTheServer:
    def test_keeps_text_as_production_does(self, postgres: PostgresServer) -> None:
        with psycopg.connect(postgres.url("postgres").replace("+psycopg", "")) as connection:
            asked = "SELECT current_setting('server_encoding'), current_setting('lc_collate')"
            assert connection.execute(asked).fetchone() == ("UTF8", "C")
        connection.close()

    def test_listens_on_no_network(self, postgres: PostgresServer) -> None:
        with psycopg.connect(postgres.url("postgres").replace("+psycopg", "")) as connection:
            assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        connection.close()

    def test_flushes_to_disk_where_a_test_asks(self, postgres: PostgresServer) -> None:
        assert flushes(postgres) == "off"
        with postgres.durable():
            assert flushes(postgres) == "on"
        assert flushes(postgres) == "off"

    def test_is_gone_after_its_process_is_killed(self) -> None:
        if find_programs() is None:
            skip_or_fail(WHY_ABSENT)
        died = subprocess.run(
            [sys.executable, "-c", DIES_BADLY], capture_output=True, text=True, check=False
        )
        assert died.returncode == -signal.SIGKILL
        folder = Path(died.stdout.strip())
        for _ in range(200):
            if not folder.exists():
                break
            time.sleep(0.05)
        assert not folder.exists()
        assert not any(folder.name in line for line in command_lines())


def flushes(server: PostgresServer) -> str:
    """The setting as a new session meets it, once the server has read its settings again."""
    time.sleep(0.2)
    with psycopg.connect(server.url("postgres").replace("+psycopg", "")) as connection:
        row = connection.execute("SHOW fsync").fetchone()
    connection.close()
    assert row is not None
    return str(row[0])


def command_lines() -> list[str]:
    """The command line of every process that we may see."""
    return [
        path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        for path in Path("/proc").glob("[0-9]*/cmdline")
        if os.access(path, os.R_OK) and path.exists()
    ]
