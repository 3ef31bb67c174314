"""A PostgreSQL with PostGIS that is gone after the measure."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import make_url

from tests.absence import skip_or_fail
from tests.databases.postgres import WHY_ABSENT, PostgresServer, find_programs


@contextmanager
def throw_away_server() -> Iterator[PostgresServer]:
    """A server of one's own."""
    programs = find_programs()
    if programs is None:
        skip_or_fail(WHY_ABSENT)
    server = PostgresServer(programs)
    try:
        yield server
    finally:
        server.stop()


def connected(url: str) -> psycopg.Connection[Any]:
    """A plain connection to the database of an address."""
    address = make_url(url)
    return psycopg.connect(
        host=str(address.query["host"]), user=address.username, dbname=address.database,
        autocommit=True,
    )  # fmt: skip
