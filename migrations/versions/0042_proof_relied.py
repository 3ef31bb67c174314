"""Proofs that an organisation counts on for its own visits, with their owner's consent."""

import sqlalchemy as sa
from alembic import op

from enabler.persistence import relied_rules

revision = "0042_proof_relied"
down_revision = "0041_untold"

_TABLE = "proof_relied"
_TEXT, _MOMENT, _NUMBER = sa.Text(), sa.DateTime(timezone=True), sa.Integer()
_BECAUSE = "('declined', 'taken-back', 'void', 'over', 'left', 'stopped')"
_RULES = {
    "until": "until_at > asked_at",
    "agreed": "agreed_at IS NULL OR consent_id IS NOT NULL",
    "ended": "(ended_at IS NULL) = (ended_because IS NULL)",
    "because": f"ended_because IN {_BECAUSE}",
}
_POINTS = {
    "place_id": "place", "organisation_id": "organisation", "member_id": "member",
    "proof_id": "proof", "consent_id": "consent",
}  # fmt: skip


def upgrade() -> None:
    op.create_table(
        _TABLE,
        _column("id", _NUMBER), _column("place_id", _NUMBER), _column("ref", _TEXT),
        _column("organisation_id", _NUMBER), _column("member_id", _NUMBER),
        _column("proof_id", _NUMBER, empty=True), _column("digest", _TEXT), _column("kind", _TEXT),
        _column("until_at", _MOMENT), _column("asked_by", _TEXT), _column("asked_at", _MOMENT),
        _column("consent_id", _NUMBER, empty=True), _column("agreed_at", _MOMENT, empty=True),
        _column("ended_at", _MOMENT, empty=True), _column("ended_because", _TEXT, empty=True),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{_TABLE}_{name}"))
          for name, rule in _RULES.items()),
        *(sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{_TABLE}_{column}"))
          for column, to in _POINTS.items()),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_TABLE}")),
        sa.UniqueConstraint("ref", name=op.f(f"uq_{_TABLE}_ref")),
    )  # fmt: skip
    for column in ("member_id", "proof_id"):
        op.create_index(op.f(f"ix_{_TABLE}_{column}"), _TABLE, [column])
    stands = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_proof_relied_standing", _TABLE, ["organisation_id", "digest"], unique=True,
        sqlite_where=stands, postgresql_where=stands,
    )  # fmt: skip
    for statement in relied_rules.rules(op.get_bind().dialect.name):
        op.execute(sa.text(statement))


def downgrade() -> None:
    for statement in relied_rules.without(op.get_bind().dialect.name):
        op.execute(sa.text(statement))
    op.execute("DELETE FROM ref WHERE kind = 'proof-relied'")
    op.drop_table(_TABLE)


def _column(name: str, kind: sa.types.TypeEngine, *, empty: bool = False) -> sa.Column:
    return sa.Column(name, kind, nullable=empty)
