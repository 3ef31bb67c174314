"""Checks with levels, who may see them elsewhere, what becomes of a yes when one ends; the day of a
visit: the word at the door, arriving, leaving, the alarm."""

import sqlalchemy as sa
from alembic import op

from enabler.domain.refs import ref_of
from enabler.persistence import credential_rules

revision = "0028_visits"
down_revision = "0027_signals"

_ONE_HOLDER = "(member_id IS NULL) <> (organisation_id IS NULL)"
_TEXT, _MOMENT, _NUMBER = sa.Text(), sa.DateTime(timezone=True), sa.Integer()
CHECKS = {
    "last_characters": "last_characters IS NULL OR length(last_characters) BETWEEN 1 AND 4",
    "two_people": "agreed_by IS NULL OR agreed_by <> checked_by",
    "waived": "waived = (agreed_by IS NOT NULL)",
    "revoked_by": "(revoked_at IS NULL) = (revoked_by IS NULL)",
}
NEW = {
    "ref": _TEXT, "note": _TEXT, "last_characters": _TEXT, "eligible_as": _TEXT,
    "agreed_by": _TEXT, "carried_from": _NUMBER, "recorded_at": _MOMENT, "revoked_by": _TEXT,
    "revoked_because": _TEXT,
}  # fmt: skip


