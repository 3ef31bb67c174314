"""What could not be sent to somebody without phone and mail waits at the desk; how somebody is not
to be reached."""

import sqlalchemy as sa
from alembic import op

revision = "0041_untold"
down_revision = "0040_time_and_kinds"

TEXT, MOMENT = sa.Text(), sa.DateTime(timezone=True)
OPEN = sa.text("ended_at IS NULL")
CAME_OF = "'call', 'letter', 'here', 'not-reached', 'moved', 'past', 'sent'"


def upgrade() -> None:
    op.create_table(
        "untold",
        *_ids("id", "place_id"),
        sa.Column("ref", TEXT, nullable=False),
        *_ids("member_id"),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("again_at", MOMENT, nullable=True),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("came_of", TEXT, nullable=True),
        *_ids("ended_by", nullable=True),
        _check("untold", "tries", "tries BETWEEN 0 AND 3"),
        _check("untold", "ended", "(ended_at IS NULL) = (came_of IS NULL)"),
        _check("untold", "came_of", f"came_of IN ({CAME_OF})"),
        *_keys("untold", place_id="place", member_id="member", ended_by="member"),
        sa.UniqueConstraint("ref", name=op.f("uq_untold_ref")),
    )
    op.create_index(op.f("ix_untold_place_id"), "untold", ["place_id"], unique=False)
    op.create_index(op.f("ix_untold_member_id"), "untold", ["member_id"], unique=False)
    op.create_index(
        "uq_untold_open", "untold", ["member_id"], unique=True, sqlite_where=OPEN,
        postgresql_where=OPEN,
    )  # fmt: skip
    _letters()
    op.create_table(
        "safe_contact",
        *_ids("member_id", "place_id"),
        sa.Column("no_calls", sa.Boolean(), nullable=False),
        sa.Column("no_letters", sa.Boolean(), nullable=False),
        sa.Column("words", TEXT, nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        *_ids("by_member_id", nullable=True),
        *_keys("safe_contact", "member_id", member_id="member", place_id="place",
               by_member_id="member"),
    )  # fmt: skip


def _letters() -> None:
    op.create_table(
        "untold_letter",
        *_ids("id", "place_id", "untold_id"),
        sa.Column("template", TEXT, nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("priority", TEXT, nullable=False),
        sa.Column("dedupe_key", TEXT, nullable=False),
        sa.Column("queued_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        *_keys("untold_letter", place_id="place", untold_id="untold"),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_untold_letter_dedupe_key")),
    )
    op.create_index(
        op.f("ix_untold_letter_untold_id"), "untold_letter", ["untold_id"], unique=False
    )


def downgrade() -> None:
    op.drop_table("safe_contact")
    op.drop_table("untold_letter")
    op.drop_table("untold")


def _ids(*names: str, nullable: bool = False) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer(), nullable=nullable) for name in names]


def _keys(table: str, key: str = "id", **refers: str) -> list[sa.Constraint]:
    return [
        sa.PrimaryKeyConstraint(key, name=op.f(f"pk_{table}")),
        *(
            sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))
            for column, other in refers.items()
        ),
    ]


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))
