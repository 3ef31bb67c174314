"""SQL by hand cannot unbalance, edit, empty or replace the ledger; and each rule is needed.

Each attack is refused, or changes nothing. Then each trigger is taken away in turn, and the attack
that it stops passes: so none of them stands there for nothing, and none can go unseen.
"""

# ruff: noqa: S608 -- statements by hand are what it is about

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread

import pytest
from flask import Flask
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from enabler.persistence import schema
from enabler.persistence.ledger_rules import TABLES, rules
from tests.databases.stores import Database
from tests.ledger.attacks import World, attacks, postgresql_attacks, sqlite_attacks, world

_NEVER_CHANGED = {
    f"{table}_no_{verb}": ((), f"{verb} a {noun}")
    for table, noun in (
        ("transfer", "transfer"), ("transfer_seal", "digest"), ("ledger_seal", "seal")
    )
    for verb in ("update", "delete")
}  # fmt: skip
STOPS = {
    "spatialite": {
        "transfer_guard": ((), "replace by key"),
        "transfer_apply": ((), "in a hole"),
        "account_new": ((), "born with hours"),
        "account_balance": ((), "balance by hand"),
        "account_kept": ((), "another kind"),
        "account_no_delete": ((), "delete an account"),
        "transfer_seal_new": ((), "replace a digest"),
        "ledger_seal_new": ((), "seal again"),
        **_NEVER_CHANGED,
    },
    "postgis": {
        "transfer_b_guard": ((), "void other minutes"),
        "transfer_c_apply": ((), "under the floor"),
        "account_kept": ((), "balance by hand"),
        "account_new": ((), "born with hours"),
        "account_no_delete": ((), "delete an account"),
        "ledger_seal_new": ((), "seal again"),
        "transfer_no_change": ((), "update a transfer"),
        "transfer_seal_no_change": ((), "delete a digest"),
        "ledger_seal_no_change": ((), "update a seal"),
        # To empty a table is to empty what refers to it: whose rows those are refuses it as well.
        "account_no_truncate": (
            ("transfer_no_truncate", "transfer_seal_no_truncate"), "truncate account",
        ),
        "transfer_no_truncate": (("transfer_seal_no_truncate",), "truncate transfer"),
        "transfer_seal_no_truncate": ((), "truncate transfer_seal"),
        "ledger_seal_no_truncate": ((), "truncate ledger_seal"),
    },
}  # fmt: skip
"""For each trigger: others that stop the same (taken away first), and the attack."""
WAITS = {"transfer_a_lock"}
"""Those that two transactions at once need (TestTheLock)."""


@pytest.fixture
def here(app: Flask) -> World:
    return world(app)


def all_attacks(here: World, database: Database) -> dict[str, str]:
    """Those that this database can be asked."""
    own = sqlite_attacks if database.name == "spatialite" else postgresql_attacks
    return attacks(here) | own(here)


@contextmanager
def by_hand(database: Database) -> Iterator[Connection]:
    """A connection as another tool has it: SQLite's REPLACE then deletes without a trigger."""
    with schema.owner_connection(database.url) as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("PRAGMA recursive_triggers = OFF"))
        yield connection


def rows_of(connection: Connection) -> list[object]:
    """Everything that must not change."""
    return [connection.execute(text(f"SELECT * FROM {table} ORDER BY 1")).all() for table in TABLES]


@contextmanager
def undone(connection: Connection) -> Iterator[None]:
    """What is done inside is taken back."""
    savepoint = connection.begin_nested()
    try:
        yield
    finally:
        savepoint.rollback()


def passes(connection: Connection, attack: str) -> bool:
    """Whether an attack changes anything, which is then taken back."""
    before = rows_of(connection)
    with undone(connection):
        try:
            connection.execute(text(attack))
        except DBAPIError:
            return False
        return rows_of(connection) != before


def drop(connection: Connection, *names: str) -> None:
    """Take triggers away."""
    for name in names:
        table = max((each for each in TABLES if name.startswith(each)), key=len)
        on = "" if connection.dialect.name == "sqlite" else f" ON {table}"
        connection.execute(text(f"DROP TRIGGER {name}{on}"))


class TestAnAttack:
    def test_changes_nothing(self, here: World, database: Database) -> None:
        with by_hand(database) as connection:
            passed = [
                name
                for name, attack in all_attacks(here, database).items()
                if passes(connection, attack)
            ]
        assert passed == []

    def test_is_told_from_what_is_right(self, here: World, database: Database) -> None:
        """What is asked of each attack would see it pass."""
        right = [
            here.insert("x", "a", "b", 1),
            here.insert("x", "a", "b", 30, reason="help", phase="void", hold="open"),
            here.insert("x", "a", "b", 29, reason="help", phase="post", hold="open"),
            here.insert("x", "b", "a", 60, reason="reversal", reverses="given"),
            f"UPDATE account SET floor = -20 WHERE id = {here.b}",
            f"UPDATE account SET closed = TRUE WHERE id = {here.empty}",
        ]
        with by_hand(database) as connection:
            assert [passes(connection, each) for each in right] == [True] * len(right)


class TestEachTrigger:
    def test_alone_stops_something(self, here: World, database: Database) -> None:
        wrong = []
        with by_hand(database) as connection:
            known = all_attacks(here, database)
            for name, (beside, attack) in STOPS[database.name].items():
                with undone(connection):
                    drop(connection, *beside)
                    held = not passes(connection, known[attack])
                    drop(connection, name)
                    needed = passes(connection, known[attack])
                wrong += [] if held and needed else [(name, held, needed)]
        assert wrong == []

    @pytest.mark.parametrize(("name", "dialect"), [("spatialite", "sqlite"), ("postgis", "pg")])
    def test_is_known_here(self, name: str, dialect: str) -> None:
        triggers = {each for each in rules(dialect) if not each.startswith("ledger_do_")}
        waiting = WAITS if name == "postgis" else set()
        assert triggers == STOPS[name].keys() | waiting


class TestTheLock:
    """PostgreSQL looks at accounts only once nobody else can change them."""

    @pytest.mark.parametrize(("held", "rows"), [(True, 0), (False, 1)])
    def test_sees_an_account_that_closes_meanwhile(
        self, here: World, database: Database, held: bool, rows: int
    ) -> None:
        if database.name != "postgis":
            return
        with schema.owner_connection(database.url) as connection:
            if not held:
                drop(connection, "transfer_a_lock")
        promise = here.insert("x", "a", "empty", 1, reason="help", phase="hold")

        def try_it() -> None:
            with suppress(DBAPIError), schema.owner_connection(database.url) as other:
                other.execute(text(promise))

        waiter = Thread(target=try_it)
        with schema.owner_connection(database.url) as connection:
            connection.execute(text(f"UPDATE account SET closed = TRUE WHERE id = {here.empty}"))
            waiter.start()
            while not connection.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")):
                assert waiter.is_alive()
        waiter.join()
        with schema.owner_connection(database.url) as connection:
            kept = connection.scalar(text("SELECT count(*) FROM transfer WHERE key = 'x'"))
        assert kept == rows
