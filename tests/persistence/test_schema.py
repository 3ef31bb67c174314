"""The schema: made from nothing, down and up again, and no different from the tables."""

import pytest
from alembic import command
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from enabler.persistence import schema
from tests.databases.stores import Database

AUDIT = (
    "INSERT INTO audit (at, actor_kind, actor_name, what, subject_kind, subject_id, columns)"
    " VALUES ('2026-11-21 14:05:00', 'system', 'test', 'need.posted', 'need', 1, '[]')"
)


class TestTheSchema:
    def test_is_what_the_tables_say(self, database: Database) -> None:
        with schema.owner_connection(database.url) as connection:
            command.check(schema.alembic_config(connection))

    def test_goes_down_and_up_again(self, database: Database) -> None:
        with schema.owner_connection(database.url) as connection:
            command.downgrade(schema.alembic_config(connection), "-1")
        with schema.owner_connection(database.url) as connection:
            command.downgrade(schema.alembic_config(connection), "base")
        with schema.owner_connection(database.url) as connection:
            assert "need" not in inspect(connection).get_table_names()
        schema.upgrade(database.url)
        with schema.owner_connection(database.url) as connection:
            assert schema.is_current(connection)

    def test_is_made_once(self, database: Database) -> None:
        schema.upgrade(database.url)
        with schema.owner_connection(database.url) as connection:
            revision = MigrationContext.configure(connection).get_current_revision()
            config = schema.alembic_config(connection)
            assert revision == ScriptDirectory.from_config(config).get_current_head()

    @pytest.mark.parametrize(
        "statement",
        ["UPDATE audit SET what = 'x'", "DELETE FROM audit", "UPDATE audit SET actor_name = 'y'"],
    )
    def test_lets_nobody_change_the_audit(self, database: Database, statement: str) -> None:
        with schema.owner_connection(database.url) as connection:
            connection.execute(text(AUDIT))
        with (
            pytest.raises(DBAPIError, match="append-only"),
            schema.owner_connection(database.url) as connection,
        ):
            connection.execute(text(statement))

    def test_lets_no_replacement_change_the_audit(self, database: Database) -> None:
        if database.name != "spatialite":
            return
        with schema.owner_connection(database.url) as connection:
            connection.execute(text(AUDIT))
        replacing = (
            AUDIT.replace("INSERT", "INSERT OR REPLACE")
            .replace("(at,", "(id, at,")
            .replace("VALUES (", "VALUES (1, ")
        )
        with pytest.raises(DBAPIError), schema.owner_connection(database.url) as connection:
            connection.execute(text(replacing))


class TestMigrations:
    def test_are_numbered_in_a_row(self) -> None:
        names = sorted(path.stem for path in (schema.MIGRATIONS / "versions").glob("*.py"))
        assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
