"""Consents say how they were given and how they ended; complaints, reasons for looks, odd looks,
what a councillor may see."""

import sqlalchemy as sa
from alembic import op

from enabler.persistence import complaint_rules

revision = "0035_consents"
down_revision = "0034_erasure"

TEXT, MOMENT, NUMBER = sa.Text(), sa.DateTime(timezone=True), sa.Integer()
CONSENT = {
    "how": "how IN ('page', 'text', 'desk')",
    "at_desk": "(how = 'desk') = (by_member_id IS NOT NULL)",
    "withdrawn": "(withdrawn_at IS NULL) = (withdrawn_how IS NULL)",
}
SHARE = {
    "until": "until_at > given_at",
    "two_people": "member_id <> councillor_id",
    "ended": "(ended_at IS NULL) = (ended_because IS NULL)",
}
COMPLAINT = {
    "how": "how IN ('page', 'text', 'desk')",
    "state": "state IN ('open', 'looking', 'answered')",
    "outcome": "outcome IN ('right', 'partly', 'not-right', 'taken-back')",
    "has_outcome": "(state = 'answered') = (outcome IS NOT NULL)",
    "answered": "(outcome IS NULL) = (answered_at IS NULL)",
    "clock_stops": "outcome IS NULL OR tell_next_at IS NULL",
}


def upgrade() -> None:
    _consents()
    _sights()
    _case_shares()
    _complaints()
    _looks()
    for statement in complaint_rules.rules(op.get_bind().dialect.name):
        op.execute(statement)
    # Nobody was asked whether they want news, and none was ever sent: now they are.
    op.execute("UPDATE member_wish SET bulletins_by = 'page'")


def downgrade() -> None:
    for statement in complaint_rules.without(op.get_bind().dialect.name):
        op.execute(statement)
    for table in ("odd_look", "look_question", "look_up", "complaint_note", "complaint",
                  "case_share"):  # fmt: skip
        op.drop_table(table)
    op.drop_index("ix_sight_unjudged", "sight")
    for column in ("as_role", "reason", "reason_words", "judged"):
        op.drop_column("sight", column)
    op.drop_index("uq_consent_standing", "consent")
    with op.batch_alter_table("consent") as consent:
        for name in CONSENT:
            consent.drop_constraint(op.f(f"ck_consent_{name}"), type_="check")
        consent.drop_constraint(op.f("fk_consent_by_member_id"), type_="foreignkey")
        for column in ("language", "how", "page", "by_member_id", "about_ref", "until_at",
                       "withdrawn_how"):  # fmt: skip
            consent.drop_column(column)


def _consents() -> None:
    for column in (
        sa.Column("language", TEXT, nullable=False, server_default="en"),
        sa.Column("how", TEXT, nullable=False, server_default="page"),
        sa.Column("page", TEXT, nullable=True),
        sa.Column("by_member_id", NUMBER, nullable=True),
        sa.Column("about_ref", TEXT, nullable=False, server_default=""),
        sa.Column("until_at", MOMENT, nullable=True),
        sa.Column("withdrawn_how", TEXT, nullable=True),
    ):
        op.add_column("consent", column)
    op.execute("UPDATE consent SET page = 'sign-up' WHERE wording = 'sign-up'")
    op.execute("UPDATE consent SET withdrawn_how = 'page' WHERE withdrawn_at IS NOT NULL")
    # Of what was agreed to twice the newest stands.
    op.execute(
        "UPDATE consent SET withdrawn_at = given_at, withdrawn_how = 'replaced'"
        " WHERE withdrawn_at IS NULL AND EXISTS (SELECT 1 FROM consent AS later"
        " WHERE later.member_id = consent.member_id AND later.wording = consent.wording"
        " AND later.withdrawn_at IS NULL AND later.id > consent.id)"
    )
    with op.batch_alter_table("consent") as consent:
        consent.create_foreign_key(
            op.f("fk_consent_by_member_id"), "member", ["by_member_id"], ["id"]
        )
        for name, rule in CONSENT.items():
            consent.create_check_constraint(op.f(f"ck_consent_{name}"), rule)
    _partial("uq_consent_standing", "consent", ["member_id", "wording", "about_ref"],
             "withdrawn_at IS NULL", unique=True)  # fmt: skip


def _sights() -> None:
    for column in (
        sa.Column("as_role", TEXT, nullable=True),
        sa.Column("reason", TEXT, nullable=True),
        sa.Column("reason_words", TEXT, nullable=True),
        sa.Column("judged", sa.Boolean(), nullable=False, server_default=sa.false()),
    ):
        op.add_column("sight", column)
    _partial("ix_sight_unjudged", "sight", ["id"], "as_role IS NOT NULL AND NOT judged")


