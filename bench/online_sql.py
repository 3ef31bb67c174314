"""The twenty best offers for one need by SQL: PostgreSQL, and SQLite with the same answer.

A row for each offer and category, found by one spatial index over the box of the offer's own reach,
in which **each category is a sheet of its own**: its boxes lie so far east of the last category's
that none ever meet. So the category needs no column in the index, and each of the two databases
tells a box by the four numbers it is fastest with. The rows lie on the disk in the index's order.

What a need does not ask for is left out of its statement. Measured at 50,000 offers, of which 670
in the middle have a box around the need: PostgreSQL's own boxes as sheets 0.5 ms, PostGIS's
geometry as sheets 0.9 ms, PostGIS's geometry beside the category in a GiST of two columns 1.3 ms;
SQLite's R*Tree as sheets 0.46 ms, with the category as a third dimension 0.53 ms, and five times as
much where the rows lie in the order in which they came.
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import psycopg
from psycopg.types.numeric import Float8, Int4, Int8

from bench.places import NEARNESS, Place
from bench.tables import HOURS, SKILL, columns_of, copy_into, create, insert_into
from enabler.matching.search import ANY_REACH, Wanted
from enabler.persistence.spatial import sqlite_engine_options

LIMIT = 20
SHEET = 2_000_000
"""Metres from one category's sheet to the next: further than any land and reach."""
BAND = 2_000
"""Rows of SQLite lie in bands so many metres high, from west to east."""

Asked = dict[str, Any]
Best = list[tuple[int, int]]
"""(offer's id, score), best first."""

TYPES = {"sheet": Float8, "easting": Float8, "northing": Float8, "points": Int4, "reach": Int4}
"""How PostgreSQL is told each number: as another kind it would be cast at every row."""

POSTGRESQL = (
    "ALTER TABLE skill ADD near float8, ADD box box",
    f"""UPDATE skill SET near = (reach + 0.5::float8) ^ 2, box = box(
        point(easting + {SHEET} * category::float8 - reach, northing - reach),
        point(easting + {SHEET} * category::float8 + reach, northing + reach))""",  # noqa: S608
    "ALTER TABLE skill ALTER easting TYPE float8, ALTER northing TYPE float8",
    "CREATE INDEX skill_box ON skill USING gist (box)",
    "CLUSTER skill USING skill_box",
    "VACUUM (FREEZE, ANALYZE) skill",
)
SQLITE = f"""
ALTER TABLE skill ADD near;
UPDATE skill SET near = (reach + 0.5) * (reach + 0.5);
CREATE VIRTUAL TABLE skill_box USING rtree_i32(id, west, east, south, north);
INSERT INTO skill_box
    SELECT rowid, easting + {SHEET} * category - reach, easting + {SHEET} * category + reach,
           northing - reach, northing + reach FROM skill;
ANALYZE;
"""  # noqa: S608 - a constant of ours


def asked(wanted: Wanted, need: int) -> Asked:
    """What the statements are told of the need at a position."""
    names = ("easting", "northing", "reach", "demands", "points")
    plain = {name: int(getattr(wanted, name)[need]) for name in names}
    plain["sheet"] = plain["easting"] + SHEET * int(wanted.category[need])
    return plain | dict(zip(HOURS, wanted.hours[need].tolist(), strict=True))


def statement(need: Asked, mark: Callable[[str], str], tables: str, inside: str) -> str:
    """The best of one need. ``mark``: how a value is named; ``inside``: the box is around it.

    Rounded metres are within a reach exactly when the square is below (reach + 0.5) squared.
    """
    east, north = (f"({mark(name)} - {name})" for name in ("easting", "northing"))
    square = f"{east} * {east} + {north} * {north}"
    hours = " | ".join(f"({mark(name)} & {name})" for name in HOURS if need[name])
    conditions = [inside, f"({hours or 0}) <> 0"]
    if need["demands"]:
        conditions.append(f"{mark('demands')} & ~holds = 0")
    conditions.append(f"{square} < near")
    if need["reach"] < ANY_REACH:
        conditions.append(f"{square} < ({mark('reach')} + 0.5) * ({mark('reach')} + 0.5)")
    away = f"CAST(round(sqrt({square})) AS INTEGER)"
    return f"""
        SELECT offer, {mark("points")} + points + CASE WHEN reach = 0 THEN {NEARNESS}
                      ELSE {NEARNESS} * (reach - {away}) / reach END AS score
        FROM {tables} WHERE {" AND ".join(conditions)}
        ORDER BY score DESC, offer LIMIT {LIMIT}"""  # noqa: S608 - constants of ours


def load_postgresql(connection: psycopg.Connection[Any], place: Place) -> None:
    """The offers of a place with their index."""
    create(connection, SKILL)
    copy_into(connection, SKILL, columns_of(place)[SKILL])
    for step in POSTGRESQL:
        connection.execute(step)


def best_by_postgresql(connection: psycopg.Connection[Any], need: Asked) -> Best:
    """The best of one need. The statement is prepared, as psycopg does with what comes again."""
    values = {name: TYPES.get(name, Int8)(value) for name, value in need.items()}
    here = "point(%(sheet)s, %(northing)s)"
    inside = f"box @> box({here}, {here})"
    query = statement(need, lambda name: f"%({name})s", "skill", inside)
    return connection.execute(query, values, prepare=True).fetchall()


def load_sqlite(path: Path, place: Place) -> sqlite3.Connection:
    """The same in a new file, by the module that the product uses; its connection."""
    module: Any = sqlite_engine_options()["module"]
    connection: sqlite3.Connection = module.connect(path)
    columns = columns_of(place)[SKILL]
    _, category, easting, northing, *_ = columns
    order = np.lexsort((easting, northing // BAND, category))
    insert_into(connection, SKILL, [column[order] for column in columns])
    connection.executescript(SQLITE)
    return connection


def best_by_sqlite(connection: sqlite3.Connection, need: Asked) -> Best:
    """The best of one need."""
    inside = "west <= :sheet AND east >= :sheet AND south <= :northing AND north >= :northing"
    tables = "skill_box CROSS JOIN skill ON skill.rowid = skill_box.id"
    query = statement(need, lambda name: f":{name}", tables, inside)
    return connection.execute(query, need).fetchall()
