"""What each help is to the time bank, and flags for custodians."""

import sqlalchemy as sa
from alembic import op

revision = "0017_help_hours"
down_revision = "0016_purses"


def upgrade() -> None:
    op.create_table(
        "help_hours",
        sa.Column("match_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("earns", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("ward_id", sa.Integer(), nullable=False),
        sa.Column("payer_id", sa.Integer(), nullable=True),
        sa.Column("helper_id", sa.Integer(), nullable=True),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("hold", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("by_pot", sa.Integer(), nullable=False),
        sa.Column("unpaid", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state IN ('settled', 'let-go')) = (settled_at IS NOT NULL)",
            name=op.f("ck_help_hours_end"),
        ),
        sa.CheckConstraint(
            "earns = 'gift' OR (payer_id IS NOT NULL AND helper_id IS NOT NULL)",
            name=op.f("ck_help_hours_accounts"),
        ),
        sa.CheckConstraint("earns IN ('hours', 'gift')", name=op.f("ck_help_hours_earns")),
        sa.CheckConstraint(
            "state IN ('open', 'looked-at', 'settled', 'let-go')", name=op.f("ck_help_hours_state")
        ),
        sa.ForeignKeyConstraint(
            ["helper_id"], ["account.id"], name=op.f("fk_help_hours_helper_id")
        ),
        sa.ForeignKeyConstraint(["match_id"], ["match.id"], name=op.f("fk_help_hours_match_id")),
        sa.ForeignKeyConstraint(["payer_id"], ["account.id"], name=op.f("fk_help_hours_payer_id")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_help_hours_place_id")),
        sa.ForeignKeyConstraint(["ward_id"], ["ward.id"], name=op.f("fk_help_hours_ward_id")),
        sa.PrimaryKeyConstraint("match_id", name=op.f("pk_help_hours")),
    )
    op.create_index(op.f("ix_help_hours_helper_id"), "help_hours", ["helper_id"], unique=False)
    op.create_index(
        "ix_help_hours_looked_at",
        "help_hours",
        ["place_id"],
        unique=False,
        sqlite_where=sa.text("state = 'looked-at'"),
        postgresql_where=sa.text("state = 'looked-at'"),
    )
    op.create_index(op.f("ix_help_hours_payer_id"), "help_hours", ["payer_id"], unique=False)
    op.create_index(
        "ix_help_hours_place_settled", "help_hours", ["place_id", "settled_at"], unique=False
    )
    op.create_table(
        "hours_flag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("dedupe_key", sa.Text(), nullable=False),
        sa.Column("match_id", sa.Integer(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.Column("settled_as", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('ring', 'reciprocal', 'burst', 'covered', 'unpaid')",
            name=op.f("ck_hours_flag_kind"),
        ),
        sa.ForeignKeyConstraint(["match_id"], ["match.id"], name=op.f("fk_hours_flag_match_id")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_hours_flag_place_id")),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["member.id"], name=op.f("fk_hours_flag_settled_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hours_flag")),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_hours_flag_dedupe_key")),
        sa.UniqueConstraint("ref", name=op.f("uq_hours_flag_ref")),
    )
    op.create_index(op.f("ix_hours_flag_match_id"), "hours_flag", ["match_id"], unique=False)
    op.create_index(
        "ix_hours_flag_waiting",
        "hours_flag",
        ["place_id"],
        unique=False,
        sqlite_where=sa.text("settled_at IS NULL"),
        postgresql_where=sa.text("settled_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("hours_flag")
    op.drop_table("help_hours")
