"""The audit can be neither changed nor deleted, whoever asks."""

from alembic import op

from enabler.persistence import triggers

revision = "0002_append_only"
down_revision = "0001_tables"

TABLES = ("audit",)


def upgrade() -> None:
    for table in TABLES:
        for statement in triggers.append_only(op.get_bind().dialect.name, table):
            op.execute(statement)


def downgrade() -> None:
    for table in TABLES:
        for statement in triggers.no_longer_append_only(op.get_bind().dialect.name, table):
            op.execute(statement)
