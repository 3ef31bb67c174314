"""Two people see a paper by which a private person may act for somebody, as they do where it was
said. A rule for rows to come: what began by one alone stays until it ends."""

import sqlalchemy as sa
from alembic import op

from enabler.persistence import mandate_rules

revision = "0039_two_see_papers"
down_revision = "0038_erasure_untold"


def upgrade() -> None:
    op.add_column("mandate_ask", sa.Column("attorney", sa.Text(), nullable=True))
    for statement in mandate_rules.two_see_it(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    for statement in mandate_rules.one_sees_it(op.get_bind().dialect.name):
        op.execute(statement)
    op.drop_column("mandate_ask", "attorney")
