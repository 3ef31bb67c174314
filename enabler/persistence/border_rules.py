"""What holds the two halves of a movement between places together, in the database itself.

Each half writes the key of its twin into ``border_half``, whose foreign key is looked at when the
transaction commits: a half alone cannot be kept, by SQL by hand neither. The second half must be
as the first, in another place. What undoes a half is one too. (PostgreSQL itself empties no
table whose keys it has still to look at.) As with the ledger's other rules (:mod:`.ledger_rules`)
each is said apart, so that a test can take it away and see what then passes.
"""

# ruff: noqa: S608 -- no word in these statements comes from outside this page

_TWIN = """CASE WHEN NEW.key LIKE '%:out' THEN substr(NEW.key, 1, length(NEW.key) - 4) || ':in'
 WHEN NEW.key LIKE '%:in' THEN substr(NEW.key, 1, length(NEW.key) - 3) || ':out' END"""
_DIFFERS = f"""EXISTS (SELECT 1 FROM transfer t WHERE t.key = {_TWIN}
 AND (t.minutes <> NEW.minutes OR t.phase <> NEW.phase OR t.place_id = NEW.place_id))"""
# SQLite's OR IGNORE would pass over a column that may not be empty: the key is looked at before.
_KEEP = f"INSERT INTO border_half (key, twin) VALUES (NEW.key, {_TWIN});"
_IS_HALF = """(NEW.reason = 'border' OR (NEW.reverses IS NOT NULL AND EXISTS
 (SELECT 1 FROM transfer r WHERE r.key = NEW.reverses AND r.reason = 'border')))"""
"""Also what undoes a half is one: both are undone, or neither."""
_MAY_BE = "NEW.reason IN ('border', 'reversal')"
"""What a condition of PostgreSQL can see without looking at other rows."""
_SQLITE = {
    "transfer_border": f"""CREATE TRIGGER transfer_border BEFORE INSERT ON transfer WHEN {_IS_HALF}
 BEGIN SELECT RAISE(ABORT, 'border_key_wrong') WHERE {_TWIN} IS NULL;
 SELECT RAISE(ABORT, 'border_differs') WHERE {_DIFFERS}; END""",
    "transfer_half": f"""CREATE TRIGGER transfer_half AFTER INSERT ON transfer WHEN {_IS_HALF}
 BEGIN {_KEEP} END""",
    "border_half_new": "CREATE TRIGGER border_half_new BEFORE INSERT ON border_half"
    " BEGIN SELECT RAISE(ABORT, 'border_half_exists')"
    " WHERE EXISTS (SELECT 1 FROM border_half WHERE key = NEW.key OR twin = NEW.twin); END",
    **{
        f"border_half_no_{verb}": f"CREATE TRIGGER border_half_no_{verb} BEFORE {verb.upper()}"
        " ON border_half BEGIN SELECT RAISE(ABORT, 'border_half is append-only'); END"
        for verb in ("update", "delete")
    },
}


def _function(name: str, body: str) -> str:
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER"
        f" SET search_path = public, pg_temp AS $$ BEGIN {body} END $$"
    )


_POSTGRESQL = {
    "border_do_differ": _function(
        "border_do_differ",
        f"IF {_IS_HALF} AND {_DIFFERS} THEN RAISE EXCEPTION 'border_differs'"
        " USING ERRCODE = 'check_violation'; END IF; RETURN NEW;",
    ),
    "border_do_keep": _function(
        "border_do_keep", f"IF {_IS_HALF} THEN {_KEEP} END IF; RETURN NEW;"
    ),
    # After those that lock and guard, by their names.
    "transfer_d_border": "CREATE TRIGGER transfer_d_border BEFORE INSERT ON transfer FOR EACH ROW"
    f" WHEN ({_MAY_BE}) EXECUTE FUNCTION border_do_differ()",
    "transfer_e_half": "CREATE TRIGGER transfer_e_half AFTER INSERT ON transfer FOR EACH ROW"
    f" WHEN ({_MAY_BE}) EXECUTE FUNCTION border_do_keep()",
    "border_half_no_change": "CREATE TRIGGER border_half_no_change BEFORE UPDATE OR DELETE"
    " ON border_half FOR EACH ROW EXECUTE FUNCTION ledger_do_refuse()",
}


def rules(dialect: str) -> dict[str, str]:
    """The statements that make them, by the names of triggers (and PostgreSQL's functions)."""
    return dict(_SQLITE if dialect == "sqlite" else _POSTGRESQL)


def without(dialect: str) -> list[str]:
    """The statements that take them all away."""
    if dialect == "sqlite":
        return [f"DROP TRIGGER {name}" for name in _SQLITE]
    return [dropped(dialect, name) for name in reversed(_POSTGRESQL)]


def dropped(dialect: str, name: str) -> str:
    """The statement that takes one away."""
    if dialect == "sqlite":
        return f"DROP TRIGGER {name}"
    if name.startswith("border_do_"):
        return f"DROP FUNCTION {name}()"
    table = "border_half" if name.startswith("border_half") else "transfer"
    return f"DROP TRIGGER {name} ON {table}"
