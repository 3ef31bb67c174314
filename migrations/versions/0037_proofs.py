"""What members carry elsewhere, signed: proofs of their checks, the public keys of places, whose
signature a place believes, which proofs it has taken over. What members let an
organisation or somebody by name see."""

import sqlalchemy as sa
from alembic import op

from enabler.persistence import proof_rules

revision = "0037_proofs"
down_revision = "0036_mandates"

_TEXT, _MOMENT, _NUMBER, _JSON = sa.Text(), sa.DateTime(timezone=True), sa.Integer(), sa.JSON()
_TABLES = ("sight_grant", "proof_taken", "proof", "trusted_issuer", "signing_key")

_GRANT_RULES = {
    "to_one": "(to_organisation_id IS NULL) <> (to_member_id IS NULL)",
    "to_another": "to_member_id IS NULL OR to_member_id <> member_id",
    "once": "credential_id IS NULL OR to_organisation_id IS NULL",
    "until": "until_at > given_at",
}


def upgrade() -> None:
    _signing_key()
    _trusted_issuer()
    _proof()
    _proof_taken()
    _sight_grant()
    for statement in proof_rules.rules(op.get_bind().dialect.name):
        op.execute(sa.text(statement))


def downgrade() -> None:
    for statement in proof_rules.without(op.get_bind().dialect.name):
        op.execute(sa.text(statement))
    op.execute("DELETE FROM ref WHERE kind IN ('proof', 'trusted-issuer', 'sight-grant')")
    for table in _TABLES:
        op.drop_table(table)


def _column(name: str, kind: sa.types.TypeEngine, *, empty: bool = False) -> sa.Column:
    return sa.Column(name, kind, nullable=empty)


def _points(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))


def _signing_key() -> None:
    op.create_table(
        "signing_key",
        _column("id", _NUMBER), _column("place_id", _NUMBER), _column("kid", _TEXT),
        _column("public", _JSON), _column("made_at", _MOMENT),
        _column("retired_at", _MOMENT, empty=True), _column("lost_at", _MOMENT, empty=True),
        sa.CheckConstraint("lost_at IS NULL OR retired_at IS NOT NULL",
                           name=op.f("ck_signing_key_lost_is_retired")),
        _points("signing_key", "place_id", "place"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_key")),
        sa.UniqueConstraint("kid", name=op.f("uq_signing_key_kid")),
    )  # fmt: skip
    op.create_index(op.f("ix_signing_key_place_id"), "signing_key", ["place_id"])


def _trusted_issuer() -> None:
    op.create_table(
        "trusted_issuer",
        _column("id", _NUMBER), _column("place_id", _NUMBER), _column("ref", _TEXT),
        _column("did", _TEXT), _column("name", _TEXT), _column("keys", _JSON),
        _column("kinds", _JSON), _column("from_at", _MOMENT), _column("until_at", _MOMENT),
        _column("added_by", _TEXT), _column("ended_at", _MOMENT, empty=True),
        _column("ended_by", _TEXT, empty=True),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)",
                           name=op.f("ck_trusted_issuer_ended_by")),
        _points("trusted_issuer", "place_id", "place"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trusted_issuer")),
        sa.UniqueConstraint("ref", name=op.f("uq_trusted_issuer_ref")),
        sa.UniqueConstraint("place_id", "did", "from_at", name="uq_trusted_issuer_did"),
    )  # fmt: skip
    op.create_index(op.f("ix_trusted_issuer_place_id"), "trusted_issuer", ["place_id"])


def _proof() -> None:
    op.create_table(
        "proof",
        _column("id", _NUMBER), _column("place_id", _NUMBER), _column("ref", _TEXT),
        _column("member_id", _NUMBER), _column("credential_id", _NUMBER), _column("nonce", _TEXT),
        _column("token_hash", _TEXT), _column("status_index", _NUMBER),
        sa.Column("named", sa.Boolean(), nullable=False, server_default=sa.false()),
        _column("for_whom", _TEXT), _column("made_at", _MOMENT), _column("until_at", _MOMENT),
        _column("ended_at", _MOMENT, empty=True),
        sa.Column("tries", _NUMBER, nullable=False, server_default="0"),
        _column("tried_at", _MOMENT, empty=True),
        sa.CheckConstraint("until_at > made_at", name=op.f("ck_proof_until")),
        sa.CheckConstraint("tries >= 0", name=op.f("ck_proof_tries")),
        _points("proof", "place_id", "place"), _points("proof", "member_id", "member"),
        _points("proof", "credential_id", "credential"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proof")),
        sa.UniqueConstraint("ref", name=op.f("uq_proof_ref")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_proof_token_hash")),
        sa.UniqueConstraint("place_id", "status_index", name="uq_proof_place_id_status_index"),
    )  # fmt: skip
    op.create_index(op.f("ix_proof_member_id"), "proof", ["member_id"])
    op.create_index(op.f("ix_proof_credential_id"), "proof", ["credential_id"])


def _proof_taken() -> None:
    op.create_table(
        "proof_taken",
        _column("credential_id", _NUMBER), _column("place_id", _NUMBER), _column("proof_id", _NUMBER, empty=True), _column("digest", _TEXT),
        _column("issuer", _TEXT), _column("issuer_name", _TEXT),
        _points("proof_taken", "credential_id", "credential"),
        _points("proof_taken", "place_id", "place"), _points("proof_taken", "proof_id", "proof"),
        sa.PrimaryKeyConstraint("credential_id", name=op.f("pk_proof_taken")),
        sa.UniqueConstraint("place_id", "digest", name="uq_proof_taken_digest"),
    )  # fmt: skip
    op.create_index(op.f("ix_proof_taken_proof_id"), "proof_taken", ["proof_id"])


def _sight_grant() -> None:
    op.create_table(
        "sight_grant",
        _column("id", _NUMBER), _column("place_id", _NUMBER), _column("ref", _TEXT),
        _column("member_id", _NUMBER), _column("credential_id", _NUMBER, empty=True),
        _column("to_organisation_id", _NUMBER, empty=True),
        _column("to_member_id", _NUMBER, empty=True),
        _column("given_at", _MOMENT), _column("until_at", _MOMENT),
        _column("ended_at", _MOMENT, empty=True),
        *(
            sa.CheckConstraint(rule, name=op.f(f"ck_sight_grant_{name}"))
            for name, rule in _GRANT_RULES.items()
        ),
        _points("sight_grant", "place_id", "place"), _points("sight_grant", "member_id", "member"),
        _points("sight_grant", "credential_id", "credential"),
        _points("sight_grant", "to_organisation_id", "organisation"),
        _points("sight_grant", "to_member_id", "member"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sight_grant")),
        sa.UniqueConstraint("ref", name=op.f("uq_sight_grant_ref")),
    )  # fmt: skip
    for column in ("member_id", "credential_id", "to_organisation_id", "to_member_id"):
        op.create_index(op.f(f"ix_sight_grant_{column}"), "sight_grant", [column])
