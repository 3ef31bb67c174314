"""Reports become cases; who hears of a worry; what was said of a visit; who is hidden."""

import sqlalchemy as sa
from alembic import op

from enabler.persistence import triggers

revision = "0029_worries"
down_revision = "0028_visits"

TEXT, MOMENT = sa.Text(), sa.DateTime(timezone=True)
CASE_IS_OVER = (
    "EXISTS (SELECT 1 FROM report WHERE report.id = OLD.report_id"
    " AND report.settled_at IS NOT NULL)"
)
REPORT = {
    "state": "state IN ('open', 'looking', 'with-police', 'with-partner', 'settled')",
    "settled": "(state = 'settled') = (settled_at IS NOT NULL)",
    "seen": "acknowledged_by IS NULL OR acknowledged_at IS NOT NULL",
    "worry_seen_first": "settled_at IS NULL OR kind <> 'worried'"
    " OR (acknowledged_at IS NOT NULL AND settled_words IS NOT NULL)",
}
PLAN = {
    "decided": "(decided_by IS NULL) = (decided_at IS NULL)",
    "two_people": "decided_by IS NULL OR decided_by <> proposed_by",
    "state": "state IN ('waiting', 'agreed', 'refused', 'replaced')",
    "by": "state NOT IN ('agreed', 'refused') OR decided_by IS NOT NULL",
}
CONDUCT = {
    "two_people": "by_member_id <> about_member_id",
    "kind": "kind IN ('did-not-come', 'called-off-late', 'left-early', 'was-rude')",
    "state": "state IN ('open', 'disputed', 'counts', 'does-not-count', 'taken-back')",
    "ended": "(state IN ('open', 'disputed')) = (ended_at IS NULL)",
    "heard": "state <> 'disputed' OR answered_at IS NOT NULL",
    "third_person": "decided_by IS NULL"
    " OR (decided_by <> by_member_id AND decided_by <> about_member_id)",
}
NEW = ("hidden_introduced", "hidden_member", "conduct", "safeguarding_plan", "report_release")


def upgrade() -> None:
    _report()
    _notes()
    _plan()
    _conduct()
    _hidden()


def downgrade() -> None:
    for table in NEW:
        op.drop_table(table)
    for statement in triggers.no_longer_append_only(op.get_bind().dialect.name, "report_note"):
        op.execute(statement)
    op.drop_table("report_note")
    op.drop_index("ix_report_tells", table_name="report")
    with op.batch_alter_table("report") as report:
        for name in REPORT:
            report.drop_constraint(op.f(f"ck_report_{name}"), type_="check")
        for column in ("assigned_to", "acknowledged_by"):
            report.drop_constraint(op.f(f"fk_report_{column}"), type_="foreignkey")
        for column in (
            "about_line", "state", "assigned_to", "for_leads", "due_at", "acknowledged_at",
            "acknowledged_by", "told_times", "tell_next_at", "outcome", "outcome_at",
        ):  # fmt: skip
            report.drop_column(column)


