"""The telephone door: phones, what they wrote, and what they were asked under which letter."""

import sqlalchemy as sa
from alembic import op

revision = "0043_texts"
down_revision = "0042_proof_relied"

TEXT, MOMENT, NUMBER = sa.Text(), sa.DateTime(timezone=True), sa.Integer()
ONE_OWNER = "(member_id IS NULL) <> (number IS NULL)"
OPEN, WAITS = sa.text("closed_at IS NULL"), sa.text("answered_at IS NULL")
ASIDE = sa.text("set_aside_at IS NOT NULL AND looked_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "phone",
        *_columns(NUMBER, "id", "place_id"),
        *_columns(TEXT, "number"),
        *_columns(TEXT, "language", nullable=True),
        *_columns(MOMENT, "stopped_at", nullable=True),
        *_columns(NUMBER, "failures"),
        *_columns(MOMENT, "idle_since", "told_at", nullable=True),
        *_columns(TEXT, "worked_by", nullable=True),
        *_columns(MOMENT, "worked_until", nullable=True),
        _check("phone", "failures", "failures >= 0"),
        _check("phone", "idle", "(stopped_at IS NULL) = (idle_since IS NOT NULL)"),
        *_keys("phone", place_id="place"),
        sa.UniqueConstraint("place_id", "number", name=op.f("uq_phone_place_id_number")),
    )
    _inbound()
    _prompt()


def _inbound() -> None:
    op.create_table(
        "inbound_text",
        *_columns(NUMBER, "id", "place_id", "phone_id"),
        *_columns(NUMBER, "member_id", nullable=True),
        *_columns(TEXT, "number", nullable=True),
        *_columns(TEXT, "provider_ref", "body"),
        *_columns(TEXT, "opt_out", nullable=True),
        *_columns(MOMENT, "sent_at", nullable=True),
        *_columns(MOMENT, "received_at"),
        *_columns(MOMENT, "answered_at", nullable=True),
        *_columns(TEXT, "came_of", nullable=True),
        *_columns(NUMBER, "failures"),
        *_columns(TEXT, "ref", nullable=True),
        *_columns(MOMENT, "set_aside_at", "looked_at", "over_at", nullable=True),
        _check("inbound_text", "one_owner", ONE_OWNER),
        _check("inbound_text", "answered", "(answered_at IS NULL) = (came_of IS NULL)"),
        _check("inbound_text", "came_of", "came_of IN ('answered', 'nothing', 'people')"),
        _check("inbound_text", "set_aside", "set_aside_at IS NULL OR ref IS NOT NULL"),
        _check("inbound_text", "looked", "looked_at IS NULL OR set_aside_at IS NOT NULL"),
        _check("inbound_text", "over", "over_at IS NULL OR answered_at IS NOT NULL"),
        *_keys("inbound_text", place_id="place", phone_id="phone", member_id="member"),
        sa.UniqueConstraint("provider_ref", name=op.f("uq_inbound_text_provider_ref")),
        sa.UniqueConstraint("ref", name=op.f("uq_inbound_text_ref")),
    )
    _indexes("inbound_text")
    op.create_index(
        "ix_inbound_text_waits", "inbound_text", ["phone_id"], unique=False,
        sqlite_where=WAITS, postgresql_where=WAITS,
    )  # fmt: skip
    op.create_index(
        "ix_inbound_text_aside", "inbound_text", ["place_id"], unique=False,
        sqlite_where=ASIDE, postgresql_where=ASIDE,
    )  # fmt: skip


def _prompt() -> None:
    op.create_table(
        "prompt",
        *_columns(NUMBER, "id", "place_id", "phone_id"),
        *_columns(NUMBER, "member_id", nullable=True),
        *_columns(TEXT, "number", nullable=True),
        *_columns(TEXT, "letter", "kind"),
        *_columns(TEXT, "subject_ref", nullable=True),
        *_columns(sa.JSON(), "options", "facts"),
        *_columns(sa.Boolean(), "takes_words"),
        *_columns(MOMENT, "opened_at", "fresh_until"),
        *_columns(MOMENT, "closed_at", nullable=True),
        *_columns(TEXT, "closed_because", nullable=True),
        *_columns(TEXT, "dedupe_key"),
        _check("prompt", "one_owner", ONE_OWNER),
        _check("prompt", "letter", "length(letter) BETWEEN 1 AND 2"),
        _check("prompt", "closed", "(closed_at IS NULL) = (closed_because IS NULL)"),
        _check("prompt", "because", "closed_because IN ('answered', 'settled', 'again')"),
        *_keys("prompt", place_id="place", phone_id="phone", member_id="member"),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_prompt_dedupe_key")),
    )
    _indexes("prompt")
    op.create_index(
        "uq_prompt_open", "prompt", ["phone_id", "letter"], unique=True,
        sqlite_where=OPEN, postgresql_where=OPEN,
    )  # fmt: skip


def downgrade() -> None:
    op.execute("DELETE FROM ref WHERE kind = 'text'")
    for table in ("prompt", "inbound_text", "phone"):
        op.drop_table(table)


def _columns(
    kind: sa.types.TypeEngine, *names: str, nullable: bool = False
) -> list[sa.Column]:  # fmt: skip
    return [sa.Column(name, kind, nullable=nullable) for name in names]


def _indexes(table: str) -> None:
    for column in ("place_id", "phone_id", "member_id"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def _keys(table: str, **refers: str) -> list[sa.Constraint]:
    return [
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        *(
            sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))
            for column, other in refers.items()
        ),
    ]


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))
