"""The schema: brought up to date by Alembic over one connection of the owner's."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DatabaseError, ProgrammingError

from enabler.persistence import spatial
from enabler.persistence.database import engine_options, normalised

MIGRATIONS = Path(__file__).parents[2] / "migrations"


class SchemaNotMade(RuntimeError):
    """The schema cannot be made with these rights, or with what the database holds; the message
    says what to do."""


class SchemaNewer(RuntimeError):
    """The database was made by a newer release than this one: nothing of it was touched."""


def alembic_config(connection: Connection) -> Config:
    """Alembic's configuration for this connection: no file, no logging set-up."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


@contextmanager
def owner_connection(database_url: str) -> Iterator[Connection]:
    """A connection of the schema's owner, in one transaction, kept when the block ends well."""
    url = normalised(database_url)
    engine = create_engine(url, **engine_options(url))
    spatial.watch(engine)
    try:
        with spatial.writing_gate(engine), engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def upgrade(database_url: str) -> None:
    """Bring the schema to its newest version. Raises SchemaNotMade, SchemaNewer,
    SpatialiteMissing."""
    try:
        with owner_connection(database_url) as connection:
            spatial.create_extensions(connection)
    except ProgrammingError as refused:
        raise SchemaNotMade(
            "PostGIS is missing here. As a superuser of PostgreSQL, run in this database: "
            "CREATE EXTENSION postgis;"
        ) from refused
    except (DatabaseError, OSError) as silent:  # also a file that is no database
        raise SchemaNotMade("The database does not answer: check DATABASE_URL.") from silent
    with owner_connection(database_url) as connection:
        _require_known(connection)
        command.upgrade(alembic_config(connection), "head")


def _require_known(connection: Connection) -> None:
    """Raises SchemaNewer where the database has a version that this release does not know."""
    script = ScriptDirectory.from_config(alembic_config(connection))
    ours = {one.revision for one in script.walk_revisions()}
    theirs = MigrationContext.configure(connection).get_current_heads()
    if unknown := sorted(set(theirs) - ours):
        raise SchemaNewer(
            f"This database has the schema {unknown[0]}, of a newer release of Enabler. Nothing"
            " was changed. Run that release, or restore a backup that this one made."
        )


def is_current(connection: Connection) -> bool:
    """Whether the database has the newest schema (for readiness)."""
    head = ScriptDirectory.from_config(alembic_config(connection)).get_current_head()
    return MigrationContext.configure(connection).get_current_revision() == head
