"""The columns of a generated place as tables of a database, and columns from tables again.

``need`` and ``offer`` have a row each, ``offer_category`` one for each kind of help of an offer.
The tables are described once, so that they are written for either database and read by the
product's own reader (:mod:`enabler.persistence.columns`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import psycopg
from numpy.typing import NDArray
from sqlalchemy import BigInteger, Column, Integer, MetaData, Table, select

from bench.places import Ints, Place
from enabler.matching.search import Given, Wanted
from enabler.persistence.columns import Columns, Read

METADATA = MetaData()
HOURS = ("hours0", "hours1", "hours2")
"""The 168 hours of the week as three words of 56 bits, which a bigint holds."""


def _table(name: str, *columns: str, wide: Sequence[str] = ()) -> Table:
    kinds = {column: BigInteger if column in (*HOURS, *wide) else Integer for column in columns}
    return Table(name, METADATA, *(Column(each, kind) for each, kind in kinds.items()))


NEED = _table(
    "need", "id", "easting", "northing", "category", "reach", *HOURS, "demands", "points", "slots",
    wide=["demands"],
)  # fmt: skip
OFFER = _table(
    "offer", "id", "easting", "northing", "reach", *HOURS, "holds", "points", "capacity",
    wide=["holds"],
)  # fmt: skip
OFFER_CATEGORY = _table("offer_category", "offer", "category")
SKILL = _table(
    "skill", "offer", "category", "easting", "northing", "reach", *HOURS, "holds", "points",
    wide=["holds"],
)  # fmt: skip
"""For one need at a time: a row for each offer and category, with all that is asked of it."""
PROPOSAL = _table("proposal", "need", "offer", "score")

AT_ONCE = 200_000
"""Rows that are made ready at a time: bounds the memory."""


@dataclass(frozen=True)
class Market:
    """What a round needs of the tables; ``need`` and ``offer`` are the ids of the positions."""

    need: Ints
    offer: Ints
    wanted: Wanted
    given: Given
    slots: Ints
    capacity: Ints


def columns_of(place: Place) -> dict[Table, list[NDArray[Any]]]:
    """What each table holds of a place. The id of a need or an offer is its position, from 1."""
    wanted, given = place.wanted, place.given
    offer = 1 + np.arange(len(given))
    each = np.repeat(offer, np.diff(given.first))
    facts = [given.easting, given.northing, given.reach, *given.hours.T, given.holds, given.points]
    return {
        NEED: [
            1 + np.arange(len(wanted)), wanted.easting, wanted.northing, wanted.category,
            wanted.reach, *wanted.hours.T, wanted.demands, wanted.points, place.slots,
        ],
        OFFER: [offer, *facts, place.capacity],
        OFFER_CATEGORY: [each, given.category],
        SKILL: [each, given.category, *(column[each - 1] for column in facts)],
    }  # fmt: skip


def market_of(read: Read) -> Market:
    """The needs and offers of the tables, in the order of their ids."""
    needs = _by_id(read(select(NEED)), "id")
    offers = _by_id(read(select(OFFER)), "id")
    skills = _by_id(read(select(OFFER_CATEGORY)), "offer")
    wanted = Wanted(
        **{name: needs[name] for name in ("easting", "northing", "category", "reach", "points")},
        hours=_words(needs), demands=needs["demands"].view(np.uint64),
    )  # fmt: skip
    given = Given(
        **{name: offers[name] for name in ("easting", "northing", "reach", "points")},
        hours=_words(offers), holds=offers["holds"].view(np.uint64),
        first=np.searchsorted(skills["offer"], np.append(offers["id"], 2**31 - 1)),
        category=skills["category"],
    )  # fmt: skip
    slots, capacity = (
        rows[name].astype(np.int64) for rows, name in ((needs, "slots"), (offers, "capacity"))
    )
    return Market(needs["id"], offers["id"], wanted, given, slots, capacity)


def _by_id(rows: Columns, name: str) -> Columns:
    """The rows in the order of a column: as a rule they lie so already."""
    ids = rows[name]
    if len(ids) < 2 or (ids[1:] >= ids[:-1]).all():
        return rows
    order = np.argsort(ids, kind="stable")
    return {each: column[order] for each, column in rows.items()}


def _words(rows: Columns) -> NDArray[np.uint64]:
    return np.stack([rows[name] for name in HOURS], axis=1).view(np.uint64)


def create(connection: psycopg.Connection[Any], *tables: Table) -> None:
    """Make tables in PostgreSQL, without a log: they do not outlive the measure."""
    kinds = {BigInteger: "bigint", Integer: "int"}
    for table in tables:
        columns = ", ".join(f"{each.name} {kinds[type(each.type)]}" for each in table.columns)
        connection.execute(f"CREATE UNLOGGED TABLE {table.name} ({columns})")


def copy_into(
    connection: psycopg.Connection[Any], table: Table, columns: Sequence[NDArray[Any]]
) -> None:
    """Write columns of whole numbers into a table of PostgreSQL: COPY in its binary form."""
    with connection.cursor().copy(f"COPY {table.name} FROM STDIN (FORMAT binary)") as copy:
        for part in _binary(table, columns):
            copy.write(part)


def _binary(table: Table, columns: Sequence[NDArray[Any]]) -> Iterator[bytes]:
    """A header, then each row as its number of columns and each value with its length."""
    widths = [8 if isinstance(column.type, BigInteger) else 4 for column in table.columns]
    fields = [(f"{part}{at}", f">i{4 if part == 'size' else width}")
              for at, width in enumerate(widths) for part in ("size", "value")]  # fmt: skip
    yield b"PGCOPY\n\xff\r\n\x00" + bytes(8)
    for start in range(0, len(columns[0]), AT_ONCE):
        some = [column[start : start + AT_ONCE] for column in columns]
        rows = np.empty(len(some[0]), dtype=[("count", ">i2"), *fields])
        rows["count"] = len(widths)
        for at, (width, column) in enumerate(zip(widths, some, strict=True)):
            rows[f"size{at}"], rows[f"value{at}"] = width, column
        yield rows.tobytes()
    yield b"\xff\xff"


def insert_into(connection: Any, table: Table, columns: Sequence[NDArray[Any]]) -> None:
    """Write columns into a table of SQLite."""
    names = ", ".join(column.name for column in table.columns)
    marks = ", ".join("?" * len(columns))
    rows = zip(*(column.astype(np.int64).tolist() for column in columns), strict=True)
    connection.execute(f"CREATE TABLE {table.name} ({names})")
    connection.executemany(f"INSERT INTO {table.name} VALUES ({marks})", rows)  # noqa: S608