def _report() -> None:
    for column in (
        sa.Column("about_line", sa.Integer(), nullable=True),
        sa.Column("state", TEXT, nullable=False, server_default="open"),
        sa.Column("assigned_to", sa.Integer(), nullable=True),
        sa.Column("for_leads", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("due_at", MOMENT, nullable=True),
        sa.Column("acknowledged_at", MOMENT, nullable=True),
        sa.Column("acknowledged_by", sa.Integer(), nullable=True),
        sa.Column("told_times", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("tell_next_at", MOMENT, nullable=True),
        sa.Column("outcome", TEXT, nullable=True),
        sa.Column("outcome_at", MOMENT, nullable=True),
    ):  # fmt: skip
        op.add_column("report", column)
    op.execute("UPDATE report SET state = 'settled' WHERE settled_at IS NOT NULL")
    op.execute("UPDATE report SET for_leads = true WHERE kind = 'worried'")
    # Whoever settled a worry had seen it; what still waits is told of at the next tick.
    op.execute(
        "UPDATE report SET acknowledged_at = settled_at, acknowledged_by = settled_by,"
        " settled_words = COALESCE(settled_words, '')"
        " WHERE kind = 'worried' AND settled_at IS NOT NULL"
    )
    op.execute(
        "UPDATE report SET due_at = reported_at, tell_next_at = reported_at"
        " WHERE kind = 'worried' AND settled_at IS NULL"
    )
    with op.batch_alter_table("report") as report:
        for column in ("assigned_to", "acknowledged_by"):
            report.create_foreign_key(op.f(f"fk_report_{column}"), "member", [column], ["id"])
        for name, rule in REPORT.items():
            report.create_check_constraint(op.f(f"ck_report_{name}"), rule)
    _partial("ix_report_tells", "report", ["tell_next_at"], "tell_next_at IS NOT NULL")


def _notes() -> None:
    op.create_table(
        "report_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("by_member_id", sa.Integer(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("words", TEXT, nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        *_keys("report_note", place_id="place", report_id="report", by_member_id="member"),
    )
    _index("report_note", "report_id")
    for statement in triggers.append_only(
        op.get_bind().dialect.name, "report_note", deletable=CASE_IS_OVER
    ):
        op.execute(statement)
    op.create_table(
        "report_release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("ref", TEXT, nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("words", TEXT, nullable=False),
        sa.Column("by_member_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("answer", TEXT, nullable=True),
        sa.Column("answered_at", MOMENT, nullable=True),
        *_keys("report_release", place_id="place", report_id="report", member_id="member",
               by_member_id="member"),
        sa.UniqueConstraint("ref", name=op.f("uq_report_release_ref")),
        sa.UniqueConstraint(
            "report_id", "member_id", name=op.f("uq_report_release_report_id_member_id")
        ),
    )  # fmt: skip
    _index("report_release", "member_id")


def _plan() -> None:
    op.create_table(
        "safeguarding_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("hands", sa.JSON(), nullable=False),
        sa.Column("hours", sa.JSON(), nullable=False),
        sa.Column("duty_line", TEXT, nullable=True),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=False),
        sa.Column("proposed_at", MOMENT, nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        *_checks("safeguarding_plan", PLAN),
        *_keys("safeguarding_plan", place_id="place", proposed_by="member", decided_by="member"),
    )
    _index("safeguarding_plan", "place_id")
    _partial("uq_safeguarding_plan_waiting", "safeguarding_plan", ["place_id"],
             "state = 'waiting'", unique=True)  # fmt: skip


def _conduct() -> None:
    op.create_table(
        "conduct",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("ref", TEXT, nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False)
          for name in ("match_id", "by_member_id", "about_member_id")),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("words", TEXT, nullable=True),
        sa.Column("said_at", MOMENT, nullable=False),
        sa.Column("answer_by", MOMENT, nullable=False),
        sa.Column("answer", TEXT, nullable=True),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_words", TEXT, nullable=True),
        *_checks("conduct", CONDUCT),
        *_keys("conduct", place_id="place", match_id="match", by_member_id="member",
               about_member_id="member", decided_by="member"),
        sa.UniqueConstraint("ref", name=op.f("uq_conduct_ref")),
        sa.UniqueConstraint(
            "match_id", "by_member_id", "kind", name=op.f("uq_conduct_match_id_by_member_id_kind")
        ),
    )  # fmt: skip
    for column in ("place_id", "match_id", "by_member_id", "about_member_id"):
        _index("conduct", column)
    _partial("ix_conduct_due", "conduct", ["answer_by"], "state = 'open'")


def _hidden() -> None:
    op.create_table(
        "hidden_member",
        sa.Column("member_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("words", TEXT, nullable=False),
        sa.Column("by_member_id", sa.Integer(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("readers", sa.JSON(), nullable=False),
        *_keys("hidden_member", "member_id", member_id="member", place_id="place",
               by_member_id="member"),
    )  # fmt: skip
    _index("hidden_member", "place_id")
    op.create_table(
        "hidden_introduced",
        sa.Column("match_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("by_member_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        *_keys("hidden_introduced", "match_id", match_id="match", member_id="member",
               by_member_id="member"),
    )  # fmt: skip
    _index("hidden_introduced", "member_id")


def _keys(table: str, primary: str = "id", **refers: str) -> list[sa.Constraint]:
    return [
        sa.PrimaryKeyConstraint(primary, name=op.f(f"pk_{table}")),
        *(
            sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))
            for column, other in refers.items()
        ),
    ]


def _checks(table: str, rules: dict[str, str]) -> list[sa.CheckConstraint]:
    return [
        sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}")) for name, rule in rules.items()
    ]


def _index(table: str, column: str) -> None:
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def _partial(
    name: str, table: str, columns: list[str], where: str, *, unique: bool = False
) -> None:
    condition = sa.text(where)
    op.create_index(
        name, table, columns, unique=unique, sqlite_where=condition, postgresql_where=condition
    )
