"""Where both of a match are hidden a lead can introduce each to the other."""

from alembic import op

revision = "0032_both_introduced"
down_revision = "0031_old_checks"


def upgrade() -> None:
    _key("match_id", "member_id")


def downgrade() -> None:
    op.execute(
        "DELETE FROM hidden_introduced WHERE EXISTS (SELECT 1 FROM hidden_introduced AS other"
        " WHERE other.match_id = hidden_introduced.match_id"
        " AND other.member_id < hidden_introduced.member_id)"
    )
    _key("match_id")


def _key(*columns: str) -> None:
    name = op.f("pk_hidden_introduced")
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(name, "hidden_introduced", type_="primary")
        op.create_primary_key(name, "hidden_introduced", list(columns))
        return
    with op.batch_alter_table("hidden_introduced", recreate="always") as batch:
        batch.drop_constraint(name, type_="primary")
        batch.create_primary_key(name, list(columns))
