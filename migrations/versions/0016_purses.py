"""Whose accounts of hours are, pots, what places owe each other, and what people wrote beside what
they gave."""

import sqlalchemy as sa
from alembic import op

revision = "0016_purses"
down_revision = "0015_ledger"

LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "account_owner",
        sa.Column("account_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(member_id IS NULL) <> (organisation_id IS NULL)", name=op.f("ck_account_owner_one")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_owner_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_account_owner_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_account_owner_organisation_id")
        ),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_account_owner_place_id")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_account_owner")),
        sa.UniqueConstraint("member_id", name=op.f("uq_account_owner_member_id")),
        sa.UniqueConstraint("organisation_id", name=op.f("uq_account_owner_organisation_id")),
    )
    op.create_table(
        "pot",
        sa.Column("account_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("about", sa.Text(), nullable=True),
        sa.Column("ward_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("pays", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(kind = 'fund') = (organisation_id IS NOT NULL)", name=op.f("ck_pot_fund")
        ),
        sa.CheckConstraint("(kind = 'ward') = (ward_id IS NOT NULL)", name=op.f("ck_pot_ward")),
        sa.CheckConstraint("kind IN ('community', 'ward', 'fund')", name=op.f("ck_pot_kind")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_pot_account_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_pot_organisation_id")
        ),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_pot_place_id")),
        sa.ForeignKeyConstraint(["ward_id"], ["ward.id"], name=op.f("fk_pot_ward_id")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_pot")),
        sa.UniqueConstraint("ref", name=op.f("uq_pot_ref")),
        sa.UniqueConstraint("ward_id", name=op.f("uq_pot_ward_id")),
    )
    op.create_index(op.f("ix_pot_organisation_id"), "pot", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_pot_place_id"), "pot", ["place_id"], unique=False)
    op.create_index(
        "uq_pot_community",
        "pot",
        ["place_id"],
        unique=True,
        sqlite_where=sa.text("kind = 'community'"),
        postgresql_where=sa.text("kind = 'community'"),
    )
    op.create_table(
        "clearing",
        sa.Column("account_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("with_place_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("place_id <> with_place_id", name=op.f("ck_clearing_another")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_clearing_account_id")
        ),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_clearing_place_id")),
        sa.ForeignKeyConstraint(
            ["with_place_id"], ["place.id"], name=op.f("fk_clearing_with_place_id")
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_clearing")),
        sa.UniqueConstraint(
            "place_id", "with_place_id", name=op.f("uq_clearing_place_id_with_place_id")
        ),
    )
    op.create_index(op.f("ix_clearing_with_place_id"), "clearing", ["with_place_id"], unique=False)
    op.create_table(
        "transfer_words",
        sa.Column("seq", LONG, autoincrement=False, nullable=False),
        sa.Column("by_member_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_member_id"], ["member.id"], name=op.f("fk_transfer_words_by_member_id")
        ),
        sa.ForeignKeyConstraint(["seq"], ["transfer.seq"], name=op.f("fk_transfer_words_seq")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_transfer_words")),
    )
    op.create_index(
        op.f("ix_transfer_words_by_member_id"), "transfer_words", ["by_member_id"], unique=False
    )


def downgrade() -> None:
    op.drop_table("transfer_words")
    op.drop_table("clearing")
    op.drop_table("pot")
    op.drop_table("account_owner")
