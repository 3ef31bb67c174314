"""One use case, one transaction: kept when committed, and never otherwise."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from enabler.domain.errors import KeyReused
from enabler.persistence import spatial
from enabler.persistence.database import db
from enabler.persistence.unit_of_work import NestedUnit, reading, unit_of_work

NOW = datetime(2026, 11, 21, 14, 5, tzinfo=UTC)
LEASE = "INSERT INTO lease (name, holder, until) VALUES ('test', 'me', '2026-11-21 14:05:00')"


def leases() -> int:
    with reading() as uow:
        return uow.session.scalar(text("SELECT count(*) FROM lease WHERE name = 'test'")) or 0


@pytest.mark.usefixtures("context")
class TestAUnitOfWork:
    @pytest.fixture
    def context(self, app: Flask):
        with app.app_context():
            yield

    def test_keeps_what_was_committed(self) -> None:
        with unit_of_work() as uow:
            uow.session.execute(text(LEASE))
            uow.commit()
        assert leases() == 1

    def test_keeps_nothing_that_was_not(self) -> None:
        with unit_of_work() as uow:
            uow.session.execute(text(LEASE))
        assert leases() == 0

    def test_keeps_nothing_when_it_failed(self) -> None:
        def fail() -> None:
            with unit_of_work() as uow:
                uow.session.execute(text(LEASE))
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fail()
        assert leases() == 0

    def test_refuses_to_nest(self) -> None:
        with unit_of_work(), pytest.raises(NestedUnit), reading():
            pass
        with reading(), pytest.raises(NestedUnit), unit_of_work():
            pass

    def test_that_reads_cannot_write(self) -> None:
        with pytest.raises(DBAPIError), reading() as uow:
            uow.session.execute(text(LEASE))
        with pytest.raises(RuntimeError), reading() as uow:
            uow.commit()
        with unit_of_work() as uow:  # the connection is not left forbidden
            uow.session.execute(text(LEASE))
            uow.commit()
        assert leases() == 1
        with pytest.raises(DBAPIError), reading() as uow:  # nor is it left allowed
            uow.session.execute(text("DELETE FROM lease"))
        assert leases() == 1

    def test_holds_the_database_to_what_we_rely_on(self) -> None:
        with unit_of_work() as uow:
            if db.engine.dialect.name == "sqlite":
                pragma = {
                    name: uow.session.scalar(text(f"PRAGMA {name}"))
                    for name in ("journal_mode", "synchronous", "foreign_keys")
                }
                assert pragma == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
            else:
                isolation = uow.session.scalar(text("SHOW transaction_isolation"))
                assert isolation == "read committed"  # rows are locked where it matters

    def test_a_key_does_a_thing_once(self) -> None:
        call = {"actor": "member:M1", "service": "needs.post", "now": NOW}
        with unit_of_work() as uow:
            assert uow.calls.claim("k1", arguments={"words": "a lift"}, **call) is None
            uow.calls.keep("k1", {"ref": "7K4P"})
            uow.commit()
        with unit_of_work() as uow:
            assert uow.calls.claim("k1", arguments={"words": "a lift"}, **call) == {"ref": "7K4P"}
            with pytest.raises(KeyReused):
                uow.calls.claim("k1", arguments={"words": "two lifts"}, **call)
            with pytest.raises(KeyReused):
                uow.calls.claim(
                    "k1", arguments={"words": "a lift"}, **call | {"actor": "member:M2"}
                )


@pytest.mark.usefixtures("app")
def test_spatial_names_what_is_missing(monkeypatch: pytest.MonkeyPatch, app: Flask) -> None:
    monkeypatch.setattr(spatial, "_LIBRARIES", ("/nowhere/mod_spatialite.so",))
    monkeypatch.delenv("SPATIALITE_LIBRARY_PATH", raising=False)
    with app.app_context():
        if db.engine.dialect.name != "sqlite":
            return
        db.engine.dispose()
        with pytest.raises(spatial.SpatialiteMissing, match="apt-get install"), reading():
            pass
