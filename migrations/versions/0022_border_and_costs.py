"""What places agree about the hours between them; money beside a match, with receipts."""

import sqlalchemy as sa
from alembic import op

from enabler.persistence import border_rules

revision = "0022_border_and_costs"
down_revision = "0021_leaving"


def upgrade() -> None:
    _agreements()
    _costs()


def _agreements() -> None:
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


    op.create_table(
        "border_half",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("twin", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["key"], ["transfer.key"], name=op.f("fk_border_half_key")),
        sa.ForeignKeyConstraint(
            ["twin"], ["transfer.key"], name=op.f("fk_border_half_twin"), deferrable=True,
            initially="DEFERRED",
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_border_half")),
        sa.UniqueConstraint("twin", name=op.f("uq_border_half_twin")),
    )  # fmt: skip
    for statement in border_rules.rules(op.get_bind().dialect.name).values():
        op.execute(sa.text(statement.replace(":", r"\:")))  # no parameters


def _costs() -> None:
    op.create_table(
        "match_cost",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("match_id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("by_member_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("pence", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answer_words", sa.Text(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('materials', 'fare', 'other')", name=op.f("ck_match_cost_kind")
        ),
        sa.CheckConstraint("pence BETWEEN 1 AND 100000", name=op.f("ck_match_cost_pence")),
        sa.CheckConstraint(
            "state IN ('noted', 'agreed', 'disputed', 'settled', 'withdrawn')",
            name=op.f("ck_match_cost_state"),
        ),
        sa.CheckConstraint(
            "(state = 'settled') = (settled_at IS NOT NULL)", name=op.f("ck_match_cost_settled")
        ),
        sa.CheckConstraint(
            "state NOT IN ('agreed', 'disputed') OR answered_by IS NOT NULL",
            name=op.f("ck_match_cost_answered"),
        ),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_match_cost_{column}"))
            for column, table in (
                ("place_id", "place"), ("match_id", "match"), ("by_member_id", "member"),
                ("answered_by", "member"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_cost")),
        sa.UniqueConstraint("ref", name=op.f("uq_match_cost_ref")),
    )  # fmt: skip
    for column in ("match_id", "by_member_id"):
        op.create_index(op.f(f"ix_match_cost_{column}"), "match_cost", [column], unique=False)
    op.create_table(
        "cost_receipt",
        sa.Column("cost_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("by_member_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('image/jpeg', 'image/png', 'application/pdf')",
            name=op.f("ck_cost_receipt_kind"),
        ),
        sa.CheckConstraint(
            "length(content) BETWEEN 4 AND 2796204", name=op.f("ck_cost_receipt_content")
        ),
        sa.ForeignKeyConstraint(
            ["cost_id"], ["match_cost.id"], name=op.f("fk_cost_receipt_cost_id")
        ),
        sa.ForeignKeyConstraint(
            ["by_member_id"], ["member.id"], name=op.f("fk_cost_receipt_by_member_id")
        ),
        sa.PrimaryKeyConstraint("cost_id", name=op.f("pk_cost_receipt")),
    )
    op.create_index(
        op.f("ix_cost_receipt_by_member_id"), "cost_receipt", ["by_member_id"], unique=False
    )


def downgrade() -> None:
    op.drop_table("cost_receipt")
    op.drop_table("match_cost")
    for statement in border_rules.without(op.get_bind().dialect.name):
        op.execute(statement)
    op.drop_table("border_half")
    op.drop_table("clearing_agreement")
