"""What a proposal about hours may become, held in the database: it is decided once.

What is proposed is never changed, and a proposal that has ended stays as it is; only what people
wrote may go, with them. SQL by hand meets this too.
"""

PROPOSED = (
    "place_id", "ref", "kind", "debit_id", "credit_id", "minutes", "reverses", "asked_by",
    "asked_at",
)  # fmt: skip
DECIDED = ("state", "answer_by", "decided_by", "decided_at", "transfer")
NAME = "hours_proposal_decided_once"


def rules(dialect: str) -> list[str]:
    """The statements that make the trigger (and PostgreSQL's function)."""
    differs = "IS NOT" if dialect == "sqlite" else "IS DISTINCT FROM"
    proposed, decided = (
        " OR ".join(f"NEW.{name} {differs} OLD.{name}" for name in names)
        for names in (PROPOSED, DECIDED)
    )
    changes = f"({proposed}) OR (OLD.state <> 'waiting' AND ({decided}))"
    refusal = "'hours_proposal is decided once'"
    before = f"CREATE TRIGGER {NAME} BEFORE UPDATE ON hours_proposal"
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
    return [f"DROP TRIGGER {NAME} ON hours_proposal", f"DROP FUNCTION {NAME}()"]
