"""What custodians propose about hours and decide by two; how a flag was settled."""

import sqlalchemy as sa
from alembic import op

from enabler.persistence import proposal_rules

revision = "0019_hours_desk"
down_revision = "0018_replays"

CHECKS = {
    "kind": "kind IN ('grant', 'reversal')",
    "reverses": "(kind = 'reversal') = (reverses IS NOT NULL)",
    "two_accounts": "debit_id <> credit_id",
    "minutes": "minutes >= 1",
    "state": "state IN ('waiting', 'allowed', 'refused', 'lapsed')",
    "ended": "(state = 'waiting') = (decided_at IS NULL)",
    "decided": "(state IN ('allowed', 'refused')) = (decided_by IS NOT NULL)",
    "moved": "(state = 'allowed') = (transfer IS NOT NULL)",
    "two_people": "decided_by IS NULL OR decided_by <> asked_by",
}
KIND_OF_FLAG = {"kind": "kind IN ('ring', 'reciprocal', 'burst', 'covered', 'unpaid')"}
FLAG_CHECKS = {
    "settled": "(settled_at IS NULL) = (settled_as IS NULL)",
    "settled_by": "settled_by IS NULL OR settled_at IS NOT NULL",
    "settled_as": "settled_as IN ('paid', 'gift', 'counts', 'does-not-count', 'seen')",
}


def upgrade() -> None:
    _proposals()
    for statement in proposal_rules.rules(op.get_bind().dialect.name):
        op.execute(statement)
    _flags(KIND_OF_FLAG | FLAG_CHECKS)
    if op.get_bind().dialect.name != "sqlite":
        for name, rule in FLAG_CHECKS.items():
            op.create_check_constraint(op.f(f"ck_hours_flag_{name}"), "hours_flag", rule)
    _partial("ix_hours_flag_settled", "hours_flag", ["place_id", "settled_at"],
             "settled_at IS NOT NULL")  # fmt: skip


def downgrade() -> None:
    op.drop_index("ix_hours_flag_settled", table_name="hours_flag")
    _flags(KIND_OF_FLAG)
    if op.get_bind().dialect.name != "sqlite":
        for name in FLAG_CHECKS:
            op.drop_constraint(op.f(f"ck_hours_flag_{name}"), "hours_flag", type_="check")
    for statement in proposal_rules.without(op.get_bind().dialect.name):
        op.execute(statement)
    op.drop_table("hours_proposal")


def _flags(checks: dict[str, str]) -> None:
    """SQLite cannot add a constraint: there the table is made anew with these."""
    if op.get_bind().dialect.name != "sqlite":
        return
    made = [
        sa.CheckConstraint(rule, name=op.f(f"ck_hours_flag_{name}"))
        for name, rule in checks.items()
    ]
    with op.batch_alter_table("hours_flag", recreate="always", table_args=made):
        pass


def _proposals() -> None:
    text, moment = sa.Text(), sa.DateTime(timezone=True)
    op.create_table(
        "hours_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("ref", text, nullable=False),
        sa.Column("kind", text, nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False)
          for name in ("debit_id", "credit_id", "minutes")),
        sa.Column("reverses", text, nullable=True),
        sa.Column("words", text, nullable=False),
        sa.Column("state", text, nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", moment, nullable=False),
        sa.Column("answer_by", moment, nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", moment, nullable=True),
        sa.Column("decided_words", text, nullable=True),
        sa.Column("transfer", text, nullable=True),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_hours_proposal_{name}"))
          for name, rule in CHECKS.items()),
        *(_refers([name, "place_id"], "account", ["id", "place_id"])
          for name in ("debit_id", "credit_id")),
        *(_refers([name], "member", ["id"]) for name in ("asked_by", "decided_by")),
        *(_refers([name], "transfer", ["key"]) for name in ("reverses", "transfer")),
        _refers(["place_id"], "place", ["id"]),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hours_proposal")),
        sa.UniqueConstraint("ref", name=op.f("uq_hours_proposal_ref")),
        sa.UniqueConstraint("transfer", name=op.f("uq_hours_proposal_transfer")),
    )  # fmt: skip
    _partial("uq_hours_proposal_reverses", "hours_proposal", ["reverses"],
             "state IN ('waiting', 'allowed') AND reverses IS NOT NULL", unique=True)  # fmt: skip
    _partial("ix_hours_proposal_waiting", "hours_proposal", ["place_id"], "state = 'waiting'")


def _refers(columns: list[str], other: str, its: list[str]) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_hours_proposal_{'_'.join(columns)}")
    return sa.ForeignKeyConstraint(columns, [f"{other}.{each}" for each in its], name=name)


def _partial(
    name: str, table: str, columns: list[str], where: str, *, unique: bool = False
) -> None:
    condition = sa.text(where)
    op.create_index(
        name, table, columns, unique=unique, sqlite_where=condition, postgresql_where=condition
    )
