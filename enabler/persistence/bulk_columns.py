"""Columns of PostgreSQL by Arrow: rows by the hundred thousand, never one Python object each.

Loaded only by :mod:`.columns`, when there are that many: importing it takes half a second.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa
from adbc_driver_postgresql import dbapi
from psycopg.conninfo import make_conninfo
from sqlalchemy import URL
from sqlalchemy.dialects import postgresql

from enabler.persistence.columns import Column, Columns, Query, Read, kinds_of

_DIALECT = postgresql.dialect(paramstyle="named")  # type: ignore[no-untyped-call]


@contextmanager
def bulk_reader(url: URL, moment: str | None = None) -> Iterator[Read]:
    """Read columns over a connection of its own, closed at the end, all as of one moment.

    ``moment``: a snapshot that another transaction has exported and keeps open; without it, the
    moment of the first query. What a failed query asked stands in its error: the queries of
    matching hold ids, states and times, and nothing of a person.
    """
    with dbapi.connect(_address(url)) as connection, connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        if moment is not None:
            cursor.execute(f"SET TRANSACTION SNAPSHOT '{moment}'")
        yield partial(_read, cursor)


def _address(url: URL) -> str:
    """What libpq connects to: sockets, passwords and options as the engine's address has them."""
    _, given = postgresql.psycopg.dialect().create_connect_args(url)  # type: ignore[no-untyped-call]
    return make_conninfo(**{name: value for name, value in given.items() if name != "context"})


def _read(cursor: Any, query: Query) -> Columns:
    """The answer of one query. It is sent as text with its values in it: COPY takes no others."""
    kinds = kinds_of(query)
    values_in_it = {"literal_binds": True, "render_postcompile": True}
    cursor.execute(str(query.compile(dialect=_DIALECT, compile_kwargs=values_in_it)))
    table: pa.Table = cursor.fetch_arrow_table()
    columns = {}
    for name, kind in kinds.items():
        columns[name] = _column(name, kind, table.column(0))
        table = table.remove_column(0)  # its memory goes before the next is made
    return columns


def _column(name: str, kind: np.dtype[Any], values: pa.ChunkedArray) -> Column:
    if kind.kind == "O":
        return _texts(values)
    if kind.kind == "M":
        return np.asarray(values.cast(pa.timestamp("us")).to_numpy())
    if values.null_count:
        raise TypeError(f"{name} has an absent value: COALESCE it in the query")
    return np.asarray(values.cast(pa.from_numpy_dtype(kind)).to_numpy())


def _texts(values: pa.ChunkedArray) -> Column:
    """Each different text becomes one Python string, however often it comes."""
    coded = values.dictionary_encode().combine_chunks()
    if isinstance(coded, pa.ChunkedArray):  # of no chunk at all
        return np.empty(0, dtype=object)
    words = np.empty(len(coded.dictionary) + 1, dtype=object)
    words[:-1] = coded.dictionary.to_pylist()
    return np.asarray(words[coded.indices.fill_null(-1).to_numpy(zero_copy_only=False)])
