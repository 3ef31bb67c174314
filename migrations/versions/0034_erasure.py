"""Members rest for a while, or go for good: what is kept of that, and the one door by which what is
never changed may lose an erased person's words."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from enabler.persistence import erasure_rules

revision = "0034_erasure"
down_revision = "0033_proved_again"

LINE_IS_OVER = (
    'EXISTS (SELECT 1 FROM need JOIN "match" ON "match".need_id = need.id'
    ' WHERE "match".id = OLD.match_id AND need.ended_at IS NOT NULL)'
)
NUMBER, TEXT, MOMENT = sa.Integer(), sa.Text(), sa.DateTime(timezone=True)


def upgrade() -> None:
    _pause()
    _erasure()
    _hold()
    _proposal()
    dialect = op.get_bind().dialect.name
    for statement in (*erasure_rules.doors(dialect, LINE_IS_OVER), *erasure_rules.rules(dialect)):
        op.execute(statement)


def downgrade() -> None:
    dialect = op.get_bind().dialect.name
    for statement in (
        *erasure_rules.without(dialect),
        *erasure_rules.closed(dialect, LINE_IS_OVER),
    ):
        op.execute(statement)
    for table in ("erasure_proposal", "erasure_hold", "erasure", "member_pause"):
        op.drop_table(table)
    op.execute("UPDATE member SET state = 'active' WHERE state = 'paused'")
    op.execute("DELETE FROM ref WHERE kind = 'erasure'")


def _pause() -> None:
    _table(
        "member_pause",
        sa.Column("member_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("place_id", NUMBER, nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("until_at", MOMENT, nullable=True),
        sa.Column("offers", sa.JSON(), nullable=False),
        checks={"order": "until_at IS NULL OR since < until_at"},
        refers={"member_id": "member", "place_id": "place"},
        key="member_id",
    )
    op.create_index(op.f("ix_member_pause_until_at"), "member_pause", ["until_at"])


def _erasure() -> None:
    _table(
        "erasure",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("place_id", NUMBER, nullable=False),
        sa.Column("member_id", NUMBER, nullable=False),
        sa.Column("by_kind", TEXT, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("erased_at", MOMENT, nullable=True),
        sa.Column("listed_at", MOMENT, nullable=True),
        sa.Column("wiped_at", MOMENT, nullable=True),
        sa.Column("kept", sa.JSON(none_as_null=True), nullable=True),
        sa.UniqueConstraint("member_id", name=op.f("uq_erasure_member_id")),
        checks={
            "by_kind": "by_kind IN ('self', 'staff', 'list')",
            "order": "erased_at IS NULL OR asked_at <= erased_at",
            "kept": "erased_at IS NULL OR kept IS NULL",
        },
        refers={"member_id": "member", "place_id": "place"},
    )
    op.create_index(op.f("ix_erasure_place_id"), "erasure", ["place_id"])
    _partial("ix_erasure_unlisted", "erasure", "id", "listed_at IS NULL", unique=False)


def _hold() -> None:
    _table(
        "erasure_hold",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("place_id", NUMBER, nullable=False),
        sa.Column("member_id", NUMBER, nullable=False),
        sa.Column("words", TEXT, nullable=False),
        sa.Column("tells", sa.Boolean(), nullable=False),
        sa.Column("by_member_id", NUMBER, nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("ended_by", NUMBER, nullable=True),
        checks={"ended": "(ended_at IS NULL) = (ended_by IS NULL)"},
        refers={
            "member_id": "member", "place_id": "place", "by_member_id": "member",
            "ended_by": "member",
        },
    )  # fmt: skip
    op.create_index(op.f("ix_erasure_hold_place_id"), "erasure_hold", ["place_id"])
    _partial("uq_erasure_hold_stands", "erasure_hold", "member_id", "ended_at IS NULL")


def _proposal() -> None:
    _table(
        "erasure_proposal",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("place_id", NUMBER, nullable=False),
        sa.Column("ref", TEXT, nullable=False),
        sa.Column("member_id", NUMBER, nullable=False),
        sa.Column("words", TEXT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("asked_by", NUMBER, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("decided_by", NUMBER, nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("decided_words", TEXT, nullable=True),
        sa.UniqueConstraint("ref", name=op.f("uq_erasure_proposal_ref")),
        checks={
            "state": "state IN ('waiting', 'allowed', 'refused', 'withdrawn')",
            "ended": "(state = 'waiting') = (decided_at IS NULL)",
            "decided": "(decided_at IS NULL) = (decided_by IS NULL)",
            "two_people": "state = 'withdrawn' OR decided_by IS NULL OR decided_by <> asked_by",
            "not_oneself": "member_id <> asked_by",
            "not_own_case": "decided_by IS NULL OR decided_by <> member_id",
        },
        refers={
            "member_id": "member", "place_id": "place", "asked_by": "member",
            "decided_by": "member",
        },
    )  # fmt: skip
    op.create_index(op.f("ix_erasure_proposal_place_id"), "erasure_proposal", ["place_id"])
    _partial("uq_erasure_proposal_waits", "erasure_proposal", "member_id", "state = 'waiting'")


def _table(
    name: str, *columns: Any, checks: dict[str, str], refers: dict[str, str],
    key: str = "id",
) -> None:  # fmt: skip
    op.create_table(
        name,
        *columns,
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{name}_{each}")) for each, rule in checks.items()),
        *(
            sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{name}_{column}"))
            for column, other in refers.items()
        ),
        sa.PrimaryKeyConstraint(key, name=op.f(f"pk_{name}")),
    )


def _partial(name: str, table: str, column: str, where: str, *, unique: bool = True) -> None:
    condition = sa.text(where)
    op.create_index(
        name, table, [column], unique=unique, sqlite_where=condition, postgresql_where=condition
    )
