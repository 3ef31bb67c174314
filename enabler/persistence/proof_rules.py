"""What keeps a proof to what was seen, in the database itself.

It is made of a check of its owner's, in the place that saw it: neither of what was carried from
elsewhere nor of what two people let pass unseen. It never lasts beyond the check, nor longer than
90 days. Of what was made nothing changes but that it ends, once, how often a code was wrong, and
its owner's own word for whom it is, which goes when they do.
"""

LONGEST_DAYS = 90
_KEPT = (
    "place_id", "ref", "member_id", "credential_id", "nonce", "token_hash", "status_index",
    "named", "made_at", "until_at",
)  # fmt: skip
_SEEN = (
    "EXISTS (SELECT 1 FROM credential AS c WHERE c.id = NEW.credential_id"
    " AND c.member_id = NEW.member_id AND c.place_id = NEW.place_id AND NOT c.waived"
    " AND c.carried_from IS NULL AND c.revoked_at IS NULL AND NEW.until_at <= c.valid_until)"
    " AND NOT EXISTS (SELECT 1 FROM proof_taken AS t WHERE t.credential_id = NEW.credential_id)"
)
_SHORT = {
    "sqlite": f"julianday(NEW.until_at) - julianday(NEW.made_at) <= {LONGEST_DAYS} + 0.00001",
    "postgresql": f"NEW.until_at <= NEW.made_at + INTERVAL '{LONGEST_DAYS} days'",
}
_CHANGED = "OLD.ended_at IS NOT NULL AND (NEW.ended_at IS NULL OR NEW.ended_at <> OLD.ended_at)"
_MADE, _FIXED = "proof is of no check that was seen", "proof does not change"
_FUNCTION = "CREATE FUNCTION {}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {} END $$"


def rules(dialect: str) -> list[str]:
    """The statements that make them."""
    return _sqlite() if dialect == "sqlite" else _postgresql()


def _sqlite() -> list[str]:
    differs = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in _KEPT)
    fits = f"{_SEEN} AND {_SHORT['sqlite']}"
    refuse = "BEGIN SELECT RAISE(ABORT, '{}'); END"
    made, kept = refuse.format(_MADE), refuse.format(_FIXED)
    return [
        f"CREATE TRIGGER proof_made BEFORE INSERT ON proof WHEN NOT ({fits}) {made}",
        f"CREATE TRIGGER proof_kept BEFORE UPDATE ON proof WHEN {differs} OR ({_CHANGED}) {kept}",
    ]


def _postgresql() -> list[str]:
    differs = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in _KEPT)
    fits = f"{_SEEN} AND {_SHORT['postgresql']}"
    refuse = "THEN RAISE EXCEPTION '{}' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;"
    made = f"IF NOT ({fits}) {refuse.format(_MADE)}"
    kept = f"IF {differs} OR ({_CHANGED}) {refuse.format(_FIXED)}"
    run = "ON proof FOR EACH ROW EXECUTE FUNCTION"
    return [
        _FUNCTION.format("proof_do_make", made),
        _FUNCTION.format("proof_do_keep", kept),
        f"CREATE TRIGGER proof_made BEFORE INSERT {run} proof_do_make()",
        f"CREATE TRIGGER proof_kept BEFORE UPDATE {run} proof_do_keep()",
    ]


def without(dialect: str) -> list[str]:
    """The statements that take them away."""
    if dialect == "sqlite":
        return ["DROP TRIGGER proof_made", "DROP TRIGGER proof_kept"]
    return [
        "DROP TRIGGER proof_made ON proof", "DROP TRIGGER proof_kept ON proof",
        "DROP FUNCTION proof_do_make()", "DROP FUNCTION proof_do_keep()",
    ]  # fmt: skip
