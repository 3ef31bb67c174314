"""What a decision may become, held in the database: what was decided stands as it was said.

Once an appeal against it is decided, that stands too; only what people wrote may go, with them.
SQL by hand meets this too.
"""

DECIDED = (
    "place_id", "ref", "kind", "subject_kind", "subject_id", "subject_ref", "member_id",
    "organisation_id", "state_before", "scope", "signals", "rule", "ruleset_id", "columns",
    "audit_id", "decided_by", "decided_at",
)  # fmt: skip
APPEALED = ("appeal_decided_by", "appeal_decided_at", "appeal_outcome")
NAME = "decision_stands"


def rules(dialect: str) -> list[str]:
    """The statements that make the trigger (and PostgreSQL's function)."""
    differs = "IS NOT" if dialect == "sqlite" else "IS DISTINCT FROM"

    def sides(name: str) -> tuple[str, str]:
        new, old = f'NEW."{name}"', f'OLD."{name}"'
        json = dialect != "sqlite" and name in ("signals", "columns")
        return (f"{new}::text", f"{old}::text") if json else (new, old)

    def changed(names: tuple[str, ...]) -> str:
        return " OR ".join(f" {differs} ".join(sides(name)) for name in names)

    again = "OLD.appealed_at IS NOT NULL AND NEW.appealed_at " + differs + " OLD.appealed_at"
    over = f"OLD.appeal_outcome IS NOT NULL AND ({changed(APPEALED)})"
    changes = f"({changed(DECIDED)}) OR ({again}) OR ({over})"
    refusal = "'decision stands as it was said'"
    before = f"CREATE TRIGGER {NAME} BEFORE UPDATE ON decision"
    if dialect == "sqlite":
        return [f"{before} WHEN {changes} BEGIN SELECT RAISE(ABORT, {refusal}); END"]
    refuse = f"RAISE EXCEPTION {refusal} USING ERRCODE = 'restrict_violation';"
    body = f"$$ BEGIN IF {changes} THEN {refuse} END IF; RETURN NEW; END $$"
    return [
        f"CREATE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS {body}",
        f"{before} FOR EACH ROW EXECUTE FUNCTION {NAME}()",
    ]


def without(dialect: str) -> list[str]:
    """The way back (a downgrade's)."""
    if dialect == "sqlite":
        return [f"DROP TRIGGER {NAME}"]
    return [f"DROP TRIGGER {NAME} ON decision", f"DROP FUNCTION {NAME}()"]
