"""By what a text is known again, what it is about, and what a month of them costs."""

import sqlalchemy as sa
from alembic import op

revision = "0044_texts_known_again"
down_revision = "0043_texts"

TEXTS = sa.text("channel = 'text' AND sent_at IS NOT NULL")


def upgrade() -> None:
    op.add_column("outbox", sa.Column("body_digest", sa.Text(), nullable=True))
    op.add_column("outbox", sa.Column("about_need", sa.Integer(), nullable=True))
    op.create_index(
        "ix_outbox_texts_sent", "outbox", ["place_id", "sent_at"], unique=False,
        sqlite_where=TEXTS, postgresql_where=TEXTS,
    )  # fmt: skip
    op.create_index("ix_outbox_about_need", "outbox", ["about_need"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_outbox_about_need", table_name="outbox")
    op.drop_index("ix_outbox_texts_sent", table_name="outbox")
    op.drop_column("outbox", "about_need")
    op.drop_column("outbox", "body_digest")
