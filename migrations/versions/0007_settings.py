"""How a member wants to be told and met, caution after a change of contact, codes by purpose."""

import sqlalchemy as sa
from alembic import op

revision = "0007_settings"
down_revision = "0006_conversations"

WAYS = ("asks_by", "news_by", "reminders_by", "bulletins_by")
ANY = "('text', 'mail', 'both', 'page')"


def upgrade() -> None:
    op.add_column("member", sa.Column("mail_stopped_at", sa.DateTime(timezone=True)))
    op.add_column("member", sa.Column("caution_until", sa.DateTime(timezone=True)))
    op.add_column(
        "sign_in_code",
        sa.Column("purpose", sa.Text(), nullable=False, server_default="sign-in"),
    )
    op.create_table(
        "member_wish",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in WAYS),
        sa.Column("access_needs", sa.JSON(), nullable=False),
        sa.Column("access_words", sa.Text(), nullable=True),
        sa.CheckConstraint("asks_by IN ('text', 'mail', 'both')",
                           name=op.f("ck_member_wish_asks_by")),
        *(
            sa.CheckConstraint(f"{name} IN {ANY}", name=op.f(f"ck_member_wish_{name}"))
            for name in WAYS[1:]
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"],
                                name=op.f("fk_member_wish_member_id")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_member_wish_place_id")),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_member_wish")),
    )
    op.create_table(
        "contact_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("old_value", sa.Text(), nullable=True),
        sa.Column("new_value", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('phone', 'mail')", name=op.f("ck_contact_change_kind")),
        sa.CheckConstraint("old_value IS NOT NULL OR new_value IS NOT NULL",
                           name=op.f("ck_contact_change_something")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"],
                                name=op.f("fk_contact_change_member_id")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"],
                                name=op.f("fk_contact_change_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_change")),
        sa.UniqueConstraint("ref", name=op.f("uq_contact_change_ref")),
    )
    op.create_index(op.f("ix_contact_change_member_id"), "contact_change", ["member_id"])


def downgrade() -> None:
    op.drop_table("contact_change")
    op.drop_table("member_wish")
    op.drop_column("sign_in_code", "purpose")
    op.drop_column("member", "caution_until")
    op.drop_column("member", "mail_stopped_at")
