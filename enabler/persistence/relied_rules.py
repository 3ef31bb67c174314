"""What keeps counting on a proof to what was shown and agreed to, in the database itself.

It begins unanswered, of a proof that stands, and never lasts beyond it. The member's own consent to
these very words about this very row makes it count. Nothing else of it changes but that it ends,
once, and that the proof is gone when its owner is.
"""

_KEPT = (
    "place_id", "ref", "organisation_id", "member_id", "digest", "kind", "until_at", "asked_by",
    "asked_at",
)  # fmt: skip
_ASKED = (
    "NEW.agreed_at IS NULL AND NEW.consent_id IS NULL AND EXISTS (SELECT 1 FROM proof AS p"
    " WHERE p.id = NEW.proof_id AND p.ended_at IS NULL AND NEW.until_at <= p.until_at)"
)
_AGREED = (
    "OLD.agreed_at IS NULL AND NEW.agreed_at IS NOT NULL AND NOT (OLD.ended_at IS NULL AND EXISTS"
    " (SELECT 1 FROM consent AS c WHERE c.id = NEW.consent_id AND c.member_id = NEW.member_id"
    " AND c.wording = 'rely-proof' AND c.about_ref = NEW.ref AND c.withdrawn_at IS NULL))"
)
_MADE, _FIXED = "nobody agreed to count on this proof", "a proof relied on does not change"
_FUNCTION = "CREATE FUNCTION {}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {} END $$"


def rules(dialect: str) -> list[str]:
    """The statements that make them."""
    return _sqlite() if dialect == "sqlite" else _postgresql()


def _changed(differs: str) -> str:
    kept = " OR ".join(f"OLD.{column} {differs} NEW.{column}" for column in _KEPT)
    once = " OR ".join(
        f"(OLD.{column} IS NOT NULL AND OLD.{column} {differs} NEW.{column})"
        for column in ("agreed_at", "consent_id", "ended_at", "ended_because")
    )
    another = f"(NEW.proof_id IS NOT NULL AND OLD.proof_id {differs} NEW.proof_id)"
    return f"{kept} OR {once} OR {another} OR ({_AGREED})"


def _sqlite() -> list[str]:
    refuse = "BEGIN SELECT RAISE(ABORT, '{}'); END"
    made, kept = refuse.format(_MADE), refuse.format(_FIXED)
    changed = _changed("IS NOT")
    return [
        f"CREATE TRIGGER relied_made BEFORE INSERT ON proof_relied WHEN NOT ({_ASKED}) {made}",
        f"CREATE TRIGGER relied_kept BEFORE UPDATE ON proof_relied WHEN {changed} {kept}",
    ]


def _postgresql() -> list[str]:
    refuse = "THEN RAISE EXCEPTION '{}' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;"
    made = f"IF NOT ({_ASKED}) {refuse.format(_MADE)}"
    kept = f"IF {_changed('IS DISTINCT FROM')} {refuse.format(_FIXED)}"
    run = "ON proof_relied FOR EACH ROW EXECUTE FUNCTION"
    return [
        _FUNCTION.format("relied_do_make", made),
        _FUNCTION.format("relied_do_keep", kept),
        f"CREATE TRIGGER relied_made BEFORE INSERT {run} relied_do_make()",
        f"CREATE TRIGGER relied_kept BEFORE UPDATE {run} relied_do_keep()",
    ]


def without(dialect: str) -> list[str]:
    """The statements that take them away."""
    if dialect == "sqlite":
        return ["DROP TRIGGER relied_made", "DROP TRIGGER relied_kept"]
    return [
        "DROP TRIGGER relied_made ON proof_relied", "DROP TRIGGER relied_kept ON proof_relied",
        "DROP FUNCTION relied_do_make()", "DROP FUNCTION relied_do_keep()",
    ]  # fmt: skip
