"""What places agree about the hours between them."""

import sqlalchemy as sa
from alembic import op

revision = "0022_border"
down_revision = "0018_replays"


def upgrade() -> None:
    op.create_table(
        "clearing_agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("with_place_id", sa.Integer(), nullable=False),
        sa.Column("proposer_id", sa.Integer(), nullable=False),
        sa.Column("owes_most", sa.Integer(), nullable=False),
        sa.Column("owed_most", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreed_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("place_id < with_place_id", name=op.f("ck_clearing_agreement_order")),
        sa.CheckConstraint(
            "proposer_id IN (place_id, with_place_id)", name=op.f("ck_clearing_agreement_proposer")
        ),
        sa.CheckConstraint(
            "owes_most BETWEEN 0 AND 600000", name=op.f("ck_clearing_agreement_owes")
        ),
        sa.CheckConstraint(
            "owed_most BETWEEN 0 AND 600000", name=op.f("ck_clearing_agreement_owed")
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'agreed', 'refused', 'replaced', 'ended')",
            name=op.f("ck_clearing_agreement_state"),
        ),
        sa.CheckConstraint(
            "(state = 'waiting') = (decided_at IS NULL)", name=op.f("ck_clearing_agreement_decided")
        ),
        sa.CheckConstraint(
            "state NOT IN ('agreed', 'ended') OR (agreed_by IS NOT NULL AND agreed_by <> asked_by)",
            name=op.f("ck_clearing_agreement_two"),
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_clearing_agreement_{column}")
            )
            for column, table in (
                ("place_id", "place"), ("with_place_id", "place"), ("proposer_id", "place"),
                ("asked_by", "member"), ("agreed_by", "member"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clearing_agreement")),
    )  # fmt: skip
    op.create_index(
        op.f("ix_clearing_agreement_with_place_id"), "clearing_agreement", ["with_place_id"],
        unique=False,
    )  # fmt: skip
    for state in ("waiting", "agreed"):
        op.create_index(
            f"uq_clearing_agreement_{state}", "clearing_agreement", ["place_id", "with_place_id"],
            unique=True, sqlite_where=sa.text(f"state = '{state}'"),
            postgresql_where=sa.text(f"state = '{state}'"),
        )  # fmt: skip


def downgrade() -> None:
    op.drop_table("clearing_agreement")
