"""A check that ended a year ago may be deleted; no other may."""

from alembic import op

from enabler.persistence import credential_rules

revision = "0031_old_checks"
down_revision = "0030_ruleset_endings"


def upgrade() -> None:
    _change(credential_rules.rules(op.get_bind().dialect.name))


def downgrade() -> None:
    op.execute("DELETE FROM credential_notice WHERE days < 0")
    _change(credential_rules.rules(op.get_bind().dialect.name, forgetting=False))


def _change(rules: list[str]) -> None:
    for statement in credential_rules.without(op.get_bind().dialect.name):
        op.execute(statement)
    for statement in rules:
        op.execute(statement)
