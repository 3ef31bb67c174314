"""Alembic's entry: the connection and the options come from ``enabler.app.upgrade_schema``."""

from alembic import context

from enabler.persistence import spatial, tables  # noqa: F401  (tables make the metadata whole)
from enabler.persistence.database import Base

_connection = context.config.attributes["connection"]
context.configure(
    connection=_connection,
    target_metadata=Base.metadata,
    transaction_per_migration=False,
    **spatial.alembic_options(set(Base.metadata.tables)),
)
with context.begin_transaction():
    context.run_migrations()
