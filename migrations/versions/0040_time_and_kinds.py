"""Whoever is to be deleted at the desk has time to say that it was not them; what is to be put
right is told apart from a complaint."""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

from enabler.persistence import complaint_rules, erasure_rules

revision = "0040_time_and_kinds"
down_revision = "0039_two_see_papers"

MOMENT = sa.DateTime(timezone=True)
RULE = "state <> 'allowed' OR allowed_from IS NULL OR decided_at >= allowed_from"
SHIPPED = timedelta(hours=24)
KINDS = "kind IN ('complaint', 'correction')"


def upgrade() -> None:
    dialect = op.get_bind().dialect
    op.execute(
        f"ALTER TABLE erasure_proposal ADD COLUMN allowed_from {MOMENT.compile(dialect)}"
        f" CONSTRAINT ck_erasure_proposal_waited CHECK ({RULE})"
    )
    _those_that_wait()
    op.execute(
        "ALTER TABLE complaint ADD COLUMN kind TEXT DEFAULT 'complaint' NOT NULL"
        f" CONSTRAINT ck_complaint_kind CHECK ({KINDS})"
    )
    op.add_column("complaint", sa.Column("meant", sa.JSON(none_as_null=True), nullable=True))
    for statement in (*erasure_rules.waits(dialect.name), *complaint_rules.kinds(dialect.name)):
        op.execute(statement)


def _those_that_wait() -> None:
    """They were written to as well: their members have their time, too."""
    row = sa.table(
        "erasure_proposal", sa.column("id", sa.Integer()), sa.column("asked_at", MOMENT),
        sa.column("allowed_from", MOMENT), sa.column("state", sa.Text()),
        sa.column("tells", sa.Boolean()),
    )  # fmt: skip
    told = sa.select(row.c.id, row.c.asked_at).where(row.c.state == "waiting", row.c.tells)
    for one in op.get_bind().execute(told).all():
        until = one.asked_at + SHIPPED
        op.execute(sa.update(row).where(row.c.id == one.id).values(allowed_from=until))


def downgrade() -> None:
    dialect = op.get_bind().dialect.name
    for statement in (
        *complaint_rules.kinds_no_more(dialect), *erasure_rules.waits_no_more(dialect),
    ):  # fmt: skip
        op.execute(statement)
    op.drop_column("complaint", "meant")
    op.drop_column("complaint", "kind")
    op.drop_column("erasure_proposal", "allowed_from")
