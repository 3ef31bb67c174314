"""Where help happens and what is so then, from which follows what is asked of a helper. What was
asked for before has neither: unknown means highest."""

import sqlalchemy as sa
from alembic import op

revision = "0024_risk"
down_revision = "0023_joined_again"


def upgrade() -> None:
    for table in ("need", "need_series"):
        op.add_column(table, sa.Column("setting", sa.Text(), nullable=True))
        op.add_column(
            table,
            sa.Column("circumstances", sa.JSON(), nullable=False, server_default=sa.text("'[]'")),
        )


def downgrade() -> None:
    for table in ("need", "need_series"):
        op.drop_column(table, "circumstances")
        op.drop_column(table, "setting")
