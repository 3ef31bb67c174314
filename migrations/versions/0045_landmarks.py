"""Streets and landmarks that a place knows by name."""

import sqlalchemy as sa
from alembic import op

revision = "0045_landmarks"
down_revision = "0044_texts_known_again"


def upgrade() -> None:
    op.create_table(
        "landmark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("ward_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("other_names", sa.JSON(), nullable=False),
        sa.Column("other_folded", sa.JSON(), nullable=False),
        sa.Column("has_others", sa.Boolean(), nullable=False),
        sa.Column("easting", sa.Integer(), nullable=False),
        sa.Column("northing", sa.Integer(), nullable=False),
        sa.Column("precision_metres", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('landmark', 'street', 'area')", name=op.f("ck_landmark_kind")
        ),
        sa.CheckConstraint("precision_metres > 0", name=op.f("ck_landmark_precision")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_landmark_place_id_place")),
        sa.ForeignKeyConstraint(["ward_id"], ["ward.id"], name=op.f("fk_landmark_ward_id_ward")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_landmark")),
        sa.UniqueConstraint(
            "place_id", "folded", "easting", "northing",
            name=op.f("uq_landmark_place_id_folded_easting_northing"),
        ),
    )
    op.create_index(op.f("ix_landmark_ward_id"), "landmark", ["ward_id"], unique=False)


def downgrade() -> None:
    op.drop_table("landmark")
