"""What may change in a place's rules and their drafts, held in the database.

A version of the rules is never changed or deleted: it may only end, sooner than it would have; and
the first of a place may be said to have begun earlier, when nothing else was in force. A draft is
free until it is proposed; then it stays as it is, and is decided once. SQL by hand meets this too.
"""

_NEVER = ("id", "place_id", "version", "policy", "area")
_SAID = ("policy", "name", "from_at", "until_at", "wards", "area", "version", "based_on_id")
_OF_ITS_OWN = ("id", "place_id", "ref", "drafted_by", "drafted_at")
_DECIDED = ("state", "proposed_by", "answer_by", "decided_by", "decided_at", "ruleset_id")
KEPT, ONCE = "ruleset_is_kept", "ruleset_draft_decided_once"


def rules(dialect: str) -> list[str]:
    """The statements that make the triggers (and PostgreSQL's functions)."""
    stays, once = _version_changes(dialect), _draft_changes(dialect)
    return [
        *_trigger(dialect, KEPT, "ruleset", stays, "ruleset is never changed or deleted"),
        *_trigger(dialect, ONCE, "ruleset_draft", once, "ruleset_draft is decided once"),
    ]


def without(dialect: str) -> list[str]:
    """The way back (a downgrade's)."""
    tables = {KEPT: "ruleset", ONCE: "ruleset_draft"}
    if dialect == "sqlite":
        return [f"DROP TRIGGER {name}_{verb}" for name in tables for verb in ("update", "delete")]
    return [
        statement
        for name, table in tables.items()
        for statement in (
            f"DROP TRIGGER {name} ON {table}",
            f"DROP TRIGGER {name}_whole ON {table}",
            f"DROP FUNCTION {name}()",
        )
    ]


def _version_changes(dialect: str) -> str:
    later = "NEW.until_at IS NULL OR NEW.until_at > OLD.until_at"
    begins = _differ(dialect, "from_at")
    return (
        f"{_differ(dialect, *_NEVER)} OR (OLD.until_at IS NOT NULL AND ({later}))"
        f" OR ({begins} AND (OLD.version <> 1 OR NEW.from_at > OLD.from_at))"
    )


def _draft_changes(dialect: str) -> str:
    ended = "OLD.state NOT IN ('draft', 'proposed')"
    return (
        f"{_differ(dialect, *_OF_ITS_OWN)}"
        f" OR (OLD.state <> 'draft' AND ({_differ(dialect, *_SAID)}))"
        f" OR ({ended} AND ({_differ(dialect, *_DECIDED)}))"
        " OR (OLD.state = 'draft' AND NEW.state NOT IN ('draft', 'proposed', 'withdrawn'))"
        " OR (OLD.state = 'proposed' AND NEW.state = 'draft')"
    )


def _differ(dialect: str, *names: str) -> str:
    if dialect == "sqlite":
        return " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in names)
    return " OR ".join(  # JSON has no equality there
        f"NEW.{name}::text IS DISTINCT FROM OLD.{name}::text" for name in names
    )


def _trigger(dialect: str, name: str, table: str, changes: str, refusal: str) -> list[str]:
    if dialect == "sqlite":
        refuse = f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
        return [
            f"CREATE TRIGGER {name}_update BEFORE UPDATE ON {table} WHEN {changes} {refuse}",
            f"CREATE TRIGGER {name}_delete BEFORE DELETE ON {table} {refuse}",
        ]
    refuse = f"RAISE EXCEPTION '{refusal}' USING ERRCODE = 'restrict_violation';"
    let = f"IF TG_OP = 'UPDATE' THEN IF NOT ({changes}) THEN RETURN NEW; END IF; END IF;"
    run = f"EXECUTE FUNCTION {name}()"
    function = f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql"
    return [
        f"{function} AS $$ BEGIN {let} {refuse} END $$",
        f"CREATE TRIGGER {name} BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {run}",
        f"CREATE TRIGGER {name}_whole BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {run}",
    ]
