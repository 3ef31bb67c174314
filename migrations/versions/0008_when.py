"""When help is wanted and given: series of needs, exceptions of offers, versions, calendars."""

import sqlalchemy as sa
from alembic import op

revision = "0008_when"
down_revision = "0007_settings"

ADDED: tuple[tuple[str, str, sa.types.TypeEngine[object], str | None], ...] = (
    ("need", "version", sa.Integer(), "1"),
    ("need", "category_from", sa.DateTime(timezone=True), None),
    ("offer", "version", sa.Integer(), "1"),
    ("offer", "words_public", sa.Boolean(), "false"),
    ("offer_away", "by_exception", sa.Boolean(), "false"),
    ("offer", "paused_until", sa.DateTime(timezone=True), None),
    ("offer", "capacity_from", sa.DateTime(timezone=True), None),
    ("offer", "confirmed_at", sa.DateTime(timezone=True), None),
    ("offer", "nudged_at", sa.DateTime(timezone=True), None),
)
"""Columns that tables of before get: what stands in the rows that are there, or nothing."""


def upgrade() -> None:
    for table, name, kind, present in ADDED:
        default = None if present is None else sa.text(present)
        op.add_column(
            table, sa.Column(name, kind, nullable=present is None, server_default=default)
        )
    _series()
    _occurrences()
    op.create_table(
        "offer_exception",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("first_on", sa.Text(), nullable=True),
        sa.Column("last_on", sa.Text(), nullable=True),
        sa.Column("made_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(kind = 'days' AND first_on IS NOT NULL AND last_on IS NOT NULL)"
            " OR (kind = 'season' AND (first_on IS NOT NULL OR last_on IS NOT NULL))"
            " OR (kind = 'bank-holidays' AND first_on IS NULL AND last_on IS NULL)",
            name=op.f("ck_offer_exception_kind"),
        ),
        sa.CheckConstraint(
            "first_on IS NULL OR last_on IS NULL OR first_on <= last_on",
            name=op.f("ck_offer_exception_order"),
        ),
        sa.ForeignKeyConstraint(
            ["offer_id"], ["offer.id"], name=op.f("fk_offer_exception_offer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer_exception")),
    )
    op.create_index(op.f("ix_offer_exception_offer_id"), "offer_exception", ["offer_id"])
    op.create_table(
        "calendar_feed",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_calendar_feed_member_id")
        ),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_calendar_feed_place_id")),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_feed_token_hash")),
    )


def _series() -> None:
    op.create_table(
        "need_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("asker_id", sa.Integer(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at_home", sa.Boolean(), nullable=False),
        sa.Column("postcode", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("duration_minutes", sa.Integer(), nullable=False),
        sa.Column("slots", sa.Integer(), nullable=False),
        sa.Column("languages_required", sa.JSON(), nullable=False),
        sa.Column("preferences", sa.JSON(), nullable=False),
        sa.Column("reach_metres", sa.Integer(), nullable=True),
        sa.Column("first_on", sa.Text(), nullable=False),
        sa.Column("last_on", sa.Text(), nullable=False),
        sa.Column("skips_bank_holidays", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("first_on <= last_on", name=op.f("ck_need_series_order")),
        sa.CheckConstraint("slots >= 1", name=op.f("ck_need_series_slots")),
        sa.CheckConstraint("duration_minutes > 0", name=op.f("ck_need_series_duration")),
        sa.CheckConstraint(
            "at_home OR (postcode IS NOT NULL AND address IS NOT NULL)",
            name=op.f("ck_need_series_spot"),
        ),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_need_series_place_id")),
        sa.ForeignKeyConstraint(["asker_id"], ["member.id"], name=op.f("fk_need_series_asker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_series")),
        sa.UniqueConstraint("ref", name=op.f("uq_need_series_ref")),
    )
    op.create_index(op.f("ix_need_series_asker_id"), "need_series", ["asker_id"])
    op.create_table(
        "series_weekly",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("start_minute", sa.Integer(), nullable=False),
        sa.Column("end_minute", sa.Integer(), nullable=False),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_series_weekly_weekday")),
        sa.CheckConstraint(
            "start_minute >= 0 AND start_minute < end_minute AND end_minute <= 1440",
            name=op.f("ck_series_weekly_minutes"),
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["need_series.id"], name=op.f("fk_series_weekly_series_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series_weekly")),
        sa.UniqueConstraint(
            "series_id", "weekday", name=op.f("uq_series_weekly_series_id_weekday")
        ),
    )


def _occurrences() -> None:
    op.create_table(
        "series_occurrence",
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=True),
        sa.Column("skipped", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "need_id IS NOT NULL OR skipped IS NOT NULL", name=op.f("ck_series_occurrence_made")
        ),
        sa.CheckConstraint(
            "skipped IS NULL OR skipped IN ('asker', 'bank-holiday')",
            name=op.f("ck_series_occurrence_skipped"),
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["need_series.id"], name=op.f("fk_series_occurrence_series_id")
        ),
        sa.ForeignKeyConstraint(
            ["need_id"], ["need.id"], name=op.f("fk_series_occurrence_need_id")
        ),
        sa.PrimaryKeyConstraint("series_id", "day", name=op.f("pk_series_occurrence")),
        sa.UniqueConstraint("need_id", name=op.f("uq_series_occurrence_need_id")),
    )


def downgrade() -> None:
    for table in (
        "calendar_feed", "offer_exception", "series_occurrence", "series_weekly", "need_series",
    ):  # fmt: skip
        op.drop_table(table)
    for table, name, _kind, _present in reversed(ADDED):
        op.drop_column(table, name)
