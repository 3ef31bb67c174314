"""The pairs by PostGIS: needs indexed by (category, point), each offer asks with its reach box.

The best SQL that we found for many needs at once. The other way round, one index over (category,
reach box) that each need asks, is the best for one need, and the slower for many: see
:func:`turn_round`. A category must be cast, or the index column is not used.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import psycopg
from numpy.typing import NDArray

from bench.places import NEARNESS, Place
from tests.absence import skip_or_fail
from tests.databases.postgres import SUPERUSER, WHY_ABSENT, PostgresServer, find_programs

SETTINGS = (
    "jit = off",
    "random_page_cost = 1.1",
    "work_mem = '256MB'",
    "parallel_setup_cost = 0",  # both cores, as the engine
    "parallel_tuple_cost = 0",
    "min_parallel_table_scan_size = 0",
)
SCHEMA = """
CREATE EXTENSION postgis;
CREATE EXTENSION btree_gist;
CREATE UNLOGGED TABLE need (id int, category int, easting int, northing int, reach int,
    hours0 bigint, hours1 bigint, hours2 bigint, demands bigint, points int);
CREATE UNLOGGED TABLE skill (offer int, category int, easting int, northing int, reach int,
    hours0 bigint, hours1 bigint, hours2 bigint, holds bigint, points int);
"""
INDEX = """
ALTER TABLE need ADD point geometry(Point, 27700);
UPDATE need SET point = ST_SetSRID(ST_MakePoint(easting, northing), 27700);
ALTER TABLE skill ADD box geometry(Polygon, 27700);
UPDATE skill SET box = ST_Expand(ST_SetSRID(ST_MakePoint(easting, northing), 27700), reach);
CREATE INDEX need_place ON need USING gist (category, point);
CREATE INDEX skill_place ON skill USING gist (category, box);
CLUSTER need USING need_place;
CLUSTER skill USING skill_place;
DROP INDEX skill_place;
"""
# Rounded metres are within a reach exactly when the square is below (reach + 0.5) squared.
PAIRS = f"""
SELECT need, offer, points + CASE WHEN reach = 0 THEN {NEARNESS}
                             ELSE {NEARNESS} * (reach - round(sqrt(square))::int) / reach END
FROM (SELECT n.id AS need, s.offer, s.reach, n.points + s.points AS points, square
      FROM need n
      JOIN skill s ON s.category::int = n.category::int AND s.box && n.point
      CROSS JOIN LATERAL (
          SELECT (n.easting - s.easting)::float8 * (n.easting - s.easting)
               + (n.northing - s.northing)::float8 * (n.northing - s.northing) AS square) apart
      WHERE ((n.hours0 & s.hours0) | (n.hours1 & s.hours1) | (n.hours2 & s.hours2)) <> 0
        AND n.demands & ~s.holds = 0
        AND square < (s.reach + 0.5::float8) * (s.reach + 0.5::float8)
        AND square < (n.reach + 0.5::float8) * (n.reach + 0.5::float8)) near
"""  # noqa: S608 - constants of ours
COUNT = f"SELECT count(*), sum(score) FROM ({PAIRS}) AS pair (need, offer, score)"  # noqa: S608
TURN_ROUND = """
DROP INDEX need_place;
CREATE INDEX skill_place ON skill USING gist (category, box);
ANALYZE need, skill
"""


@contextmanager
def throw_away_database() -> Iterator[psycopg.Connection[Any]]:
    """A database of one's own, gone afterwards, and a connection to it."""
    programs = find_programs()
    if programs is None:
        skip_or_fail(WHY_ABSENT)
    server = PostgresServer(programs)
    try:
        name = server.create()
        with psycopg.connect(
            host=str(server.folder), user=SUPERUSER, dbname=name, autocommit=True
        ) as connection:
            yield connection
    finally:
        server.stop()


def load(connection: psycopg.Connection[Any], place: Place) -> None:
    """Write a place into tables, index them, and let the planner know what is in them."""
    for setting in SETTINGS:
        connection.execute(f"SET {setting}")
    connection.execute(SCHEMA)
    wanted, given = place.wanted, place.given
    _copy(
        connection,
        "need",
        [np.arange(len(wanted)), wanted.category, wanted.easting, wanted.northing, wanted.reach,
         *wanted.hours.T, wanted.demands, wanted.points],
    )  # fmt: skip
    offer = np.repeat(np.arange(len(given)), np.diff(given.first))
    of_offer = [given.easting, given.northing, given.reach, *given.hours.T, given.holds,
                given.points]  # fmt: skip
    columns = [offer, given.category, *(column[offer] for column in of_offer)]
    _copy(connection, "skill", columns)
    for statement in INDEX.strip().rstrip(";").split(";"):
        connection.execute(statement)  # CLUSTER stands in no transaction with others
    connection.execute("VACUUM (FREEZE, ANALYZE) need, skill")


def pairs_in_database(connection: psycopg.Connection[Any]) -> int:
    """Find all pairs and leave them there: how many. Nothing is sent, so this is its best time."""
    return int(connection.execute(COUNT).fetchall()[0][0])


def turn_round(connection: psycopg.Connection[Any]) -> None:
    """From now on each need asks one index over (category, reach box) of the offers."""
    for statement in TURN_ROUND.split(";"):
        connection.execute(statement)


def pairs_by_postgis(connection: psycopg.Connection[Any]) -> NDArray[np.int64]:
    """All pairs as (need, offer, score), shape (pairs, 3), by need, then offer."""
    rows = connection.execute(f"{PAIRS} ORDER BY need, offer").fetchall()
    return np.array(rows, dtype=np.int64).reshape(-1, 3)


def _copy(connection: psycopg.Connection[Any], table: str, columns: list[NDArray[Any]]) -> None:
    plain = (column.tolist() for column in columns)
    with connection.cursor().copy(f"COPY {table} FROM STDIN") as copy:
        for row in zip(*plain, strict=True):
            copy.write_row(row)
