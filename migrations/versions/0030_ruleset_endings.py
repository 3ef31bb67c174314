"""Rules end before their time, when two people say so."""

import sqlalchemy as sa
from alembic import op

from enabler.persistence import ruleset_ending_rules

revision = "0030_ruleset_endings"
down_revision = "0029_worries"

CHECKS = {
    "state": "state IN ('proposed', 'approved', 'rejected', 'withdrawn', 'lapsed')",
    "decided": "(state IN ('approved', 'rejected')) = (decided_by IS NOT NULL)",
    "ended": "(state = 'proposed') = (decided_at IS NULL)",
    "two_people": "decided_by IS NULL OR decided_by <> proposed_by",
}
REFERS = {
    "place_id": "place", "ruleset_id": "ruleset", "proposed_by": "member", "decided_by": "member",
}  # fmt: skip


def upgrade() -> None:
    text, number, moment = sa.Text(), sa.Integer(), sa.DateTime(timezone=True)
    op.create_table(
        "ruleset_ending",
        sa.Column("id", number, nullable=False),
        sa.Column("place_id", number, nullable=False),
        sa.Column("ref", text, nullable=False),
        sa.Column("ruleset_id", number, nullable=False),
        sa.Column("state", text, nullable=False),
        sa.Column("words", text, nullable=True),
        sa.Column("proposed_by", number, nullable=False),
        sa.Column("proposed_at", moment, nullable=False),
        sa.Column("answer_by", moment, nullable=False),
        sa.Column("decided_by", number, nullable=True),
        sa.Column("decided_at", moment, nullable=True),
        sa.Column("decided_words", text, nullable=True),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_ruleset_ending_{name}"))
          for name, rule in CHECKS.items()),
        *(sa.ForeignKeyConstraint([column], [f"{other}.id"],
                                  name=op.f(f"fk_ruleset_ending_{column}"))
          for column, other in REFERS.items()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ruleset_ending")),
        sa.UniqueConstraint("ref", name=op.f("uq_ruleset_ending_ref")),
    )  # fmt: skip
    op.create_index(op.f("ix_ruleset_ending_place_id"), "ruleset_ending", ["place_id"])
    waits = sa.text("state = 'proposed'")
    op.create_index(
        "ix_ruleset_ending_waits", "ruleset_ending", ["ruleset_id"], unique=True,
        sqlite_where=waits, postgresql_where=waits,
    )  # fmt: skip
    for statement in ruleset_ending_rules.rules(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    for statement in ruleset_ending_rules.without(op.get_bind().dialect.name):
        op.execute(statement)
    op.drop_table("ruleset_ending")
