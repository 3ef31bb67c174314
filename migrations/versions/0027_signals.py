"""Signals, prints of texts, traces of sign-ups, the deny list, messages that wait for a look; an
organisation's new words wait, too; nothing that a signal holds is opened (triggers)."""

import sqlalchemy as sa
from alembic import op

from enabler.persistence import signal_rules

revision = "0027_signals"
down_revision = "0026_ruleset_drafts"

_TABLES = (
    "signal", "text_print", "sign_up_trace", "denial", "denial_mark", "denial_match",
    "held_message",
)  # fmt: skip


def upgrade() -> None:
    op.add_column("organisation", sa.Column("about_waiting", sa.Text(), nullable=True))
    _signals()
    _traces()
    _denials()
    _messages()
    for statement in signal_rules.rules(op.get_bind().dialect.name).values():
        op.execute(sa.text(statement))


def _table(
    name: str, columns: list[sa.Column], references: dict[str, str], checks: dict[str, str],
    indexes: dict[str, list[str]], *, key: str = "id", unique: tuple[list[str], ...] = (),
) -> None:  # fmt: skip
    op.create_table(
        name,
        sa.Column(key, sa.Integer(), nullable=False, autoincrement=key == "id"),
        *columns,
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{name}_{of}")) for of, rule in checks.items()),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_{name}_{column}"))
            for column, table in references.items()
        ),
        sa.PrimaryKeyConstraint(key, name=op.f(f"pk_{name}")),
        *(
            sa.UniqueConstraint(*of, name=op.f(f"uq_{name}_{'_'.join(of)}"))
            for of in unique
        ),
    )
    for suffix, of in indexes.items():
        op.create_index(op.f(f"ix_{name}_{suffix}"), name, of, unique=False)


def _number(name: str, *, empty: bool = False) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=empty)


def _text(name: str, *, empty: bool = False) -> sa.Column:
    return sa.Column(name, sa.Text(), nullable=empty)


def _json(name: str) -> sa.Column:
    return sa.Column(name, sa.JSON(), nullable=False)


def _moment(name: str, *, empty: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=empty)


def _signals() -> None:
    _table(
        "signal",
        [
            _number("place_id"), _text("kind"), _number("about_id"),
            _number("member_id", empty=True), _text("code"), _json("facts"),
            sa.Column("holds", sa.Boolean(), nullable=False), _moment("at"),
            _moment("looked_at", empty=True), _moment("ended_at", empty=True),
        ],
        {"place_id": "place", "member_id": "member"},
        {"kind": "kind IN ('need', 'offer', 'organisation', 'match', 'message', 'member')"},
        {"about": ["place_id", "kind", "about_id"], "member_id": ["member_id"]},
    )
    _table(
        "text_print",
        [
            _number("place_id"), _text("kind"), _number("about_id"), _number("member_id"),
            sa.Column("print", sa.BigInteger(), nullable=False), _moment("at"),
        ],
        {"place_id": "place", "member_id": "member"},
        {"kind": "kind IN ('need', 'offer', 'organisation')"},
        {
            "print": ["place_id", "print"], "about": ["kind", "about_id"],
            "member_id": ["member_id"], "at": ["at"],
        },
    )  # fmt: skip


def _traces() -> None:
    _table(
        "sign_up_trace",
        [
            _number("place_id"), _text("browser_hash", empty=True),
            _text("network_hash", empty=True), _moment("at"),
        ],
        {"member_id": "member", "place_id": "place"}, {},
        {
            "browser": ["place_id", "browser_hash"], "network": ["place_id", "network_hash"],
            "at": ["at"],
        },
        key="member_id",
    )  # fmt: skip


def _denials() -> None:
    _table(
        "denial",
        [
            _number("place_id"), _text("ref"), _number("member_id"), _text("reason"),
            _text("by_name"), _moment("at"), _moment("until_at"), _moment("lifted_at", empty=True),
        ],
        {"place_id": "place", "member_id": "member"},
        {
            "reason": "reason IN ('violence', 'sexual', 'theft', 'exploitation', 'hate',"
            " 'false-identity', 'other')",
            "end": "at < until_at",
        },
        {"place_id": ["place_id"], "member_id": ["member_id"]}, unique=(["ref"],),
    )  # fmt: skip
    _table(
        "denial_mark",
        [_number("place_id"), _number("denial_id"), _text("kind"), _text("digest")],
        {"place_id": "place", "denial_id": "denial"},
        {"kind": "kind IN ('phone', 'mail', 'name-postcode', 'name-home')"},
        {"digest": ["place_id", "digest"], "denial_id": ["denial_id"]},
        unique=(["denial_id", "kind", "digest"],),
    )
    _table(
        "denial_match",
        [
            _number("place_id"), _number("member_id"), _number("denial_id"), _json("kinds"),
            _moment("at"), _moment("decided_at", empty=True), _text("decision", empty=True),
        ],
        {"place_id": "place", "member_id": "member", "denial_id": "denial"},
        {
            "decided": "(decided_at IS NULL) = (decision IS NULL)",
            "decision": "decision IS NULL OR decision IN ('let-in', 'removed')",
        },
        {"place_id": ["place_id"]}, unique=(["member_id", "denial_id"],),
    )  # fmt: skip


def _messages() -> None:
    _table(
        "held_message",
        [
            _number("place_id"), _text("ref"), _number("match_id"),
            _number("by_member_id", empty=True), _text("side"), _text("words"), _json("holds"),
            _moment("at"), _text("state"), _moment("decided_at", empty=True),
            _text("decided_by", empty=True),
        ],
        {"place_id": "place", "match_id": "match", "by_member_id": "member"},
        {
            "state": "state IN ('waits', 'passed', 'stopped')",
            "decided": "(state = 'waits') = (decided_at IS NULL)",
            "side": "side IN ('asker', 'helper', 'staff')",
        },
        {"place_id": ["place_id"], "match_id": ["match_id"]}, unique=(["ref"],),
    )  # fmt: skip


def downgrade() -> None:
    for statement in signal_rules.without(op.get_bind().dialect.name):
        op.execute(sa.text(statement))
    # Whoever waited for a look is let in: nobody is shut out by a way back.
    op.execute(sa.text("UPDATE member SET state = 'active' WHERE state = 'held'"))
    for name in reversed(_TABLES):
        op.drop_table(name)
    op.drop_column("organisation", "about_waiting")
