"""When whoever sits at a browser proved once more who they are."""

import sqlalchemy as sa
from alembic import op

revision = "0033_proved_again"
down_revision = "0032_both_introduced"


def upgrade() -> None:
    op.add_column("web_session", sa.Column("proved_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    with op.batch_alter_table("web_session") as batch:
        batch.drop_column("proved_at")
