"""Triggers that keep rows from being changed or deleted, as each of the two databases has them."""


def append_only(dialect: str, table: str, *, deletable: str = "FALSE") -> list[str]:
    """Statements after which rows of the table can be neither changed nor deleted.

    ``deletable`` is a condition on the OLD row (in SQL that both databases read) under which it
    may be deleted all the same: when its case is over, say.
    """
    if dialect == "sqlite":
        refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        delete = f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}"
        return [
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}",
            f"{delete} WHEN NOT ({deletable}) {refuse}",
        ]
    # AND does not promise its order in PL/pgSQL, and a TRUNCATE has no OLD row to look at.
    let_go = f"IF TG_OP = 'DELETE' THEN IF {deletable} THEN RETURN OLD; END IF; END IF;"
    refuse = f"RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'restrict_violation';"
    returns = f"CREATE FUNCTION {table}_immutable() RETURNS trigger LANGUAGE plpgsql"
    run = f"EXECUTE FUNCTION {table}_immutable()"
    change = f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}"
    truncate = f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
    return [
        f"{returns} AS $$ BEGIN {let_go} {refuse} END $$",
        f"{change} FOR EACH ROW {run}",
        f"{truncate} FOR EACH STATEMENT {run}",
    ]


def no_longer_append_only(dialect: str, table: str) -> list[str]:
    """The way back from ``append_only`` (a downgrade's)."""
    if dialect == "sqlite":
        return [f"DROP TRIGGER {table}_no_{verb}" for verb in ("update", "delete")]
    triggers = [f"DROP TRIGGER {table}_no_{verb} ON {table}" for verb in ("change", "truncate")]
    return [*triggers, f"DROP FUNCTION {table}_immutable()"]