def _case_shares() -> None:
    op.create_table(
        "case_share",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("place_id", NUMBER, nullable=False),
        sa.Column("ref", TEXT, nullable=False),
        *(sa.Column(name, NUMBER, nullable=False)
          for name in ("member_id", "need_id", "councillor_id", "ward_id")),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.Column("until_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("ended_because", TEXT, nullable=True),
        *_checks("case_share", SHARE),
        *_keys("case_share", place_id="place", member_id="member", need_id="need",
               councillor_id="member", ward_id="ward"),
        sa.UniqueConstraint("ref", name=op.f("uq_case_share_ref")),
    )  # fmt: skip
    for column in ("member_id", "councillor_id"):
        _index("case_share", column)
    _partial("uq_case_share_standing", "case_share", ["need_id", "councillor_id"],
             "ended_at IS NULL", unique=True)  # fmt: skip


def _complaints() -> None:
    op.create_table(
        "complaint",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("place_id", NUMBER, nullable=False),
        sa.Column("ref", TEXT, nullable=False),
        sa.Column("by_member_id", NUMBER, nullable=True),
        sa.Column("how", TEXT, nullable=False),
        sa.Column("words", TEXT, nullable=False),
        sa.Column("call_back", TEXT, nullable=True),
        sa.Column("from_address_hash", TEXT, nullable=True),
        sa.Column("kept_from", sa.JSON(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("tell_next_at", MOMENT, nullable=True),
        sa.Column("told_times", NUMBER, nullable=False, server_default="0"),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("assigned_to", NUMBER, nullable=True),
        sa.Column("outcome", TEXT, nullable=True),
        sa.Column("answer", TEXT, nullable=True),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("answered_by", NUMBER, nullable=True),
        *_checks("complaint", COMPLAINT),
        *_keys("complaint", place_id="place", by_member_id="member", assigned_to="member",
               answered_by="member"),
        sa.UniqueConstraint("ref", name=op.f("uq_complaint_ref")),
    )  # fmt: skip
    for column in ("place_id", "by_member_id"):
        _index("complaint", column)
    _partial("ix_complaint_tells", "complaint", ["tell_next_at"], "tell_next_at IS NOT NULL")
    op.create_table(
        "complaint_note",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("place_id", NUMBER, nullable=False),
        sa.Column("complaint_id", NUMBER, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("by_member_id", NUMBER, nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("words", TEXT, nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        *_keys("complaint_note", place_id="place", complaint_id="complaint",
               by_member_id="member"),
    )  # fmt: skip
    _index("complaint_note", "complaint_id")


def _looks() -> None:
    op.create_table(
        "look_up",
        sa.Column("id", NUMBER, nullable=False),
        *(sa.Column(name, NUMBER, nullable=False)
          for name in ("place_id", "viewer_id", "member_id")),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("words", TEXT, nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("until_at", MOMENT, nullable=False),
        *_keys("look_up", place_id="place", viewer_id="member", member_id="member"),
    )  # fmt: skip
    _index("look_up", "member_id")
    op.create_index("ix_look_up_standing", "look_up", ["viewer_id", "member_id", "until_at"])
    op.create_table(
        "look_question",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("place_id", NUMBER, nullable=False),
        sa.Column("ref", TEXT, nullable=False),
        sa.Column("member_id", NUMBER, nullable=False),
        sa.Column("viewer", TEXT, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("report_ref", TEXT, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        *_keys("look_question", place_id="place", member_id="member"),
        sa.UniqueConstraint("ref", name=op.f("uq_look_question_ref")),
        sa.UniqueConstraint(
            "member_id", "viewer", "day", name=op.f("uq_look_question_member_id_viewer_day")
        ),
    )
    _index("look_question", "member_id")
    op.create_table(
        "odd_look",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("place_id", NUMBER, nullable=False),
        sa.Column("ref", TEXT, nullable=False),
        sa.Column("viewer_id", NUMBER, nullable=False),
        sa.Column("member_id", NUMBER, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("noted_at", MOMENT, nullable=False),
        sa.Column("report_ref", TEXT, nullable=False),
        *_keys("odd_look", place_id="place", viewer_id="member", member_id="member"),
        sa.UniqueConstraint("ref", name=op.f("uq_odd_look_ref")),
        sa.UniqueConstraint(
            "viewer_id", "member_id", "day", name=op.f("uq_odd_look_viewer_id_member_id_day")
        ),
    )
    for column in ("place_id", "member_id"):
        _index("odd_look", column)


def _keys(table: str, **refers: str) -> list[sa.Constraint]:
    return [
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
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
