"""The ledger of hours: accounts, transfers, their seals, and the rules that hold them."""

import sqlalchemy as sa
from alembic import op

from enabler.persistence import ledger_rules

revision = "0015_ledger"
down_revision = "0014_organisations_series"

LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ACCOUNT = {
    "kind": "kind IN ('member', 'organisation', 'pot', 'clearing', 'issue')",
    "issue_without_floor": "kind <> 'issue' OR floor IS NULL",
    "floor": "floor IS NULL OR posted - held >= floor",
    "held": "held >= 0",
    "closed_empty": "NOT closed OR (posted = 0 AND held = 0)",
}
TRANSFER = {
    "two_accounts": "debit_id <> credit_id",
    "minutes": "minutes >= 1",
    "most_help": "reason <> 'help' OR minutes <= 1440",
    "reason": "reason IN ('help', 'give', 'event', 'grant', 'lend', 'repay', 'cover', 'sweep',"
    " 'balance', 'border', 'reversal', 'replay')",
    "phase": "phase IN ('single', 'hold', 'post', 'void')",
    "hold": "(phase IN ('post', 'void')) = (hold IS NOT NULL)",
    "reverses": "(reason = 'reversal') = (reverses IS NOT NULL)",
    "reversal_at_once": "reverses IS NULL OR phase = 'single'",
    "key": "length(key) BETWEEN 1 AND 200",
}


def upgrade() -> None:
    _accounts()
    _transfers()
    _seals()
    for statement in ledger_rules.rules(op.get_bind().dialect.name).values():
        op.execute(statement)


def downgrade() -> None:
    for statement in ledger_rules.without(op.get_bind().dialect.name):
        op.execute(statement)
    for table in ("ledger_seal", "transfer_seal", "transfer", "account"):
        op.drop_table(table)


def _accounts() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("floor", sa.BigInteger(), nullable=True),
        *(
            sa.Column(name, sa.BigInteger(), nullable=False, server_default=sa.text("0"))
            for name in ("posted", "held", "applied")
        ),
        sa.Column("closed", sa.Boolean(), nullable=False, server_default=sa.false()),
        *_checks("account", ACCOUNT),
        _refers("account", ["place_id"], "place", ["id"]),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("id", "place_id", name=op.f("uq_account_id_place_id")),
    )
    op.create_index(op.f("ix_account_place_id"), "account", ["place_id"])
    _partial("uq_account_issue", "account", ["place_id"], "kind = 'issue'", unique=True)


def _transfers() -> None:
    op.create_table(
        "transfer",
        sa.Column("seq", LONG, nullable=False, autoincrement=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("place_id", "debit_id", "credit_id", "minutes")
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("phase", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=True) for name in ("hold", "reverses", "group_key")),
        *_checks("transfer", TRANSFER),
        *(
            _refers("transfer", [name, "place_id"], "account", ["id", "place_id"])
            for name in ("debit_id", "credit_id")
        ),
        _refers("transfer", ["place_id"], "place", ["id"]),
        _refers("transfer", ["hold"], "transfer", ["key"]),
        _refers("transfer", ["reverses"], "transfer", ["key"]),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_transfer")),
        sa.UniqueConstraint("key", name=op.f("uq_transfer_key")),
        sqlite_autoincrement=True,
    )
    for name in ("hold", "reverses"):
        _partial(f"uq_transfer_{name}", "transfer", [name], f"{name} IS NOT NULL", unique=True)
    _partial("ix_transfer_group", "transfer", ["group_key"], "group_key IS NOT NULL")
    op.create_index("ix_transfer_debit", "transfer", ["debit_id", "seq"])
    op.create_index("ix_transfer_credit", "transfer", ["credit_id", "seq"])
    op.create_index("ix_transfer_place_at", "transfer", ["place_id", "at"])


def _seals() -> None:
    op.create_table(
        "transfer_seal",
        sa.Column("seq", LONG, nullable=False, autoincrement=False),
        sa.Column("digest", sa.Text(), nullable=False),
        _refers("transfer_seal", ["seq"], "transfer", ["seq"]),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_transfer_seal")),
    )
    op.create_table(
        "ledger_seal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first", sa.BigInteger(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("root", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *_checks("ledger_seal", {"rows": "count >= 1 AND first <= last"}),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_seal")),
        sa.UniqueConstraint("first", name=op.f("uq_ledger_seal_first")),
        sa.UniqueConstraint("last", name=op.f("uq_ledger_seal_last")),
    )


def _checks(table: str, checks: dict[str, str]) -> list[sa.CheckConstraint]:
    return [
        sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}")) for name, rule in checks.items()
    ]


def _refers(
    table: str, columns: list[str], other: str, its: list[str]
) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{'_'.join(columns)}")
    return sa.ForeignKeyConstraint(columns, [f"{other}.{each}" for each in its], name=name)


def _partial(
    name: str, table: str, columns: list[str], where: str, *, unique: bool = False
) -> None:
    condition = sa.text(where)
    op.create_index(
        name, table, columns, unique=unique, sqlite_where=condition, postgresql_where=condition
    )
