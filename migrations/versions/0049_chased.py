"""Needs that were agreed are followed up; how often they were asked about is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0049_chased"
down_revision = "0048_unheard"

AGREED = sa.text("state IN ('filled', 'arranged')")


def upgrade() -> None:
    op.add_column("need", sa.Column("chased", sa.Integer(), nullable=False, server_default="0"))
    op.create_index(
        "ix_need_due_agreed", "need", ["next_step_at"], unique=False, sqlite_where=AGREED,
        postgresql_where=AGREED,
    )  # fmt: skip


def downgrade() -> None:
    op.drop_index("ix_need_due_agreed", table_name="need")
    op.drop_column("need", "chased")
