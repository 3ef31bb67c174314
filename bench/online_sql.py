"""The twenty best offers for one need by SQL: PostGIS, and SpatiaLite with the same answer.

A row for each offer and category, found by one index that has the category beside the box of the
offer's own reach: on PostGIS a GiST over (category, box), on SQLite an R*Tree whose third dimension
is the category. A category must be cast, or PostgreSQL does not use the index's first column.
"""

import sqlite3
from pathlib import Path
from typing import Any

import psycopg

from bench.places import NEARNESS, Place
from bench.tables import HOURS, SKILL, columns_of, copy_into, create, insert_into
from enabler.matching.search import Wanted
from enabler.persistence.spatial import sqlite_engine_options

LIMIT = 20
WIDE = (*HOURS, "demands")
NAMES = ("easting", "northing", "category", "reach", *WIDE, "points")
Best = list[tuple[int, int]]
"""(offer's id, score), best first."""


def _best(need: dict[str, str], *, tables: str, inside: str, metres: str, real: str) -> str:
    """The query; ``need``: how each column of the need is written in it. No square of a distance
    lies half-way between two metres, so both databases round alike.
    """
    east, north = (f"({need[name]} - {name})" for name in ("easting", "northing"))
    square = f"{east}{real} * {east} + {north}{real} * {north}"
    meet = " | ".join(f"({need[name]} & {name})" for name in HOURS)
    return f"""
        SELECT offer, {need["points"]} + points + CASE WHEN reach = 0 THEN {NEARNESS}
                      ELSE {NEARNESS} * (reach - metres) / reach END AS score
        FROM (SELECT offer, points, reach, {metres.format(square=square)} AS metres
              FROM {tables}
              WHERE {inside.format_map(need)} AND ({meet}) <> 0
                AND {need["demands"]} & ~holds = 0) AS near
        WHERE metres <= reach AND metres <= {need["reach"]}
        ORDER BY score DESC, offer LIMIT {LIMIT}"""  # noqa: S608 - constants of ours


POSTGIS = _best(
    {name: f"%({name})s::{'bigint' if name in WIDE else 'int'}" for name in NAMES},
    tables="skill",
    inside="category = {category}"
    " AND box && ST_SetSRID(ST_MakePoint({easting}, {northing}), 27700)",
    metres="round(sqrt({square}))::int",
    real="::float8",
)
SPATIALITE = _best(
    {name: f":{name}" for name in NAMES},
    tables="skill_box CROSS JOIN skill ON skill.rowid = skill_box.id",
    inside="least = {category} AND west <= {easting} AND east >= {easting}"
    " AND south <= {northing} AND north >= {northing}",
    metres="CAST(round(sqrt({square})) AS INTEGER)",
    real="",
)
INDEX_POSTGIS = (
    "CREATE EXTENSION IF NOT EXISTS postgis",
    "CREATE EXTENSION IF NOT EXISTS btree_gist",
    "ALTER TABLE skill ADD box geometry(Polygon, 27700)",
    "UPDATE skill SET box = ST_Expand(ST_SetSRID(ST_MakePoint(easting, northing), 27700), reach)",
    "CREATE INDEX skill_place ON skill USING gist (category, box)",
    "CLUSTER skill USING skill_place",
    "VACUUM (FREEZE, ANALYZE) skill",
)
INDEX_SQLITE = """
CREATE VIRTUAL TABLE skill_box USING rtree_i32(id, west, east, south, north, least, most);
INSERT INTO skill_box
    SELECT rowid, easting - reach, easting + reach, northing - reach, northing + reach, category,
           category FROM skill;
ANALYZE;
"""


def asked(wanted: Wanted, need: int) -> dict[str, int]:
    """What the queries are told of the need at a position."""
    plain = {name: int(getattr(wanted, name)[need]) for name in NAMES if name not in HOURS}
    return plain | dict(zip(HOURS, wanted.hours[need].tolist(), strict=True))


def load_postgis(connection: psycopg.Connection[Any], place: Place) -> None:
    """The offers of a place with their index."""
    create(connection, SKILL)
    copy_into(connection, SKILL, columns_of(place)[SKILL])
    for statement in INDEX_POSTGIS:
        connection.execute(statement)


def best_by_postgis(connection: psycopg.Connection[Any], need: dict[str, int]) -> Best:
    """The best of one need. The statement is prepared, as psycopg does with what comes again."""
    return connection.execute(POSTGIS, need, prepare=True).fetchall()


def load_spatialite(path: Path, place: Place) -> sqlite3.Connection:
    """The same in a new file of SQLite, by the module that the product uses; its connection."""
    module: Any = sqlite_engine_options()["module"]
    connection: sqlite3.Connection = module.connect(path)
    insert_into(connection, SKILL, columns_of(place)[SKILL])
    connection.executescript(INDEX_SQLITE)
    return connection


def best_by_sqlite(connection: sqlite3.Connection, need: dict[str, int]) -> Best:
    """The best of one need."""
    return connection.execute(SPATIALITE, need).fetchall()
