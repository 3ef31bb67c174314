"""The one module that knows SpatiaLite from PostGIS, and the one that imports geoalchemy2.

Everything in which the two databases differ stands here under one name for both: columns and
conditions on geometry, how a connection is prepared, how a writing and a reading transaction
begin, how a lock is taken, which triggers keep a table append-only. Law: the database
over-selects by boxes, the domain decides in metres; so both give the same answer.
"""

import fcntl
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from geoalchemy2 import Geometry, WKBElement, alembic_helpers
from geoalchemy2.shape import from_shape, to_shape
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Column, Connection, Engine, event, text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType

from enabler.persistence.types import EnumText, UtcDateTime

try:
    from pysqlite3 import dbapi2 as bundled_sqlite
except ImportError:  # no wheel for this machine: its own sqlite3 must load extensions
    bundled_sqlite = None

SRID = 27700
"""British National Grid: whole metres east and north."""

_LIBRARIES = (
    "mod_spatialite",
    "/usr/lib/x86_64-linux-gnu/mod_spatialite.so",
    "/usr/lib/aarch64-linux-gnu/mod_spatialite.so",
)
_ROWS_OF_INDEX = "{alias}.rowid IN (SELECT rowid FROM SpatialIndex WHERE {conditions})"
WRITES = "enabler_writes"
"""Execution option of a connection whose transaction will write."""


class SpatialiteMissing(RuntimeError):
    """SpatiaLite cannot be loaded; the message names what to install."""


def point_column(*, index: bool = True) -> Geometry:
    """The type of a point on the National Grid."""
    return Geometry("POINT", srid=SRID, spatial_index=index)


def area_column(*, index: bool = True) -> Geometry:
    """The type of an area (a multipolygon) on the National Grid."""
    return Geometry("MULTIPOLYGON", srid=SRID, spatial_index=index)


def box_column() -> Geometry:
    """The type of a box (a polygon) on the National Grid, indexed."""
    return Geometry("POLYGON", srid=SRID, spatial_index=True)


def to_column(shape: BaseGeometry) -> WKBElement:
    """What is bound to a geometry column."""
    return from_shape(shape, srid=SRID)


def from_column(value: WKBElement) -> BaseGeometry:
    """The shape that a geometry column holds."""
    return to_shape(value)


def is_shape(value: object) -> bool:
    """Whether a value came from a geometry column."""
    return isinstance(value, WKBElement)


def is_geometry(column: Column[Any]) -> bool:
    """Whether a column holds geometry."""
    return isinstance(column.type, Geometry)


class _OverPoint(FunctionElement[Any]):
    """``over_point(column, easting, northing)``: the column's bounding box holds the point."""

    name = "over_point"
    inherit_cache = True
    type = NullType()  # a Boolean would be emitted as "(…) = 1" and lose SQLite's R*Tree


def over_point(column: Any, easting: Any, northing: Any) -> _OverPoint:
    """A condition served by the spatial index: rows whose box holds the point (over-selects)."""
    return _OverPoint(column, easting, northing)


def near_point(column: Any, easting: Any, northing: Any, metres: Any) -> _OverPoint:
    """The same, of rows whose box comes within so many metres of the point, east and north."""
    return _OverPoint(column, easting, northing, metres)


@compiles(_OverPoint)
def _over_point_postgis(element: Any, compiler: Any, **kw: Any) -> str:
    column, east, north, *metres = (compiler.process(clause, **kw) for clause in element.clauses)
    point = f"ST_SetSRID(ST_MakePoint({east}, {north}), {SRID})"
    return f"{column} && " + (f"ST_Expand({point}, {metres[0]})" if metres else point)


@compiles(_OverPoint, "sqlite")
def _over_point_spatialite(element: Any, compiler: Any, **kw: Any) -> str:
    clauses = list(element.clauses)
    column, east, north, *metres = (compiler.process(clause, **kw) for clause in clauses)
    point = f"MakePoint({east}, {north}, {SRID})"
    table = getattr(clauses[0].table, "element", clauses[0].table)
    alias = column.rsplit(".", 1)[0]
    conditions = (
        f"f_table_name = '{table.name}'",
        f"f_geometry_column = '{clauses[0].name}'",
        "search_frame = " + (f"ST_Expand({point}, {metres[0]})" if metres else point),
    )
    return _ROWS_OF_INDEX.format(alias=alias, conditions=" AND ".join(conditions))


def sqlite_engine_options() -> dict[str, object]:
    """A DBAPI module that can load extensions, and how long it waits for a lock."""
    own = hasattr(sqlite3.Connection, "enable_load_extension")
    module = sqlite3 if own else bundled_sqlite
    if module is None:
        raise SpatialiteMissing(
            "this Python's sqlite3 cannot load extensions: use /usr/bin/python3 of Debian"
        )
    return {
        "module": module,
        "connect_args": {"timeout": 30},
        "json_deserializer": _read_json,
    }


def _read_json(text: str) -> Any:
    """Most lists that a row has are empty."""
    return [] if text == "[]" else json.loads(text)


