"""Time that was given and is written down afterwards: events, and the sides of each."""

import sqlalchemy as sa
from alembic import op

revision = "0020_hours_events"
down_revision = "0019_hours_desk"


def upgrade() -> None:
    op.create_table(
        "hours_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("known_by", sa.Text(), nullable=True),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "way IN ('many-to-one', 'one-to-many', 'help')", name=op.f("ck_hours_event_way")
        ),
        sa.CheckConstraint(
            "(way = 'help') = (category IS NOT NULL)", name=op.f("ck_hours_event_category")
        ),
        sa.CheckConstraint(
            "way <> 'help' OR organisation_id IS NULL", name=op.f("ck_hours_event_by_council")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_hours_event_organisation_id")
        ),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_hours_event_place_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["member.id"], name=op.f("fk_hours_event_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hours_event")),
        sa.UniqueConstraint("ref", name=op.f("uq_hours_event_ref")),
    )
    op.create_index(op.f("ix_hours_event_place_id"), "hours_event", ["place_id"], unique=False)
    op.create_index(
        op.f("ix_hours_event_organisation_id"), "hours_event", ["organisation_id"], unique=False
    )
    op.create_index(
        "ix_hours_event_due",
        "hours_event",
        ["counts_at"],
        unique=False,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    _sides()


def _sides() -> None:
    op.create_table(
        "hours_event_side",
        sa.Column("event_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("nth", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("payer_id", sa.Integer(), nullable=False),
        sa.Column("earner_id", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("by_pot", sa.Integer(), nullable=False),
        sa.Column("unpaid", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("disputed_by", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("payer_id <> earner_id", name=op.f("ck_hours_event_side_two_accounts")),
        sa.CheckConstraint("minutes BETWEEN 1 AND 1440", name=op.f("ck_hours_event_side_minutes")),
        sa.CheckConstraint(
            "by_pot >= 0 AND unpaid >= 0 AND by_pot + unpaid <= minutes",
            name=op.f("ck_hours_event_side_paid"),
        ),
        sa.CheckConstraint(
            "state IN ('open', 'disputed', 'counted', 'left-out')",
            name=op.f("ck_hours_event_side_state"),
        ),
        sa.CheckConstraint(
            "(state IN ('counted', 'left-out')) = (ended_at IS NOT NULL)",
            name=op.f("ck_hours_event_side_end"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["member.id"], name=op.f("fk_hours_event_side_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["disputed_by"], ["member.id"], name=op.f("fk_hours_event_side_disputed_by")
        ),
        sa.ForeignKeyConstraint(
            ["earner_id", "place_id"],
            ["account.id", "account.place_id"],
            name=op.f("fk_hours_event_side_earner_id_place_id"),
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["hours_event.id"], name=op.f("fk_hours_event_side_event_id")
        ),
        sa.ForeignKeyConstraint(
            ["payer_id", "place_id"],
            ["account.id", "account.place_id"],
            name=op.f("fk_hours_event_side_payer_id_place_id"),
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_hours_event_side_place_id")
        ),
        sa.PrimaryKeyConstraint("event_id", "nth", name=op.f("pk_hours_event_side")),
        sa.UniqueConstraint(
            "event_id",
            "payer_id",
            "earner_id",
            name=op.f("uq_hours_event_side_event_id_payer_id_earner_id"),
        ),
    )
    for column in ("payer_id", "earner_id"):
        name = op.f(f"ix_hours_event_side_{column}")
        op.create_index(name, "hours_event_side", [column], unique=False)
    op.create_index(
        "ix_hours_event_side_disputed",
        "hours_event_side",
        ["place_id"],
        unique=False,
        sqlite_where=sa.text("state = 'disputed'"),
        postgresql_where=sa.text("state = 'disputed'"),
    )


def downgrade() -> None:
    op.drop_table("hours_event_side")
    op.drop_table("hours_event")
