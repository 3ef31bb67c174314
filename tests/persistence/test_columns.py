"""Columns of a query: the same by either driver, of the moment asked for, and never half read."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Thread

import numpy as np
import pytest
from flask import Flask
from sqlalchemy import (
    URL,
    BigInteger,
    Connection,
    Integer,
    Text,
    cast,
    func,
    make_url,
    select,
    text,
    type_coerce,
)

from enabler.domain.vocabulary import OfferState
from enabler.persistence import columns
from enabler.persistence.bulk_columns import _address, bulk_reader
from enabler.persistence.columns import Columns, reader
from enabler.persistence.tables.matches import MatchRow
from enabler.persistence.tables.offers import OfferAwayRow, OfferRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from tests.builders import NOW, a_helper, a_member, a_place, an_offer

PROJECT = Path(__file__).resolve().parents[2]
EVERY_KIND = select(
    OfferRow.id, OfferRow.ref, OfferRow.state, OfferRow.any_time, OfferRow.easting,
    OfferRow.posted_at, OfferRow.ended_at, OfferRow.stated_terms,
    cast(OfferRow.languages, Text).label("languages"),
    cast(OfferRow.capacity, BigInteger).label("room"),
).where(
    OfferRow.posted_at < NOW, OfferRow.ref != "100% O'Hara \\ %(x)s :y", OfferRow.id.in_([1, 2])
).order_by(OfferRow.id)  # fmt: skip


@pytest.fixture
def connection(app: Flask) -> Iterator[Connection]:
    """A reading transaction, with two offers in the database."""
    with app.app_context():
        helper = a_helper(a_place())
        an_offer(helper, languages=["en", "cy"], ended_at=NOW, capacity=3)
        with reading() as uow:
            yield uow.session.connection()


@pytest.fixture(params=["at hand", "in bulk"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways by which columns come (on SpatiaLite there is but one)."""
    if request.param == "in bulk":
        monkeypatch.setattr(columns, "BULK_FROM", 0)


def answer(connection: Connection, query) -> Columns:
    with reader(connection, rows=1) as read:
        return read(query)


@pytest.mark.usefixtures("way")
class TestColumns:
    def test_of_every_kind_come_in_the_order_asked_for(self, connection: Connection) -> None:
        found = answer(connection, EVERY_KIND)

        assert list(found) == [column.key for column in EVERY_KIND.selected_columns]
        assert [str(column.dtype) for column in found.values()] == [
            "int32", "object", "object", "bool", "int32", "datetime64[us]", "datetime64[us]",
            "object", "object", "int64",
        ]  # fmt: skip
        assert found["id"].tolist() == [1, 2]
        assert found["state"].tolist() == [OfferState.OPEN.value] * 2
        assert found["stated_terms"].tolist() == [None, None]
        assert found["languages"].tolist() == ["[]", '["en", "cy"]']
        assert found["room"].tolist() == [5, 3]
        posted = (NOW - timedelta(days=400)).replace(tzinfo=None)
        assert found["posted_at"].tolist() == [posted, posted]
        assert np.isnat(found["ended_at"][0])
        assert found["ended_at"].tolist()[1] == NOW.replace(tzinfo=None)

    def test_of_no_row_are_empty_and_of_their_kind(self, connection: Connection) -> None:
        found = answer(connection, EVERY_KIND.where(OfferRow.id < 0))
        assert [len(column) for column in found.values()] == [0] * 10
        assert found["posted_at"].dtype == np.dtype("datetime64[us]")

    def test_refuse_what_is_absent_where_a_number_must_be(self, connection: Connection) -> None:
        with pytest.raises(TypeError, match="organisation_id"):
            answer(connection, select(OfferRow.organisation_id))

    def test_refuse_json(self, connection: Connection) -> None:
        with pytest.raises(TypeError, match="reasons"):
            answer(connection, select(MatchRow.reasons))

    def test_refuse_a_number_that_does_not_fit(self, connection: Connection) -> None:
        far = cast(OfferRow.id, BigInteger) * 2**33
        found = answer(connection, select(far.label("far")).order_by(OfferRow.id))
        assert found["far"].tolist() == [2**33, 2**34]
        with pytest.raises((OverflowError, ValueError)):
            answer(connection, select(type_coerce(far, Integer).label("far")))

    def test_count(self, connection: Connection) -> None:
        query = select(func.count().label("how_many")).select_from(OfferAwayRow)
        assert answer(connection, query)["how_many"].tolist() == [0]

    def test_are_of_the_moment_of_the_transaction(self, app: Flask) -> None:
        with app.app_context():
            helper = a_member(a_place())
            with reading() as uow:
                connection = uow.session.connection()
                before = answer(connection, select(OfferRow.id))
                _an_offer_elsewhere(app, helper)
                again = answer(connection, select(OfferRow.id))
        assert (len(before["id"]), len(again["id"])) == (0, 0)


def _an_offer_elsewhere(app: Flask, helper) -> None:
    """An offer kept by another process, as it were."""

    def keep() -> None:
        with app.app_context():
            an_offer(helper)

    other = Thread(target=keep)
    other.start()
    other.join()


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("postgresql+psycopg://me@/town?host=/run/pg", "dbname=town user=me host=/run/pg"),
        (
            URL.create(
                "postgresql+psycopg", "me", "it's a\\ secret", "db.example.org", 5433, "town"
            ),
            r"dbname=town user=me password='it\'s a\\ secret' host=db.example.org port=5433",
        ),
        ("postgresql://db/town?sslmode=require", "dbname=town host=db sslmode=require"),
    ],
)
def test_the_address_is_the_engines(url: str | URL, address: str) -> None:
    assert sorted(_address(make_url(url)).split()) == sorted(address.split())


def test_a_bulk_reader_cannot_write(app: Flask) -> None:
    with app.app_context():
        with unit_of_work() as uow:
            engine = uow.session.connection().engine
        if engine.dialect.name != "postgresql":
            return
        following = func.nextval(text("'offer_id_seq'"), type_=BigInteger)
        with bulk_reader(engine.url) as read, pytest.raises(Exception, match="read-only"):
            read(select(following.label("following")))


def test_the_application_loads_neither_arrow_nor_a_compiler(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from enabler.app import create_app;"
        "from enabler.config import Settings;"
        "create_app(Settings(Path(sys.argv[1]), 'sqlite://', 'sqlite://', 'k' * 32));"
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)],
        capture_output=True, text=True, cwd=PROJECT, check=True,
    )  # fmt: skip
    loaded = set(ran.stdout.split())
    assert not loaded & {"numba", "pyarrow", "adbc_driver_postgresql", "adbc_driver_manager"}
    assert "sqlalchemy" in loaded
