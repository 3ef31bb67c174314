"""Drafts of a place's rules, which two decide; versions that nobody changes or deletes."""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry

from enabler.persistence import ruleset_rules

revision = "0026_ruleset_drafts"
down_revision = "0025_desk"

CHECKS = {
    "state": "state IN ('draft', 'proposed', 'approved', 'rejected', 'withdrawn', 'lapsed')",
    "order": "until_at IS NULL OR from_at IS NULL OR from_at < until_at",
    "proposed": "state NOT IN ('proposed', 'approved', 'rejected', 'lapsed')"
                " OR (proposed_by IS NOT NULL AND answer_by IS NOT NULL)",
    "decided": "(state IN ('approved', 'rejected')) = (decided_by IS NOT NULL)",
    "ended": "(state IN ('draft', 'proposed')) = (decided_at IS NULL)",
    "two_people": "decided_by IS NULL OR decided_by <> proposed_by",
    "approved": "(state = 'approved') = (ruleset_id IS NOT NULL)",
}  # fmt: skip
AREA = dict(geometry_type="MULTIPOLYGON", srid=27700, dimension=2, spatial_index=False,
            from_text="ST_GeomFromEWKT", name="geometry")  # fmt: skip


def upgrade() -> None:
    _drafts()
    _changes()
    for statement in ruleset_rules.rules(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    for statement in ruleset_rules.without(op.get_bind().dialect.name):
        op.execute(statement)
    op.drop_table("ruleset_draft_change")
    op.drop_geospatial_table("ruleset_draft")


def _drafts() -> None:
    text, number, moment = sa.Text(), sa.Integer(), sa.DateTime(timezone=True)
    op.create_geospatial_table(
        "ruleset_draft",
        *(sa.Column(name, number, nullable=False) for name in ("id", "place_id")),
        sa.Column("ref", text, nullable=False),
        sa.Column("version", number, nullable=False),
        sa.Column("name", text, nullable=False),
        sa.Column("state", text, nullable=False),
        sa.Column("policy", sa.JSON(), nullable=False),
        sa.Column("based_on_id", number, nullable=False),
        sa.Column("from_at", moment, nullable=True),
        sa.Column("until_at", moment, nullable=True),
        sa.Column("wards", sa.JSON(), nullable=False),
        sa.Column("area", Geometry(**AREA), nullable=True),
        sa.Column("drafted_by", number, nullable=False),
        sa.Column("drafted_at", moment, nullable=False),
        sa.Column("changed_by", number, nullable=False),
        sa.Column("changed_at", moment, nullable=False),
        sa.Column("words", text, nullable=True),
        sa.Column("proposed_by", number, nullable=True),
        sa.Column("proposed_at", moment, nullable=True),
        sa.Column("answer_by", moment, nullable=True),
        sa.Column("decided_by", number, nullable=True),
        sa.Column("decided_at", moment, nullable=True),
        sa.Column("decided_words", text, nullable=True),
        sa.Column("ruleset_id", number, nullable=True),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_ruleset_draft_{name}"))
          for name, rule in CHECKS.items()),
        _refers("ruleset_draft", "place_id", "place"),
        *(_refers("ruleset_draft", name, "ruleset") for name in ("based_on_id", "ruleset_id")),
        *(_refers("ruleset_draft", name, "member")
          for name in ("drafted_by", "changed_by", "proposed_by", "decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ruleset_draft")),
        sa.UniqueConstraint("ref", name=op.f("uq_ruleset_draft_ref")),
        sa.UniqueConstraint("ruleset_id", name=op.f("uq_ruleset_draft_ruleset_id")),
    )  # fmt: skip
    op.create_index(op.f("ix_ruleset_draft_place_id"), "ruleset_draft", ["place_id"])
    is_open = sa.text("state IN ('draft', 'proposed')")
    op.create_index(
        "ix_ruleset_draft_open", "ruleset_draft", ["place_id"],
        sqlite_where=is_open, postgresql_where=is_open,
    )  # fmt: skip


def _changes() -> None:
    op.create_table(
        "ruleset_draft_change",
        sa.Column("draft_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        _refers("ruleset_draft_change", "draft_id", "ruleset_draft"),
        _refers("ruleset_draft_change", "changed_by", "member"),
        sa.PrimaryKeyConstraint("draft_id", "version", name=op.f("pk_ruleset_draft_change")),
    )


def _refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)
