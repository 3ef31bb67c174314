"""The accounts of a community whose history is replayed, by the names that its file has."""

import sqlalchemy as sa
from alembic import op

revision = "0018_replays"
down_revision = "0017_help_hours"


def upgrade() -> None:
    op.create_table(
        "replay_account",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_replay_account_account_id")
        ),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_replay_account")),
        sa.UniqueConstraint("account_id", name=op.f("uq_replay_account_account_id")),
    )


def downgrade() -> None:
    op.drop_table("replay_account")
