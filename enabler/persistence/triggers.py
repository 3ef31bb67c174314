"""Triggers that keep rows from being changed or deleted, as each of the two databases has them."""

from collections.abc import Collection, Iterable


def append_only(
    dialect: str, table: str, *, deletable: str = "FALSE", emptied: str | None = None
) -> list[str]:
    """Statements after which rows of the table can be neither changed nor deleted.

    ``deletable`` is a condition on the OLD row (in SQL that both databases read) under which it
    may be deleted all the same: when its case is over, say. ``emptied`` is one on both rows under
    which it may be changed: when its author was erased.
    """
    if dialect == "sqlite":
        refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        delete = f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}"
        unless = "" if emptied is None else f"WHEN NOT ({emptied}) "
        return [
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {unless}{refuse}",
            f"{delete} WHEN NOT ({deletable}) {refuse}",
        ]
    # AND does not promise its order in PL/pgSQL, and a TRUNCATE has no OLD row to look at.
    let_go = f"IF TG_OP = 'DELETE' THEN IF {deletable} THEN RETURN OLD; END IF; END IF;"
    if emptied is not None:
        let_go += f" IF TG_OP = 'UPDATE' THEN IF {emptied} THEN RETURN NEW; END IF; END IF;"
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


def refuse_update(dialect: str, name: str, table: str, changes: str, refusal: str) -> list[str]:
    """Statements after which an UPDATE that makes these ``changes`` (a condition on the OLD and
    the NEW row, in SQL of this database) is refused in these words."""
    return _refuse(dialect, name, f"UPDATE ON {table}", changes, refusal)


def refuse_insert(dialect: str, name: str, table: str, wrong: str, refusal: str) -> list[str]:
    """The same of an INSERT of a NEW row that is ``wrong``."""
    return _refuse(dialect, name, f"INSERT ON {table}", wrong, refusal)


def _refuse(dialect: str, name: str, verb_on: str, when: str, refusal: str) -> list[str]:
    before = f"CREATE TRIGGER {name} BEFORE {verb_on}"
    if dialect == "sqlite":
        return [f"{before} WHEN {when} BEGIN SELECT RAISE(ABORT, '{refusal}'); END"]
    refuse = f"RAISE EXCEPTION '{refusal}' USING ERRCODE = 'restrict_violation';"
    body = f"$$ BEGIN IF {when} THEN {refuse} END IF; RETURN NEW; END $$"
    return [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS {body}",
        f"{before} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]


def no_longer_refused(dialect: str, name: str, table: str) -> list[str]:
    """The way back from ``refuse_update`` and ``refuse_insert`` (a downgrade's)."""
    if dialect == "sqlite":
        return [f"DROP TRIGGER {name}"]
    return [f"DROP TRIGGER {name} ON {table}", f"DROP FUNCTION {name}()"]


def differ(dialect: str, names: Iterable[str], *, json: Collection[str] = ()) -> str:
    """The condition that any of these columns changes; those of ``json`` by their text where the
    database cannot compare them."""
    differs = "IS NOT" if dialect == "sqlite" else "IS DISTINCT FROM"
    as_text = "" if dialect == "sqlite" else "::text"
    return " OR ".join(
        f'NEW."{name}"{cast} {differs} OLD."{name}"{cast}'
        for name in names
        for cast in (as_text if name in json else "",)
    )
