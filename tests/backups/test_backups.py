"""A backup taken while the work goes on, put back elsewhere: nothing acknowledged is missing."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import Connection, func, insert, select, text
from sqlalchemy.exc import DBAPIError

from enabler.app import create_app
from enabler.config import Settings
from enabler.domain.errors import Invalid, NotAllowed, WrongMoment
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import OutboxState, Priority
from enabler.persistence import backups as rows_of_backups
from enabler.persistence.database import Base, db
from enabler.persistence.schema import owner_connection
from enabler.persistence.tables.matches import MatchRow
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.tables.needs import NeedRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import backups, clock, laws, seals
from enabler.services._tell import tell
from enabler.timebank.transfers import Reason, Transfer
from tests import rows
from tests.databases.fixtures import NAMES, FreshDatabase
from tests.databases.stores import Database

OPERATOR = Actor.operator("test")
LATER = rows.NOON + timedelta(minutes=10)


def silent(_step: str, _done: int, _total: int) -> None:
    """Nobody watches."""


@contextmanager
def app_on(database: Database, folder: Path) -> Iterator[Flask]:
    """The app on another database, with its context."""
    settings = Settings(
        instance=folder, database_url=database.url, database_owner_url=database.url,
        secret_key="k" * 40, environment="test",
    )  # fmt: skip
    app = create_app(settings)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def busy_town() -> tuple[rows.Town, int]:
    """A place with a member, to write to."""
    with unit_of_work() as uow:
        town = rows.town(uow.session, invented=True)
        asker = rows.member(uow.session, town, "Łucja Ó Dálaigh 😀")
        uow.commit()
    return town, asker


def post(town: rows.Town, asker: int) -> int:
    """A need with its audit and a text, in one commit, as a service would; its id."""
    with unit_of_work() as uow:
        need = rows.need(uow.session, town, asker)
        uow.audit.record(
            OPERATOR, "need.posted", place_id=town.id, subject=("need", need.id, need.ref),
            now=rows.NOON, states=(None, "open"),
        )  # fmt: skip
        tell(
            uow, place_id=town.id, member_id=asker, template="held", now=rows.NOON,
            parameters={"need": need.ref}, priority=Priority.MATCH, dedupe_key=need.ref,
        )  # fmt: skip
        uow.commit()
        return need.id


def make(path: Path) -> backups.Backup:
    """A backup of the app's database."""
    return backups.make(actor=OPERATOR, file=path, now=rows.NOON, told=silent)


def put_back(path: Path, database: Database, *, replace: bool = False) -> backups.Backup:
    """Put it into this database."""
    return backups.restore(
        actor=OPERATOR, file=path, owner_url=database.url, replace=replace, now=LATER, told=silent
    )  # fmt: skip


