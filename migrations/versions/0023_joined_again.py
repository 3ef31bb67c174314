"""Whoever left the time bank and joined it again: their new account begins without leave to go
below zero."""

import sqlalchemy as sa
from alembic import op

revision = "0023_joined_again"
down_revision = "0022_border_and_costs"


def upgrade() -> None:
    op.add_column(
        "account_owner", sa.Column("again", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.execute(  # an account is opened by itself; only joining again is told in the audit
        "UPDATE account_owner SET again = true WHERE account_id IN"
        " (SELECT subject_id FROM audit WHERE subject_kind = 'account' AND what = 'account.open'"
        " AND state_before IS NULL)"
    )


def downgrade() -> None:
    op.drop_column("account_owner", "again")
