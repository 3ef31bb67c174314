"""From where strangers report, for a day, and whether it came in a flood."""

import sqlalchemy as sa
from alembic import op

revision = "0012_strangers_reports"
down_revision = "0011_api_tokens"


def upgrade() -> None:
    op.add_column("report", sa.Column("from_address_hash", sa.Text(), nullable=True))
    op.add_column(
        "report", sa.Column("gathered", sa.Boolean(), nullable=False, server_default=sa.false())
    )


def downgrade() -> None:
    op.drop_column("report", "gathered")
    op.drop_column("report", "from_address_hash")
