"""What an organisation asks for every week: whose the series is, where it is not a member's own."""

import sqlalchemy as sa
from alembic import op

revision = "0014_organisations_series"
down_revision = "0013_organisations_ask"

NAME = "fk_need_series_organisation_id"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":  # which names no key of a column that is added
        op.execute(
            "ALTER TABLE need_series ADD COLUMN organisation_id INTEGER"
            f" CONSTRAINT {NAME} REFERENCES organisation (id)"
        )
    else:
        op.add_column("need_series", sa.Column("organisation_id", sa.Integer(), nullable=True))
        op.create_foreign_key(NAME, "need_series", "organisation", ["organisation_id"], ["id"])
    op.create_index("ix_need_series_organisation_id", "need_series", ["organisation_id"])


def downgrade() -> None:
    op.drop_index("ix_need_series_organisation_id", "need_series")
    op.drop_column("need_series", "organisation_id")
