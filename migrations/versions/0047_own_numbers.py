"""No two places have the same number: an inbound text is told apart by the one it was sent to."""

import sqlalchemy as sa
from alembic import op

from enabler.persistence.schema import SchemaNotMade

revision = "0047_own_numbers"
down_revision = "0046_own_wordings"

SHARED = sa.text(
    "SELECT phone, slug FROM place WHERE phone IN"
    " (SELECT phone FROM place WHERE phone IS NOT NULL GROUP BY phone HAVING count(*) > 1)"
    " ORDER BY phone, slug"
)


def upgrade() -> None:
    shared = op.get_bind().execute(SHARED).all()
    if shared:
        raise SchemaNotMade(_what_to_do([tuple(row) for row in shared]))
    op.create_index(op.f("ix_place_phone"), "place", ["phone"], unique=True)


def downgrade() -> None:
    op.drop_index(op.f("ix_place_phone"), table_name="place")


def _what_to_do(shared: list[tuple[str, str]]) -> str:
    whose = ", ".join(f"{slug} ({phone})" for phone, slug in shared)
    return (
        f"These places share a number: {whose}. A text is told apart by the number that it was"
        " sent to, so each place needs its own. Nothing was changed. With the release that made"
        " this database, import all but one of them again with another phone in their file, or"
        " with none; then run enabler db upgrade again."
    )
