"""Who wants to leave the time bank while below zero, so that a custodian balances it."""

import sqlalchemy as sa
from alembic import op

revision = "0021_leaving"
down_revision = "0020_hours_events"


def upgrade() -> None:
    op.create_table(
        "account_leaving",
        sa.Column("account_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_leaving_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_account_leaving_place_id")
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_account_leaving")),
    )
    op.create_index(op.f("ix_account_leaving_place_id"), "account_leaving", ["place_id"])


def downgrade() -> None:
    op.drop_table("account_leaving")