def watch(engine: Engine) -> None:
    """Prepare every connection of this engine as its database needs it."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # BEGIN is ours: see _begin_sqlite
    _load_spatialite(connection)
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "recursive_triggers=ON",
        "busy_timeout=30000",
        "secure_delete=ON",  # what is deleted is overwritten: an erased person leaves no bytes
    ):
        cursor.execute(f"PRAGMA {pragma}")
    if not cursor.execute("SELECT CheckSpatialMetaData()").fetchone()[0]:
        cursor.execute("SELECT InitSpatialMetaData(1, 'NONE')")
        for srid in (4326, SRID):
            cursor.execute("SELECT InsertEpsgSrid(?)", (srid,))
    cursor.close()


def _load_spatialite(connection: Any) -> None:
    connection.enable_load_extension(True)
    failure: Exception | None = None
    for path in (os.environ.get("SPATIALITE_LIBRARY_PATH"), *_LIBRARIES):
        try:
            if path:
                connection.load_extension(path)
                break
        except (
            sqlite3.OperationalError,
            getattr(bundled_sqlite, "OperationalError", OSError),
        ) as e:
            failure = e
    else:
        raise SpatialiteMissing(
            "SpatiaLite is missing: apt-get install libsqlite3-mod-spatialite"
        ) from failure
    connection.enable_load_extension(False)


def _begin_sqlite(connection: Connection) -> None:
    # A deferred transaction that reads and then writes fails at once when another wrote between
    # (SQLITE_BUSY_SNAPSHOT, whatever the timeout): one that will write takes the lock at its start.
    writes = connection.get_execution_options().get(WRITES, True)
    _let_write(connection, writes)
    if writes:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        _said_plainly(connection, "BEGIN")


def _let_write(connection: Connection, writes: bool) -> None:
    """A reading transaction is held to it by the connection itself. That is said only where it was
    otherwise before: whenever it is said, SQLite forgets the statements it has compiled."""
    if connection.info.get(WRITES, True) is not writes:
        _said_plainly(connection, f"PRAGMA query_only={'OFF' if writes else 'ON'}")
        connection.info[WRITES] = writes


@contextmanager
def writing_gate(engine: Engine) -> Iterator[None]:
    """On SQLite, writers of all processes queue here in turn before they take the database's lock.

    SQLite's own busy handler is no queue: with eight writers one waited eight seconds, and behind
    this gate none more than 0.13 s. PostgreSQL locks rows and needs no gate.
    """
    path = engine.url.database
    if engine.dialect.name != "sqlite" or not path or path == ":memory:":
        yield
        return
    with open(f"{path}-gate", "a") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        yield


def empty_log(engine: Engine) -> bool:
    """Fold SQLite's write-ahead log into its file and empty it; False where a reader holds it."""
    raw = engine.raw_connection()
    try:
        busy, *_ = raw.driver_connection.execute(  # type: ignore[union-attr]
            "PRAGMA wal_checkpoint(TRUNCATE)"
        ).fetchone()
    finally:
        raw.close()
    return not busy


def reading_options(dialect: str) -> dict[str, Any]:
    """Execution options of a connection whose transaction only reads."""
    if dialect == "sqlite":
        return {WRITES: False}
    return {"postgresql_readonly": True, "isolation_level": "REPEATABLE READ"}


def _said_plainly(connection: Connection, statement: str) -> None:
    """To the driver itself: what cannot fail, is sent with each read and has no rows."""
    connection.connection.driver_connection.execute(statement)  # type: ignore[union-attr]


def create_extensions(connection: Connection) -> None:
    """PostGIS, where it is missing and this role may create it."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("CREATE EXTENSION IF NOT EXISTS postgis"))


def has_postgis(connection: Connection) -> bool:
    """Whether geometry is known (always so on SpatiaLite, whose connection would have failed)."""
    if connection.dialect.name != "postgresql":
        return True
    return bool(connection.scalar(text("SELECT 1 FROM pg_extension WHERE extname = 'postgis'")))


def alembic_options(known_tables: set[str]) -> dict[str, Any]:
    """What Alembic needs so that neither database's own tables are ever ours to drop."""

    def include_object(thing: Any, name: str, kind: str, reflected: bool, other: Any) -> bool:
        if kind == "table" and reflected and other is None and name not in known_tables:
            return False
        return bool(alembic_helpers.include_object(thing, name, kind, reflected, other))  # type: ignore[no-untyped-call]

    def render_item(kind: str, thing: Any, context: Any) -> Any:
        if kind == "type" and isinstance(thing, UtcDateTime):
            return "sa.DateTime(timezone=True)"  # a migration must outlive our own classes
        if kind == "type" and isinstance(thing, EnumText):
            return "sa.Text()"
        return alembic_helpers.render_item(kind, thing, context)  # type: ignore[no-untyped-call]

    return {
        "include_object": include_object,
        "process_revision_directives": alembic_helpers.writer,
        "render_item": render_item,
        "render_as_batch": False,
    }
