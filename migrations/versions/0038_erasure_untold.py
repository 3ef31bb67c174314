"""Whether whoever is to be deleted at the desk may be written to about it."""

import sqlalchemy as sa
from alembic import op

revision = "0038_erasure_untold"
down_revision = "0037_proofs"


def upgrade() -> None:
    op.add_column(
        "erasure_proposal",
        sa.Column("tells", sa.Boolean(), nullable=False, server_default=sa.true()),
    )


def downgrade() -> None:
    op.drop_column("erasure_proposal", "tells")
