"""What was written waits here until it was listened to for danger."""

import sqlalchemy as sa
from alembic import op

revision = "0048_unheard"
down_revision = "0047_own_numbers"

TEXT, MOMENT, NUMBER = sa.Text(), sa.DateTime(timezone=True), sa.Integer()


def upgrade() -> None:
    op.create_table(
        "unheard",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("place_id", NUMBER, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("about_id", NUMBER, nullable=False),
        sa.Column("about_ref", TEXT, nullable=False),
        sa.Column("member_id", NUMBER, nullable=True),
        sa.Column("words", TEXT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unheard")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_unheard_place_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_unheard_member_id")),
        sa.CheckConstraint(
            "kind IN ('need', 'offer', 'organisation', 'match')",
            name=op.f("ck_unheard_kind"),
        ),
        sa.CheckConstraint("words <> ''", name=op.f("ck_unheard_words")),
    )
    for column in ("place_id", "member_id", "at"):
        op.create_index(op.f(f"ix_unheard_{column}"), "unheard", [column], unique=False)


def downgrade() -> None:
    op.drop_table("unheard")
