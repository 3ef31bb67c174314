"""A place's own phrases for kinds of help, and words that members let it learn from."""

import sqlalchemy as sa
from alembic import op

revision = "0046_own_wordings"
down_revision = "0045_landmarks"

TEXT, MOMENT, NUMBER = sa.Text(), sa.DateTime(timezone=True), sa.Integer()
COUNTS = sa.text("ended_at IS NULL")


def upgrade() -> None:
    op.add_column("member_wish", sa.Column("asked_to_learn_at", MOMENT, nullable=True))
    op.create_table(
        "own_wording",
        *_columns(NUMBER, "id", "place_id"),
        *_columns(TEXT, "ref", "phrase", "folded", "category", "language"),
        *_columns(NUMBER, "people", "taken_by"),
        *_columns(MOMENT, "taken_at"),
        *_columns(NUMBER, "ended_by", nullable=True),
        *_columns(MOMENT, "ended_at", nullable=True),
        _check("own_wording", "people", "people >= 0"),
        _check("own_wording", "phrase", "length(phrase) BETWEEN 2 AND 40"),
        _check("own_wording", "ended", "(ended_at IS NULL) = (ended_by IS NULL)"),
        *_keys("own_wording", place_id="place", taken_by="member", ended_by="member"),
        sa.UniqueConstraint("ref", name=op.f("uq_own_wording_ref")),
        sa.UniqueConstraint(
            "place_id", "folded", "category",
            name=op.f("uq_own_wording_place_id_folded_category"),
        ),
    )  # fmt: skip
    op.create_index(
        "ix_own_wording_counts", "own_wording", ["place_id"], unique=False,
        sqlite_where=COUNTS, postgresql_where=COUNTS,
    )  # fmt: skip
    op.create_table(
        "given_wording",
        *_columns(NUMBER, "id", "place_id", "member_id"),
        *_columns(TEXT, "ref", "phrase", "folded", "category", "language"),
        *_columns(MOMENT, "given_at"),
        *_keys("given_wording", place_id="place", member_id="member"),
        sa.UniqueConstraint("ref", name=op.f("uq_given_wording_ref")),
        sa.UniqueConstraint(
            "member_id", "folded", "category",
            name=op.f("uq_given_wording_member_id_folded_category"),
        ),
    )  # fmt: skip
    op.create_index(
        op.f("ix_given_wording_place_id"), "given_wording", ["place_id"], unique=False
    )  # fmt: skip


def downgrade() -> None:
    op.execute("DELETE FROM ref WHERE kind IN ('wording', 'given-wording')")
    op.drop_table("given_wording")
    op.drop_table("own_wording")
    op.drop_column("member_wish", "asked_to_learn_at")


def _columns(
    kind: sa.types.TypeEngine, *names: str, nullable: bool = False
) -> list[sa.Column]:  # fmt: skip
    return [sa.Column(name, kind, nullable=nullable) for name in names]


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