def everything(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, geometry as text."""
    return {
        table.name: [
            tuple(rows_of_backups.to_plain(value) for value in row)
            for row in connection.execute(select(table).order_by(*table.primary_key.columns))
        ]
        for table in Base.metadata.sorted_tables
    }


def give_it_hours_and_a_day(now: datetime) -> str:
    """Hours that have moved and are sealed, and the day of a match: as a backup writes it."""
    with unit_of_work() as uow:
        match = uow.session.scalars(select(MatchRow)).one()
        match.on_day = now.date()
        account = uow.purses.for_member(match.place_id, match.helper_id or 0, 0)
        issue = uow.purses.issue(match.place_id)
        grant = Transfer("t", match.place_id, issue.number, account.number, 60, Reason.GRANT)
        uow.ledger.post(grant, now)
        uow.commit()
    assert seals.seal(actor=OPERATOR, now=now) == 1
    return now.date().isoformat()


class TestABackupUnderLoad:
    @pytest.mark.parametrize("elsewhere", NAMES)
    @pytest.mark.prove("2.6")
    def test_put_back_elsewhere_misses_nothing_acknowledged(
        self, app: Flask, fresh_database: FreshDatabase, elsewhere: str, tmp_path: Path,
        full_size: bool,
    ) -> None:  # fmt: skip
        with app.app_context():
            town, asker = busy_town()
        acknowledged: list[int] = []
        stopped, enough = threading.Event(), threading.Event()

        def write() -> None:
            with app.app_context():
                while not stopped.is_set():
                    acknowledged.append(post(town, asker))
                    if len(acknowledged) >= (2_000 if full_size else 40):
                        enough.set()

        writers = [threading.Thread(target=write) for _ in range(2)]
        for writer in writers:
            writer.start()
        try:
            assert enough.wait(300)
            before = set(acknowledged)
            with app.app_context():
                make(tmp_path / "b.zip")
            after = set(acknowledged)
        finally:
            stopped.set()
            for writer in writers:
                writer.join(60)
        with fresh_database(elsewhere) as target, app_on(target, tmp_path):
            put_back(tmp_path / "b.zip", target)
            with reading() as uow:
                restored = set(uow.session.scalars(select(NeedRow.id)))
                texts = uow.session.scalar(select(func.count()).select_from(OutboxRow))
            assert before <= restored
            assert restored <= after | set(acknowledged)
            assert texts == len(restored)
            assert {each.what: each.count for each in laws.check(now=LATER) if each.count} == {}
            assert post(town, asker) > max(restored)


class TestABackup:
    @pytest.mark.parametrize("elsewhere", NAMES)
    def test_holds_every_value_across_databases(
        self, app: Flask, fresh_database: FreshDatabase, elsewhere: str, tmp_path: Path
    ) -> None:
        with app.app_context():
            town, asker = busy_town()
            with unit_of_work() as uow:
                offer = rows.offer(uow.session, town, asker)
                rows.match(uow.session, rows.need(uow.session, town, asker), offer)
                uow.commit()
            make(tmp_path / "b.zip")
            with reading() as uow:
                expected = everything(uow.session.connection())
        with fresh_database(elsewhere) as target, app_on(target, tmp_path):
            put_back(tmp_path / "b.zip", target)
            with reading() as uow:
                found = everything(uow.session.connection())
        (noted,) = (row for row in found["audit"] if row not in expected["audit"])
        found["audit"].remove(noted)
        assert found == expected
        assert "database.restored" in noted

    def test_puts_back_days_and_hours_though_only_transfers_move_balances(
        self, app: Flask, database: Database, fresh_database: FreshDatabase, tmp_path: Path
    ) -> None:
        (elsewhere,) = set(NAMES) - {database.name}
        with app.app_context():
            town, asker = busy_town()
            with unit_of_work() as uow:
                offer = rows.offer(uow.session, town, asker)
                rows.match(uow.session, rows.need(uow.session, town, asker), offer)
                uow.commit()
            day = give_it_hours_and_a_day(rows.NOON)
            make(tmp_path / "b.zip")
            with reading() as uow:
                expected = everything(uow.session.connection())
        with fresh_database(elsewhere) as target, app_on(target, tmp_path):
            put_back(tmp_path / "b.zip", target)
            with reading() as uow:
                found = everything(uow.session.connection())
                broken = [law for law in laws.count(uow, rows.NOON) if law.law == 2 and law.count]
            with unit_of_work() as uow, pytest.raises(DBAPIError, match="append-only"):
                uow.session.execute(text("DELETE FROM transfer"))
        assert broken == []
        for name in ("account", "transfer", "transfer_seal", "ledger_seal", "account_owner"):
            assert found[name] == expected[name] != [], name
        assert any(day in row for row in found["match"])

    def test_is_for_its_owner_alone_and_whole_or_not_there(
        self, app: Flask, tmp_path: Path
    ) -> None:
        with app.app_context():
            busy_town()
            made = make(tmp_path / "b.zip")
        assert (tmp_path / "b.zip").stat().st_mode & 0o077 == 0
        assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["b.zip"]
        assert made.tables == len(Base.metadata.tables)
        with app.app_context(), pytest.raises(Invalid, match="file_not_writable"):
            make(tmp_path / "nowhere" / "b.zip")

    def test_is_the_operators(self, app: Flask, tmp_path: Path, database: Database) -> None:
        stranger = Actor("member", "ABCD", member_id=1, place_id=1)
        with app.app_context():
            with pytest.raises(NotAllowed):
                backups.make(actor=stranger, file=tmp_path / "b", now=LATER, told=silent)
            with pytest.raises(NotAllowed):
                backups.restore(
                    actor=stranger, file=tmp_path / "b", owner_url=database.url, replace=True,
                    now=LATER, told=silent,
                )  # fmt: skip


class TestPuttingBack:
    @pytest.fixture
    def file(self, app: Flask, tmp_path: Path) -> Path:
        """A backup of a busy town."""
        with app.app_context():
            post(*busy_town())
            make(tmp_path / "b.zip")
        return tmp_path / "b.zip"

    def test_needs_an_empty_database_or_leave_to_empty_it(
        self, app: Flask, database: Database, file: Path
    ) -> None:
        with app.app_context():
            with pytest.raises(WrongMoment, match="database_not_empty"):
                put_back(file, database)
            with unit_of_work() as uow:
                town = rows.town(uow.session, slug="afterwards")
                rows.member(uow.session, town, "Too Late")
                uow.commit()
            put_back(file, database, replace=True)
            with reading() as uow:
                names = set(uow.session.scalars(text("SELECT name FROM member")))
        assert names == {"Łucja Ó Dálaigh 😀"}

    def test_leaves_the_audit_as_it_can_only_grow(
        self, app: Flask, database: Database, file: Path
    ) -> None:
        with app.app_context():
            put_back(file, database, replace=True)
            for change in ("UPDATE audit SET what = 'x'", "DELETE FROM audit"):
                with unit_of_work() as uow, pytest.raises(DBAPIError, match="append-only"):
                    uow.session.execute(text(change))

    def test_sends_nothing_that_waited_then(
        self, app: Flask, database: Database, file: Path
    ) -> None:
        with app.app_context():
            put_back(file, database, replace=True)
            with reading() as uow:
                states = list(uow.session.scalars(select(OutboxRow.state)))
        assert states == [OutboxState.UNKNOWN]

    def test_drops_codes_and_signs_everybody_out(
        self, app: Flask, database: Database, tmp_path: Path
    ) -> None:
        with app.app_context():
            town, asker = busy_town()
            moments = {"created_at": rows.NOON, "last_seen_at": rows.NOON, "expires_at": LATER}
            with unit_of_work() as uow:
                tell(
                    uow, place_id=town.id, member_id=asker, template="sign_in_code",
                    parameters={"nonce": "n"}, priority=Priority.CODE, dedupe_key="c",
                    now=rows.NOON,
                )  # fmt: skip
                session = Base.metadata.tables["web_session"]
                signed_in = {"place_id": town.id, "token_hash": "h", "member_id": asker} | moments
                uow.session.execute(insert(session).values(**signed_in))
                uow.commit()
            clock.begin_run(name="j", slot="s", holder="h", now=rows.NOON)
            make(tmp_path / "b.zip")
            put_back(tmp_path / "b.zip", database, replace=True)
            with reading() as uow:
                assert list(uow.session.scalars(select(OutboxRow.state))) == [OutboxState.DROPPED]
                assert uow.session.scalar(select(session.c.ended_at)) == LATER
                assert uow.clock.last_tick(clock.CLOCK) is None

    def test_of_a_broken_file_changes_nothing(
        self, app: Flask, database: Database, file: Path, tmp_path: Path
    ) -> None:
        broken = {
            "backup_broken": file.read_bytes()[:-200],
            "backup_not_ours": _changed(file, tmp_path, "manifest.json", "{}"),
        }
        broken_line = _changed(file, tmp_path, "need.jsonl", "{}\n")
        for code, contents in [*broken.items(), ("backup_broken", broken_line)]:
            (tmp_path / "bad.zip").write_bytes(contents)
            with app.app_context(), pytest.raises(Invalid, match=code):
                put_back(tmp_path / "bad.zip", database, replace=True)
        with app.app_context(), reading() as uow:
            assert uow.session.scalar(select(func.count()).select_from(NeedRow)) == 1

    def test_of_another_schema_changes_nothing(
        self, app: Flask, database: Database, file: Path, tmp_path: Path
    ) -> None:
        with ZipFile(file) as archive:
            manifest = json.loads(archive.read("manifest.json")) | {"revision": "other"}
        other = _changed(file, tmp_path, "manifest.json", json.dumps(manifest))
        (tmp_path / "bad.zip").write_bytes(other)
        with app.app_context(), pytest.raises(Invalid, match="backup_other_revision"):
            put_back(tmp_path / "bad.zip", database, replace=True)
        with owner_connection(database.url) as connection:
            assert connection.scalar(text("SELECT count(*) FROM need")) == 1


def _changed(file: Path, folder: Path, name: str, contents: str) -> bytes:
    """The same backup with one of its files changed."""
    changed = folder / "changed.zip"
    with ZipFile(file) as old, ZipFile(changed, "w") as new:
        for each in old.namelist():
            new.writestr(each, contents if each == name else old.read(each))
    return changed.read_bytes()
