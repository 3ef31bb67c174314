"""An organisation can ask: whose need it is, where it is not a member's own."""

import sqlalchemy as sa
from alembic import op

revision = "0013_organisations_ask"
down_revision = "0012_strangers_reports"

NAME = "fk_need_organisation_id"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":  # which names no key of a column that is added
        op.execute(
            "ALTER TABLE need ADD COLUMN organisation_id INTEGER"
            f" CONSTRAINT {NAME} REFERENCES organisation (id)"
        )
    else:
        op.add_column("need", sa.Column("organisation_id", sa.Integer(), nullable=True))
        op.create_foreign_key(NAME, "need", "organisation", ["organisation_id"], ["id"])
    op.create_index("ix_need_organisation_id", "need", ["organisation_id"])


def downgrade() -> None:
    op.drop_index("ix_need_organisation_id", "need")
    op.drop_column("need", "organisation_id")
