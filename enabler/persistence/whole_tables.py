"""Where the two databases differ when tables are emptied and filled as a whole."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text

_SPATIALITES = re.compile(r"(gg[iu]|gi[iud]|tm[iud])_")
"""How SpatiaLite names the triggers that keep its indexes."""


@contextmanager
def without_triggers(connection: Connection, tables: list[str]) -> Iterator[None]:
    """Our own triggers on these tables are off for the length of the block, in its transaction.

    SpatiaLite's, which keep its indexes, stay on. Needs the rights of the tables' owner.
    """
    if connection.dialect.name == "postgresql":
        for table in tables:
            connection.exec_driver_sql(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        yield
        # What is to be looked at when the transaction ends is looked at now: while it waits, no
        # table that it concerns can be altered.
        connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            connection.exec_driver_sql(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')
        connection.exec_driver_sql("SET CONSTRAINTS ALL DEFERRED")
        return
    found = connection.exec_driver_sql(
        "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"
    ).all()
    ours = [each for each in found if each[1] in tables and not _SPATIALITES.match(each[0])]
    for name, _, _ in ours:
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    yield
    for _, _, statement in ours:
        connection.exec_driver_sql(statement)


def advance_sequence(connection: Connection, table: str, column: str, last: int) -> None:
    """The next id of the table follows ``last`` (SQLite sees to it by itself)."""
    if connection.dialect.name == "postgresql":
        connection.execute(
            text("SELECT setval(pg_get_serial_sequence(:table, :column), :last)"),
            {"table": f'"{table}"', "column": column, "last": last},
        )
