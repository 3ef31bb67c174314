"""Conversations line by line (append-only until the case is over), readers, reminders; reports
of strangers say how to call back, and whom at the desk they are kept from."""

import sqlalchemy as sa
from alembic import op

from enabler.persistence import triggers

revision = "0006_conversations"
down_revision = "0005_reach_by_category"

LINE, READER, REMINDER = "conversation_line", "conversation_reader", "reminder"
CASE_IS_OVER = (
    'EXISTS (SELECT 1 FROM need JOIN "match" ON "match".need_id = need.id'
    ' WHERE "match".id = OLD.match_id AND need.ended_at IS NOT NULL)'
)
CHECKS = {
    "words": "kind <> 'said' OR words IS NOT NULL",
    "time": "(kind IN ('proposed', 'agreed')) = (visit_start IS NOT NULL)",
    "time_whole": "(visit_start IS NULL) = (visit_end IS NULL)",
    "time_order": "visit_start IS NULL OR visit_start < visit_end",
    "side": "side IN ('asker', 'helper', 'staff')",
}


def upgrade() -> None:
    op.create_table(
        LINE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("match_id", sa.Integer(), nullable=False),
        sa.Column("by_member_id", sa.Integer(), nullable=True),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("visit_start", sa.DateTime(timezone=True), nullable=True),
        sa.Column("visit_end", sa.DateTime(timezone=True), nullable=True),
        sa.Column("where_words", sa.Text(), nullable=True),
        sa.Column("holds", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{LINE}_{name}")) for name, rule in CHECKS.items()),
        _refers(LINE, "place_id", "place"),
        _refers(LINE, "match_id", "match"),
        _refers(LINE, "by_member_id", "member"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{LINE}")),
    )
    op.create_index(f"ix_{LINE}_match_id", LINE, ["match_id", "id"])
    op.create_index(op.f(f"ix_{LINE}_place_id"), LINE, ["place_id"])
    for statement in triggers.append_only(op.get_bind().dialect.name, LINE, deletable=CASE_IS_OVER):
        op.execute(statement)
    op.create_table(
        READER,
        sa.Column("match_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("last_line_id", sa.Integer(), nullable=False),
        _refers(READER, "match_id", "match"),
        _refers(READER, "member_id", "member"),
        sa.PrimaryKeyConstraint("match_id", "member_id", name=op.f(f"pk_{READER}")),
    )
    op.create_table(
        REMINDER,
        sa.Column("match_id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("remind_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("visit_start", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("remind_at < visit_start", name=op.f(f"ck_{REMINDER}_before")),
        _refers(REMINDER, "match_id", "match"),
        _refers(REMINDER, "place_id", "place"),
        sa.PrimaryKeyConstraint("match_id", name=op.f(f"pk_{REMINDER}")),
    )
    op.create_index(op.f(f"ix_{REMINDER}_remind_at"), REMINDER, ["remind_at"])
    op.add_column("report", sa.Column("call_back", sa.Text(), nullable=True))
    op.add_column("report", sa.Column("kept_from", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("report", "kept_from")
    op.drop_column("report", "call_back")
    op.drop_table(REMINDER)
    op.drop_table(READER)
    for statement in triggers.no_longer_append_only(op.get_bind().dialect.name, LINE):
        op.execute(statement)
    op.drop_table(LINE)


def _refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}")
    )
