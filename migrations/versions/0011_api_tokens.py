"""Keys with which members' programs come in."""

import sqlalchemy as sa
from alembic import op

revision = "0011_api_tokens"
down_revision = "0010_needs_by_cell"

MOMENTS = {
    "made_at": False, "last_used_on": True, "expires_at": False, "ended_at": True, "minute": True,
}


def upgrade() -> None:
    op.create_table(
        "api_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("ref", "token_hash", "name", "scope")),
        *(
            sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)
            for name, nullable in MOMENTS.items()
        ),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.CheckConstraint("scope IN ('read', 'write')", name=op.f("ck_api_token_scope")),
        sa.CheckConstraint("expires_at > made_at", name=op.f("ck_api_token_life")),
        sa.CheckConstraint("calls >= 0", name=op.f("ck_api_token_calls")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_api_token_place_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_api_token_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("ref", name=op.f("uq_api_token_ref")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_token_token_hash")),
    )
    op.create_index(op.f("ix_api_token_member_id"), "api_token", ["member_id"])


def downgrade() -> None:
    op.drop_table("api_token")
