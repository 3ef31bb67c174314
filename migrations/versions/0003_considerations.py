"""What was considered when a need was worked; never changed, deleted only with its case."""

import sqlalchemy as sa
from alembic import op

from enabler.persistence import triggers

revision = "0003_considerations"
down_revision = "0002_append_only"

TABLE = "consideration"
CASE_IS_OVER = "EXISTS (SELECT 1 FROM need WHERE id = OLD.need_id AND ended_at IS NOT NULL)"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("asker_id", sa.Integer(), nullable=False),
        sa.Column("wave", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ruleset_id", sa.Integer(), nullable=False),
        sa.Column("by_round", sa.Boolean(), nullable=False),
        sa.Column("considered", sa.Integer(), nullable=False),
        sa.Column("beyond", sa.Integer(), nullable=False),
        sa.Column("ranked", sa.JSON(), nullable=False),
        sa.Column("refused", sa.JSON(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [f"{kind}_id"], [f"{other}.id"], name=op.f(f"fk_{TABLE}_{kind}_id")
            )
            for kind, other in (
                ("place", "place"), ("need", "need"), ("asker", "member"), ("ruleset", "ruleset"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
    )
    op.create_index(op.f(f"ix_{TABLE}_need_id"), TABLE, ["need_id"])
    op.create_index(f"ix_{TABLE}_place_at", TABLE, ["place_id", "at"])
    statements = triggers.append_only(op.get_bind().dialect.name, TABLE, deletable=CASE_IS_OVER)
    for statement in statements:
        op.execute(statement)


def downgrade() -> None:
    for statement in triggers.no_longer_append_only(op.get_bind().dialect.name, TABLE):
        op.execute(statement)
    op.drop_table(TABLE)
