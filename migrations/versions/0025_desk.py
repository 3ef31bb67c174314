"""The desk: who has what in hand, decisions with their reasons and appeals, questions to authors,
standard answers, what was escalated."""

import sqlalchemy as sa
from alembic import op

from enabler.persistence import decision_rules

revision = "0025_desk"
down_revision = "0024_risk"


def upgrade() -> None:
    op.create_table(
        "desk_escalation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("level IN (1, 2)", name=op.f("ck_desk_escalation_level")),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_desk_escalation_place_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_escalation")),
        sa.UniqueConstraint(
            "place_id",
            "kind",
            "ref",
            "since",
            "level",
            name=op.f("uq_desk_escalation_place_id_kind_ref_since_level"),
        ),
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("subject_ref", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("ward_id", sa.Integer(), nullable=True),
        sa.Column("state_before", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("review_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("signals", sa.JSON(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("ruleset_id", sa.Integer(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("appealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("appeal_words", sa.Text(), nullable=True),
        sa.Column("appeal_decided_by", sa.Integer(), nullable=True),
        sa.Column("appeal_decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("appeal_outcome", sa.Text(), nullable=True),
        sa.Column("appeal_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'suspend') = (review_at IS NOT NULL)", name=op.f("ck_decision_review")
        ),
        sa.CheckConstraint(
            "appeal_outcome IN ('upheld', 'overturned')", name=op.f("ck_decision_appeal_outcome")
        ),
        sa.CheckConstraint(
            "kind IN ('refuse', 'hold', 'suspend', 'edit')", name=op.f("ck_decision_kind")
        ),
        sa.CheckConstraint(
            "lifted_at IS NULL OR kind = 'suspend'", name=op.f("ck_decision_lifted")
        ),
        sa.CheckConstraint(
            "subject_kind IN ('need', 'offer', 'organisation', 'member')",
            name=op.f("ck_decision_subject_kind"),
        ),
        sa.CheckConstraint(
            "(appeal_outcome IS NULL) = (appeal_decided_at IS NULL)",
            name=op.f("ck_decision_appeal_decided"),
        ),
        sa.CheckConstraint(
            "(appeal_outcome IS NULL) = (appeal_decided_by IS NULL)",
            name=op.f("ck_decision_appeal_decider"),
        ),
        sa.CheckConstraint(
            "appeal_decided_by IS NULL OR decided_by IS NULL OR appeal_decided_by <> decided_by",
            name=op.f("ck_decision_two_people"),
        ),
        sa.CheckConstraint(
            "appeal_outcome IS NULL OR appealed_at IS NOT NULL",
            name=op.f("ck_decision_appealed_first"),
        ),
        sa.ForeignKeyConstraint(
            ["appeal_decided_by"], ["member.id"], name=op.f("fk_decision_appeal_decided_by")
        ),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name=op.f("fk_decision_audit_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["member.id"], name=op.f("fk_decision_decided_by")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_decision_member_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_decision_organisation_id")
        ),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_decision_place_id")),
        sa.ForeignKeyConstraint(
            ["ruleset_id"], ["ruleset.id"], name=op.f("fk_decision_ruleset_id")
        ),
        sa.ForeignKeyConstraint(["ward_id"], ["ward.id"], name=op.f("fk_decision_ward_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("ref", name=op.f("uq_decision_ref")),
    )
    op.create_index(
        "ix_decision_appealed",
        "decision",
        ["place_id"],
        unique=False,
        sqlite_where=sa.text("appealed_at IS NOT NULL AND appeal_outcome IS NULL"),
        postgresql_where=sa.text("appealed_at IS NOT NULL AND appeal_outcome IS NULL"),
    )
    op.create_index(op.f("ix_decision_member_id"), "decision", ["member_id"], unique=False)
    op.create_index(
        op.f("ix_decision_organisation_id"), "decision", ["organisation_id"], unique=False
    )
    op.create_index("ix_decision_place_at", "decision", ["place_id", "decided_at"], unique=False)
    op.create_index("ix_decision_subject", "decision", ["subject_kind", "subject_id"], unique=False)
    op.create_index(
        "ix_decision_suspended",
        "decision",
        ["place_id"],
        unique=False,
        sqlite_where=sa.text("kind = 'suspend' AND lifted_at IS NULL AND undone_at IS NULL"),
        postgresql_where=sa.text("kind = 'suspend' AND lifted_at IS NULL AND undone_at IS NULL"),
    )
    op.create_table(
        "desk_claim",
        sa.Column("place_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("by_member_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_member_id"], ["member.id"], name=op.f("fk_desk_claim_by_member_id")
        ),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_desk_claim_place_id")),
        sa.PrimaryKeyConstraint("place_id", "kind", "ref", name=op.f("pk_desk_claim")),
    )
    op.create_table(
        "desk_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("subject_ref", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "subject_kind IN ('need', 'offer', 'organisation')",
            name=op.f("ck_desk_question_subject_kind"),
        ),
        sa.CheckConstraint(
            "answered_at IS NULL OR ended_at IS NOT NULL", name=op.f("ck_desk_question_answered")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["member.id"], name=op.f("fk_desk_question_answered_by")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["member.id"], name=op.f("fk_desk_question_asked_by")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_desk_question_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_desk_question_organisation_id")
        ),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_desk_question_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_question")),
        sa.UniqueConstraint("ref", name=op.f("uq_desk_question_ref")),
    )
    op.create_index(
        op.f("ix_desk_question_member_id"), "desk_question", ["member_id"], unique=False
    )
    op.create_index(
        "ix_desk_question_subject", "desk_question", ["subject_kind", "subject_id"], unique=False
    )
    op.create_index(
        "uq_desk_question_open",
        "desk_question",
        ["subject_kind", "subject_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "standard_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["made_by"], ["member.id"], name=op.f("fk_standard_answer_made_by")
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_standard_answer_place_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standard_answer")),
        sa.UniqueConstraint("ref", name=op.f("uq_standard_answer_ref")),
    )
    op.create_index(op.f("ix_standard_answer_place_id"), "standard_answer", ["place_id"])
    for statement in decision_rules.rules(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    for statement in decision_rules.without(op.get_bind().dialect.name):
        op.execute(statement)
    op.drop_table("standard_answer")
    op.drop_table("desk_question")
    op.drop_table("desk_claim")
    op.drop_table("decision")
    op.drop_table("desk_escalation")
