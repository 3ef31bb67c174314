"""Rounds, and the prices that the last of each place left."""

import sqlalchemy as sa
from alembic import op

revision = "0004_rounds"
down_revision = "0003_considerations"

FIGURES = ("needs_open", "slots_open", "offers", "chosen")
LARGE = ("pairs", "objective")


def upgrade() -> None:
    op.create_table(
        "round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ruleset_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in FIGURES),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in LARGE),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_round_place_id")),
        sa.ForeignKeyConstraint(["ruleset_id"], ["ruleset.id"], name=op.f("fk_round_ruleset_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
    )
    op.create_index("ix_round_place_at", "round", ["place_id", "at"])
    op.create_table(
        "round_price",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.CheckConstraint("price > 0", name=op.f("ck_round_price_price")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_round_price_round_id")),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], name=op.f("fk_round_price_offer_id")),
        sa.PrimaryKeyConstraint("round_id", "offer_id", name=op.f("pk_round_price")),
    )


def downgrade() -> None:
    op.drop_table("round_price")
    op.drop_table("round")