def upgrade() -> None:
    for name, kind in NEW.items():
        op.add_column("credential", sa.Column(name, kind, nullable=True))
    op.add_column(
        "credential", sa.Column("waived", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.execute("UPDATE credential SET revoked_by = checked_by WHERE revoked_at IS NOT NULL")
    _give_refs()
    with op.batch_alter_table("credential") as table:
        table.alter_column("ref", existing_type=_TEXT, nullable=False)
        table.create_unique_constraint(op.f("uq_credential_ref"), ["ref"])
        table.create_foreign_key(
            op.f("fk_credential_carried_from"), "credential", ["carried_from"], ["id"]
        )
        for name, rule in CHECKS.items():
            table.create_check_constraint(op.f(f"ck_credential_{name}"), rule)
    op.create_index(op.f("ix_credential_carried_from"), "credential", ["carried_from"])
    for statement in credential_rules.rules(op.get_bind().dialect.name):
        op.execute(statement)
    _wanted()
    _waivers()
    _grants()
    _ends()
    _visits()


def downgrade() -> None:
    for table in ("visit", "credential_gap", "credential_notice", "credential_grant",
                  "credential_waiver", "credential_wanted"):  # fmt: skip
        op.drop_table(table)
    for statement in credential_rules.without(op.get_bind().dialect.name):
        op.execute(statement)
    op.drop_index(op.f("ix_credential_carried_from"), table_name="credential")
    with op.batch_alter_table("credential") as table:
        for name in CHECKS:
            table.drop_constraint(op.f(f"ck_credential_{name}"), type_="check")
        table.drop_constraint(op.f("fk_credential_carried_from"), type_="foreignkey")
        table.drop_constraint(op.f("uq_credential_ref"), type_="unique")
        for name in ("waived", *NEW):
            table.drop_column(name)
    op.execute("DELETE FROM ref WHERE kind IN ('credential', 'credential-wanted',"
               " 'credential-waiver', 'credential-grant')")  # fmt: skip


def _give_refs() -> None:
    """What was recorded before has no ref yet."""
    connection = op.get_bind()
    made = sa.text("INSERT INTO ref (place_id, kind) VALUES (:place, 'credential') RETURNING id")
    keep = sa.text("UPDATE credential SET ref = :ref WHERE id = :id")
    for row in connection.execute(sa.text("SELECT id, place_id FROM credential")).all():
        number = connection.execute(made, {"place": row.place_id}).scalar_one()
        connection.execute(keep, {"ref": ref_of(number), "id": row.id})


def _table(name: str, *columns: sa.Column, keys: dict[str, str], checks: dict[str, str],
           primary: tuple[str, ...] = ("id",), unique: tuple[str, ...] = (),
           index: tuple[str, ...] = ()) -> None:  # fmt: skip
    op.create_table(
        name, *columns,
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{name}_{rule_name}"))
          for rule_name, rule in checks.items()),
        *(sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_{name}_{column}"))
          for column, table in keys.items()),
        sa.PrimaryKeyConstraint(*primary, name=op.f(f"pk_{name}")),
        *(sa.UniqueConstraint(column, name=op.f(f"uq_{name}_{column}")) for column in unique),
    )  # fmt: skip
    for column in index:
        op.create_index(op.f(f"ix_{name}_{column}"), name, [column], unique=False)


def _must(name: str, kind: sa.types.TypeEngine) -> sa.Column:
    return sa.Column(name, kind, nullable=False)


def _may(name: str, kind: sa.types.TypeEngine) -> sa.Column:
    return sa.Column(name, kind, nullable=True)


def _wanted() -> None:
    name = "credential_wanted"
    _table(
        name, _must("id", _NUMBER), _must("place_id", _NUMBER), _must("ref", _TEXT),
        _may("member_id", _NUMBER), _may("organisation_id", _NUMBER), _must("kind", _TEXT),
        _may("words", _TEXT), _must("asked_at", _MOMENT), _must("state", _TEXT),
        _may("ended_at", _MOMENT), _may("ended_by", _TEXT), _may("ended_words", _TEXT),
        keys={"place_id": "place", "member_id": "member", "organisation_id": "organisation"},
        checks={
            "one_holder": _ONE_HOLDER,
            "state": "state IN ('waiting', 'seen', 'withdrawn', 'refused')",
            "ended": "(state = 'waiting') = (ended_at IS NULL)",
        },
        unique=("ref",), index=("place_id",),
    )  # fmt: skip
    waits = sa.text("state = 'waiting'")
    for holder in ("member", "organisation"):
        op.create_index(f"uq_credential_wanted_{holder}", name, [f"{holder}_id", "kind"],
                        unique=True, sqlite_where=waits, postgresql_where=waits)  # fmt: skip


def _waivers() -> None:
    _table(
        "credential_waiver", _must("id", _NUMBER), _must("place_id", _NUMBER),
        _must("ref", _TEXT), _may("member_id", _NUMBER), _may("organisation_id", _NUMBER),
        _must("kind", _TEXT), _must("until_at", _MOMENT), _must("words", _TEXT),
        _must("asked_by", _TEXT), _must("asked_at", _MOMENT), _must("state", _TEXT),
        _may("ended_by", _TEXT), _may("ended_at", _MOMENT),
        keys={"place_id": "place", "member_id": "member", "organisation_id": "organisation"},
        checks={
            "one_holder": _ONE_HOLDER,
            "state": "state IN ('waiting', 'agreed', 'refused', 'withdrawn')",
            "ended": "(state = 'waiting') = (ended_at IS NULL)",
            "two": "state NOT IN ('agreed', 'refused') OR ended_by <> asked_by",
        },
        unique=("ref",), index=("place_id", "member_id"),
    )  # fmt: skip


def _grants() -> None:
    _table(
        "credential_grant", _must("id", _NUMBER), _must("place_id", _NUMBER),
        _must("ref", _TEXT), _must("credential_id", _NUMBER), _must("member_id", _NUMBER),
        _may("to_place_id", _NUMBER), _may("to_organisation_id", _NUMBER),
        _must("given_at", _MOMENT), _must("until_at", _MOMENT), _may("ended_at", _MOMENT),
        _may("accepted_id", _NUMBER),
        keys={
            "place_id": "place", "credential_id": "credential", "member_id": "member",
            "to_place_id": "place", "to_organisation_id": "organisation",
            "accepted_id": "credential",
        },
        checks={
            "to_one": "(to_place_id IS NULL) <> (to_organisation_id IS NULL)",
            "until": "until_at > given_at",
            "elsewhere": "to_place_id IS NULL OR to_place_id <> place_id",
        },
        unique=("ref",),
        index=("credential_id", "member_id", "to_place_id", "to_organisation_id"),
    )  # fmt: skip


def _ends() -> None:
    _table(
        "credential_notice", _must("credential_id", _NUMBER), _must("days", _NUMBER),
        _must("at", _MOMENT), keys={"credential_id": "credential"}, checks={},
        primary=("credential_id", "days"),
    )  # fmt: skip
    _table(
        "credential_gap", _must("match_id", _NUMBER), _must("place_id", _NUMBER),
        _must("kinds", sa.JSON()), _must("since", _MOMENT), _must("release_at", _MOMENT),
        keys={"match_id": "match", "place_id": "place"}, checks={}, primary=("match_id",),
        index=("place_id", "release_at"),
    )  # fmt: skip


def _visits() -> None:
    _table(
        "visit", _must("match_id", _NUMBER), _must("place_id", _NUMBER), _must("word", _TEXT),
        _must("watched", sa.Boolean()), _may("start_at", _MOMENT), _may("until_at", _MOMENT),
        _may("rang_at", _MOMENT), _may("no_money_at", _MOMENT), _may("arrived_at", _MOMENT),
        _may("left_at", _MOMENT), _must("stage", _NUMBER), _may("next_at", _MOMENT),
        _may("stuck_at", _MOMENT), _may("cleared_at", _MOMENT), _may("cleared_by", _NUMBER),
        _may("cleared_words", _TEXT),
        keys={"match_id": "match", "place_id": "place", "cleared_by": "member"},
        checks={
            "left": "left_at IS NULL OR next_at IS NULL",
            "cleared": "(cleared_at IS NULL) = (cleared_by IS NULL)",
            "quiet": "cleared_at IS NULL OR next_at IS NULL",
            "stage": "stage BETWEEN 0 AND 4",
        },
        primary=("match_id",), index=("place_id",),
    )  # fmt: skip
    rings = sa.text("next_at IS NOT NULL")
    op.create_index("ix_visit_next_at", "visit", ["next_at"], unique=False,
                    sqlite_where=rings, postgresql_where=rings)  # fmt: skip
