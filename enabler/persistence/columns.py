"""A query's answer as numpy columns: many rows without an object for each.

The one module that knows how either database hands over columns. Up to :data:`BULK_FROM` rows they
come through the connection at hand. Beyond, PostgreSQL gives them as Arrow over a connection of
its own that sees the same moment (:mod:`.bulk_columns`, loaded then and never by a web worker).
Both give the same columns.

What a column is follows from the type that the query says it has:

============ ================= =================================================
in the query in numpy          absent values
============ ================= =================================================
Boolean      bool              refused: COALESCE them in the query
Integer      int32             refused
BigInteger   int64             refused
a moment     datetime64[us]    NaT (values are UTC)
Text, enums  object (of str)   None
============ ================= =================================================

JSON is asked for as text (``cast(column, Text)``): the two drivers would not read it alike.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import BigInteger, Boolean, Connection, Integer, Select, Text
from sqlalchemy.types import TypeEngine

from enabler.persistence.types import EnumText, UtcDateTime

Column = NDArray[Any]
Columns = Mapping[str, Column]
Query = Select[*tuple[Any, ...]]
Read = Callable[[Query], Columns]
"""Gives the answer of a query, a column by each name, rows in the query's order."""

BULK_FROM = 100_000
"""Rows from which a second connection is worth its while. To load Arrow takes half a second, to
connect a tenth; the rows then come four times as fast."""

_KINDS: tuple[tuple[type[TypeEngine[Any]], str], ...] = (
    (Boolean, "bool"),
    (BigInteger, "int64"),
    (Integer, "int32"),
    (UtcDateTime, "datetime64[us]"),
    (EnumText, "object"),
    (Text, "object"),
)


@contextmanager
def reader(connection: Connection, *, rows: int) -> Iterator[Read]:
    """Something that reads columns, as of the moment that the connection's transaction sees.

    ``rows``: about how many the longest answer has. Beyond :data:`BULK_FROM` the connection must
    be one of ``reading()``, whose moment stands still; what it wrote itself would not be seen.
    """
    if connection.dialect.name != "postgresql" or rows < BULK_FROM:
        yield partial(read, connection)
        return
    from enabler.persistence.bulk_columns import bulk_reader

    moment = connection.exec_driver_sql("SELECT pg_export_snapshot()").scalar_one()
    with bulk_reader(connection.engine.url, moment) as bulk:
        yield bulk


def read(connection: Connection, query: Query) -> Columns:
    """The answer of a query through this connection and its transaction.

    Raises TypeError for a column that is none of the kinds above, and for an absent value where
    there must be one.
    """
    kinds = kinds_of(query)
    result = connection.execute(query)
    # The driver's own cursor: SQLAlchemy would make an object of each row, and look at each value.
    rows: Sequence[Sequence[Any]] = [] if result.cursor is None else result.cursor.fetchall()
    result.close()
    values = zip(*rows, strict=True) if rows else ((),) * len(kinds)
    pairs = zip(kinds.items(), values, strict=True)
    return {name: _column(name, kind, column) for (name, kind), column in pairs}


def kinds_of(query: Query) -> dict[str, np.dtype[Any]]:
    """What the columns of a query's answer are in numpy, by name. Raises TypeError."""
    return {str(column.key): _kind(column.key, column.type) for column in query.selected_columns}


def _kind(name: Any, kept_as: TypeEngine[Any]) -> np.dtype[Any]:
    for kind, dtype in _KINDS:
        if isinstance(kept_as, kind):
            return np.dtype(dtype)
    raise TypeError(f"{name} is a {kept_as!r}, of which there are no columns")


def _column(name: str, kind: np.dtype[Any], values: Sequence[Any]) -> Column:
    if kind.kind == "O":
        texts = np.empty(len(values), dtype=object)
        texts[:] = values
        return texts
    if kind.kind == "M":
        return np.array([_moment(value) for value in values], dtype=kind)
    if None in values:
        raise TypeError(f"{name} has an absent value: COALESCE it in the query")
    # By way of int64, whatever the kind: numpy refuses what does not fit it.
    return np.array(values, dtype=kind)


def _moment(value: Any) -> Any:
    """SQLite keeps a moment as text, in UTC; psycopg gives it in the connection's zone."""
    return value.astimezone(UTC).replace(tzinfo=None) if isinstance(value, datetime) else value
