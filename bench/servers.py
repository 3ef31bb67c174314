"""A PostgreSQL with PostGIS that is gone after the measure."""

from collections.abc import Iterator
from contextlib import contextmanager

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
