"""Mandates: who may act for whom, what waits for an answer, and under which a browser acts."""

import sqlalchemy as sa
from alembic import op

from enabler.persistence import mandate_rules

revision = "0036_mandates"
down_revision = "0035_consents"

TEXT, MOMENT = sa.Text(), sa.DateTime(timezone=True)
OPEN = "ended_at IS NULL"
MANDATE = {
    "one_supporter": "(supporter_id IS NULL) <> (organisation_id IS NULL)",
    "not_oneself": "supporter_id IS NULL OR supporter_id <> member_id",
    "order": "from_at < until_at",
    "ended": "(ended_at IS NULL) = (ended_because IS NULL)",
    "attorney": "(basis = 'power-of-attorney') = (attorney IS NOT NULL)",
    "witness": "basis = 'own-reply' OR witness_id IS NOT NULL",
    "two_witnesses": "basis <> 'staff-witness' OR supporter_id IS NULL OR second_id IS NOT NULL",
    "second_person": "second_id IS NULL OR (second_id <> witness_id AND second_id <> member_id"
    " AND (supporter_id IS NULL OR second_id <> supporter_id))",
    "first_person": "witness_id IS NULL OR (witness_id <> member_id"
    " AND (supporter_id IS NULL OR witness_id <> supporter_id))",
}
ASK = {
    "asked_by": "asked_by IN ('member', 'supporter', 'desk')",
    "kind": "kind IS NULL OR kind IN ('phone', 'mail')",
    "member": "asked_by <> 'member' OR member_id IS NOT NULL",
    "supporter": "asked_by <> 'supporter' OR supporter_id IS NOT NULL"
    " OR organisation_id IS NOT NULL",
    "forgotten": "ended_at IS NULL OR value IS NULL",
    "ended": "(ended_at IS NULL) = (ended_because IS NULL)",
    "days": "days BETWEEN 1 AND 180",
    "tries": "tries >= 0",
}


def upgrade() -> None:
    _mandate()
    _ask()
    _look()
    with op.batch_alter_table("web_session") as session:
        session.add_column(sa.Column("acting_id", sa.Integer(), nullable=True))
        session.create_foreign_key(
            op.f("fk_web_session_acting_id"), "mandate", ["acting_id"], ["id"]
        )
    _partial("ix_audit_on_behalf_of", "audit", ["on_behalf_of"], "on_behalf_of IS NOT NULL")


def downgrade() -> None:
    op.drop_index("ix_audit_on_behalf_of", table_name="audit")
    with op.batch_alter_table("web_session") as session:
        session.drop_constraint(op.f("fk_web_session_acting_id"), type_="foreignkey")
        session.drop_column("acting_id")
    op.drop_table("mandate_look")
    op.drop_table("mandate_ask")
    for statement in mandate_rules.no_longer(op.get_bind().dialect.name):
        op.execute(statement)
    op.drop_table("mandate")


def _mandate() -> None:
    op.create_table(
        "mandate",
        *_ids("id", "place_id"),
        sa.Column("ref", TEXT, nullable=False),
        *_ids("member_id"),
        *_ids("supporter_id", "organisation_id", nullable=True),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("from_at", MOMENT, nullable=False),
        sa.Column("until_at", MOMENT, nullable=False),
        sa.Column("basis", TEXT, nullable=False),
        sa.Column("attorney", TEXT, nullable=True),
        sa.Column("evidence", TEXT, nullable=True),
        sa.Column("wording", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("language", TEXT, nullable=False),
        sa.Column("wording_hash", TEXT, nullable=False),
        sa.Column("channel", TEXT, nullable=False),
        *_ids("recorded_by", "witness_id", "second_id", nullable=True),
        sa.Column("hears", TEXT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("ended_because", TEXT, nullable=True),
        *_ids("ended_by", nullable=True),
        *_checks("mandate", MANDATE),
        *_keys("mandate", place_id="place", member_id="member", supporter_id="member",
               organisation_id="organisation", recorded_by="member", witness_id="member",
               second_id="member", ended_by="member"),
        sa.UniqueConstraint("ref", name=op.f("uq_mandate_ref")),
    )  # fmt: skip
    for column in ("member_id", "supporter_id", "organisation_id"):
        op.create_index(op.f(f"ix_mandate_{column}"), "mandate", [column], unique=False)
    for whom in ("supporter", "organisation"):
        _partial(f"uq_mandate_of_{whom}", "mandate", ["member_id", f"{whom}_id"], OPEN,
                 unique=True)  # fmt: skip
    _partial("ix_mandate_ends", "mandate", ["until_at"], OPEN)
    for statement in mandate_rules.statements(op.get_bind().dialect.name):
        op.execute(statement)


def _ask() -> None:
    op.create_table(
        "mandate_ask",
        *_ids("id", "place_id"),
        sa.Column("ref", TEXT, nullable=False),
        sa.Column("asked_by", TEXT, nullable=False),
        *_ids("by_member_id"),
        *_ids("member_id", "supporter_id", "organisation_id", nullable=True),
        sa.Column("kind", TEXT, nullable=True),
        sa.Column("value", TEXT, nullable=True),
        sa.Column("nonce", TEXT, nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("basis", TEXT, nullable=False),
        sa.Column("evidence", TEXT, nullable=True),
        sa.Column("wording", TEXT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("language", TEXT, nullable=True),
        sa.Column("wording_hash", TEXT, nullable=True),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("ended_because", TEXT, nullable=True),
        *_checks("mandate_ask", ASK),
        *_keys("mandate_ask", place_id="place", by_member_id="member", member_id="member",
               supporter_id="member", organisation_id="organisation"),
        sa.UniqueConstraint("ref", name=op.f("uq_mandate_ask_ref")),
        sa.UniqueConstraint("nonce", name=op.f("uq_mandate_ask_nonce")),
    )  # fmt: skip
    for column in ("place_id", "by_member_id", "member_id", "supporter_id"):
        op.create_index(op.f(f"ix_mandate_ask_{column}"), "mandate_ask", [column], unique=False)


def _look() -> None:
    op.create_table(
        "mandate_look",
        *_ids("id", "place_id", "mandate_id"),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("looked_at", MOMENT, nullable=True),
        *_ids("looked_by", nullable=True),
        *_keys("mandate_look", place_id="place", mandate_id="mandate", looked_by="member"),
        sa.UniqueConstraint("mandate_id", "code", name=op.f("uq_mandate_look_mandate_id_code")),
    )
    op.create_index(op.f("ix_mandate_look_place_id"), "mandate_look", ["place_id"], unique=False)


def _ids(*names: str, nullable: bool = False) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer(), nullable=nullable) for name in names]


def _keys(table: str, **refers: str) -> list[sa.Constraint]:
    return [
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        *(
            sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))
            for column, other in refers.items()
        ),
    ]


def _checks(table: str, rules: dict[str, str]) -> list[sa.CheckConstraint]:
    return [
        sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}")) for name, rule in rules.items()
    ]


def _partial(
    name: str, table: str, columns: list[str], where: str, *, unique: bool = False
) -> None:
    condition = sa.text(where)
    op.create_index(
        name, table, columns, unique=unique, sqlite_where=condition, postgresql_where=condition
    )
