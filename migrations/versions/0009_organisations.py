"""Organisations register, have hours and people, and give so much a day."""

import sqlalchemy as sa
from alembic import op

revision = "0009_organisations"
down_revision = "0008_when"

WAITS = sa.text("ended_at IS NULL")
IN_ORGANISATION = sa.text("organisation_id IS NOT NULL AND until_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "organisation_hours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("weekday", "start_minute", "end_minute")
        ),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_organisation_hours_weekday")),
        sa.CheckConstraint(
            "start_minute >= 0 AND start_minute < end_minute AND end_minute <= 1440",
            name=op.f("ck_organisation_hours_minutes"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"],
            name=op.f("fk_organisation_hours_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_hours")),
    )
    op.create_index(
        op.f("ix_organisation_hours_organisation_id"), "organisation_hours", ["organisation_id"]
    )
    _invitations()
    _columns()


def _invitations() -> None:
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("invited_by", sa.Integer(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_because", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('phone', 'mail')", name=op.f("ck_invitation_kind")),
        sa.CheckConstraint("role LIKE 'organisation-%'", name=op.f("ck_invitation_role")),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (value IS NOT NULL)", name=op.f("ck_invitation_forgotten")
        ),
        sa.CheckConstraint("tries >= 0", name=op.f("ck_invitation_tries")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_invitation_place_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_invitation_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["invited_by"], ["member.id"], name=op.f("fk_invitation_invited_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("ref", name=op.f("uq_invitation_ref")),
        sa.UniqueConstraint("nonce", name=op.f("uq_invitation_nonce")),
    )
    op.create_index(
        "uq_invitation_waiting", "invitation", ["organisation_id", "kind", "value"], unique=True,
        sqlite_where=WAITS, postgresql_where=WAITS,
    )


def _columns() -> None:
    for name in ("phone", "mail", "web"):
        op.add_column("organisation", sa.Column(name, sa.Text(), nullable=True))
    for name, kind, present in (
        ("open_on_bank_holidays", sa.Boolean(), "false"), ("can_show", sa.JSON(), "'[]'"),
    ):
        op.add_column(
            "organisation",
            sa.Column(name, kind, nullable=False, server_default=sa.text(present)),
        )
    op.execute(
        "ALTER TABLE offer ADD COLUMN capacity_per_day INTEGER CONSTRAINT"
        " ck_offer_capacity_per_day CHECK (capacity_per_day IS NULL OR capacity_per_day >= 0)"
    )
    op.add_column("match", sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("match", sa.Column("on_day", sa.Date(), nullable=True))
    op.create_index(
        "uq_role_in_organisation", "role", ["organisation_id", "member_id"], unique=True,
        sqlite_where=IN_ORGANISATION, postgresql_where=IN_ORGANISATION,
    )


def downgrade() -> None:
    op.drop_index("uq_role_in_organisation", table_name="role")
    op.drop_column("match", "on_day")
    op.drop_column("match", "assigned_at")
    op.drop_column("offer", "capacity_per_day")
    for name in ("can_show", "open_on_bank_holidays", "web", "mail", "phone"):
        op.drop_column("organisation", name)
    op.drop_table("invitation")
    op.drop_table("organisation_hours")
