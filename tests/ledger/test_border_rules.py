"""Half a movement between places cannot be kept, not by SQL by hand; and each rule is needed."""

# ruff: noqa: S608 -- statements by hand are what it is about

from contextlib import suppress

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from enabler.persistence import border_rules, schema
from enabler.persistence.unit_of_work import unit_of_work
from enabler.timebank.accounts import AccountKind
from tests.builders import a_place
from tests.databases.stores import Database

Pair = tuple[tuple[int, int, int], tuple[int, int, int]]


@pytest.fixture
def here(app: Flask) -> Pair:
    """Of two places: its number, who gives there, who takes."""
    with app.app_context():
        places = a_place(), a_place("elsewhere")
        with unit_of_work() as uow:
            one, other = (
                (place.id, *(uow.ledger.open(place.id, AccountKind.CLEARING, floor=-300).number
                             for _ in "12"))
                for place in places
            )  # fmt: skip
            uow.commit()
    return one, other


def half(side: tuple[int, int, int], key: str, minutes: int = 60, verb: str = "INSERT") -> str:
    place, debit, credit = side
    return (
        f"{verb} INTO transfer (at, key, place_id, debit_id, credit_id, minutes, reason, phase)"
        f" VALUES ('2026-11-24 12:00:00', '{key}', {place}, {debit}, {credit}, {minutes},"
        " 'border', 'single')"
    )


def undone(side: tuple[int, int, int], key: str, reverses: str) -> str:
    place, debit, credit = side
    columns = "at, key, place_id, debit_id, credit_id, minutes, reason, phase, reverses"
    return (
        f"INSERT INTO transfer ({columns}) VALUES ('2026-11-24 12:00:00', '{key}', {place},"
        f" {credit}, {debit}, 60, 'reversal', 'single', '{reverses}')"
    )


def count(database: Database) -> int:
    with schema.owner_connection(database.url) as connection:
        return connection.scalar(text("SELECT count(*) FROM transfer")) or 0


def kept(database: Database, *statements: str, without: str | None = None) -> bool:
    """Whether a transaction by hand leaves a row; where it does, the database is the test's own."""
    before = count(database)
    with suppress(DBAPIError), schema.owner_connection(database.url) as connection:
        if without is not None:
            dropped = border_rules.dropped(connection.dialect.name, without)
            connection.execute(text(dropped))
        if connection.dialect.name == "sqlite":  # as another tool has it
            connection.execute(text("PRAGMA recursive_triggers = OFF"))
        for statement in statements:
            connection.exec_driver_sql(statement)
    return count(database) > before


def attacks(here: Pair, database: Database) -> dict[str, tuple[str, ...]]:
    one, other = here
    forgotten = "DELETE FROM border_half", "UPDATE border_half SET twin = key"
    found = {
        "one half": (half(one, "x:out"),), "the other": (half(one, "x:in"),),
        "no half": (half(one, "x"),),
        "other minutes": (half(one, "x:out"), half(other, "x:in", 59)),
        "one place": (half(one, "x:out"), half(one, "x:in")),
        "forgotten": (half(one, "x:out"), forgotten[0]),
        "its own twin": (half(one, "x:out"), forgotten[1]),
    }  # fmt: skip
    if database.name == "spatialite":
        replaced = "INSERT OR REPLACE INTO border_half (key, twin) VALUES ('x:out', 'x:out')"
        return found | {
            "ignored": (half(one, "x", verb="INSERT OR IGNORE"),),
            "replaced": (half(one, "x:out"), replaced),
        }  # fmt: skip
    return found | {"emptied": (half(one, "x:out"), "TRUNCATE border_half")}


STOPS = {
    "spatialite": {
        "transfer_border": "other minutes", "transfer_half": "one half",
        "border_half_no_delete": "forgotten", "border_half_no_update": "its own twin",
        "border_half_new": "replaced",
    },
    "postgis": {
        "transfer_d_border": "one place", "transfer_e_half": "the other",
        "border_half_no_change": "forgotten",
    },
}  # fmt: skip


def test_both_halves_are_kept(here: Pair, database: Database) -> None:
    assert kept(database, half(here[0], "x:out"), half(here[1], "x:in"))


def test_nothing_else_is(here: Pair, database: Database) -> None:
    passed = [name for name, way in attacks(here, database).items() if kept(database, *way)]
    assert passed == []


def test_both_are_undone_or_neither(here: Pair, database: Database) -> None:
    one, other = here
    assert kept(database, half(one, "x:out"), half(other, "x:in"))
    assert not kept(database, undone(one, "u:out", "x:out"))
    assert not kept(database, undone(other, "u", "x:in"))
    assert kept(database, undone(one, "u:out", "x:out"), undone(other, "u:in", "x:in"))


@pytest.mark.parametrize("number", range(5))
def test_each_rule_alone_stops_something(here: Pair, database: Database, number: int) -> None:
    for name, attack in list(STOPS[database.name].items())[number : number + 1]:
        assert kept(database, *attacks(here, database)[attack], without=name)


@pytest.mark.parametrize(("name", "dialect"), [("spatialite", "sqlite"), ("postgis", "pg")])
def test_each_rule_is_known_here(name: str, dialect: str) -> None:
    assert STOPS[name].keys() == {
        each for each in border_rules.rules(dialect) if not each.startswith("border_do_")
    }
