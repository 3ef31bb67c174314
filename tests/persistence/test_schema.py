"""The schema: made from nothing, down and up again, and no different from the tables."""

import pytest
from alembic import command
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from shapely import from_wkb
from sqlalchemy import column, func, inspect, select, text
from sqlalchemy.exc import DBAPIError

from enabler.persistence import schema
from enabler.persistence.unit_of_work import reading
from enabler.services import leaving
from tests.builders import NOW, a_member, a_place, an_offer
from tests.databases.stores import Database
from tests.services.deeds import earn
from tests.services.test_leaving import leave

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

    def test_carries_the_reach_of_offers_to_their_kinds_of_help_and_back(
        self, app: Flask, database: Database
    ) -> None:
        """0005: an offer had one box, and has one for each kind of help."""
        with app.app_context():
            an_offer(a_member(a_place()), "shopping", "meals", reach=700)
        before = _boxes(database, "offer_category")
        assert len(before) == 2

        _downgrade(database, "0004_rounds")

        (whole,) = _boxes(database, "offer")
        assert (whole[2] - whole[0], whole[3] - whole[1]) == (1402, 1402)
        schema.upgrade(database.url)
        assert _boxes(database, "offer_category") == before

    def test_knows_who_had_joined_the_time_bank_again(self, app: Flask, database: Database) -> None:
        """0023: nobody who came back before it begins with what one may borrow."""
        with app.app_context():
            place = a_place()
            back, stayed = a_member(place, "Bea Back"), a_member(place, "Sam Stays")
            for member in (back, stayed):
                earn(member, 60)
            leave(back, "community")
            leaving.join_again(actor=back.actor, key="again", now=NOW)

        _downgrade(database, "0022_border_and_costs")
        schema.upgrade(database.url)

        with app.app_context(), reading() as uow:
            assert [uow.purses.came_back(each.id) for each in (back, stayed)] == [True, False]

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


def _downgrade(database: Database, revision: str) -> None:
    with schema.owner_connection(database.url) as connection:
        command.downgrade(schema.alembic_config(connection), revision)


def _boxes(database: Database, table: str) -> list[tuple[float, ...]]:
    """The bounds of every box of a table, from west to east."""
    whole = select(func.ST_AsBinary(column("reach_box"))).select_from(text(table))
    with schema.owner_connection(database.url) as connection:
        found = connection.scalars(whole).all()
    return sorted(from_wkb(bytes(each)).bounds for each in found)


class TestMigrations:
    def test_are_numbered_in_a_row(self) -> None:
        names = sorted(path.stem for path in (schema.MIGRATIONS / "versions").glob("*.py"))
        assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
