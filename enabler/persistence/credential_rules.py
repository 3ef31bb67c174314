"""What keeps the history of checks as it was, in the database itself.

Of a check that was recorded nothing changes but that it is taken back, once; with it goes what
another place took over from it. It can be deleted when it ended a year ago: a notice of that day
(``KEPT_DAYS`` after its end) has to be there first, and goes with it. Of a member who was erased
all of them can be deleted; what another place took over from one then stands by itself.
"""

from enabler.persistence.triggers import differ

# ruff: noqa: S608 -- no word in these statements comes from outside this page

KEPT = (
    "place_id", "ref", "member_id", "organisation_id", "kind", "seen_on", "valid_until",
    "checked_by", "note", "last_characters", "eligible_as", "waived", "agreed_by", "carried_from",
    "recorded_at",
)  # fmt: skip
KEPT_DAYS = 365
"""How long a check stays after its end (``tags.Keep.CREDENTIAL``)."""
_TAKEN_BACK = "revoked_at, revoked_by, revoked_because"
_CARRIED = (
    f"UPDATE credential SET ({_TAKEN_BACK}) = (NEW.revoked_at, NEW.revoked_by, 'original')"
    " WHERE carried_from = NEW.id AND revoked_at IS NULL;"
)
_IS_TAKEN_BACK = "OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL"
_DIFFERS = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in KEPT)
_NOTICED = "credential_notice WHERE credential_id = OLD.id"
_ENDED_LONG_AGO = {
    "sqlite": f"EXISTS (SELECT 1 FROM {_NOTICED} AND days = -{KEPT_DAYS} AND julianday(at) >="
    " julianday(MIN(OLD.valid_until, COALESCE(OLD.revoked_at, OLD.valid_until)))"
    f" + {KEPT_DAYS} - 0.0001)",
    "postgresql": f"EXISTS (SELECT 1 FROM {_NOTICED} AND days = -{KEPT_DAYS} AND at >="
    f" LEAST(OLD.valid_until, OLD.revoked_at) + INTERVAL '{KEPT_DAYS} days')",
}
_HOLDER_ERASED = "EXISTS (SELECT 1 FROM member WHERE id = OLD.member_id AND state = 'erased')"
_ORIGINAL_ERASED = (
    "EXISTS (SELECT 1 FROM credential original JOIN member ON member.id = original.member_id"
    " WHERE original.id = OLD.carried_from AND member.state = 'erased')"
)
_SQLITE = {
    "credential_no_change": "CREATE TRIGGER credential_no_change BEFORE UPDATE ON credential"
    f" WHEN (OLD.revoked_at IS NOT NULL OR {_DIFFERS}){{alone}}"
    " BEGIN SELECT RAISE(ABORT, 'credential is append-only'); END",
    "credential_no_delete": "CREATE TRIGGER credential_no_delete BEFORE DELETE ON credential"
    " BEGIN SELECT RAISE(ABORT, 'credential is append-only'){unless};{forget} END",
    "credential_carried": "CREATE TRIGGER credential_carried AFTER UPDATE ON credential"
    f" WHEN {_IS_TAKEN_BACK} BEGIN {_CARRIED} END",
}
_REFUSE = "RAISE EXCEPTION 'credential is append-only' USING ERRCODE = 'restrict_violation';"
_FUNCTION = "CREATE FUNCTION {}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {} END $$"
_POSTGRESQL = {
    "credential_do_keep": _FUNCTION.format(
        "credential_do_keep",
        f"IF TG_OP = 'UPDATE' THEN IF (OLD.revoked_at IS NOT NULL OR"
        f" {_DIFFERS.replace('IS NOT NEW', 'IS DISTINCT FROM NEW')}){{alone}}"
        f" THEN {_REFUSE} END IF; RETURN NEW; END IF; {{forget}} {_REFUSE}",
    ),
    "credential_do_carry": _FUNCTION.format(
        "credential_do_carry", f"IF {_IS_TAKEN_BACK} THEN {_CARRIED} END IF; RETURN NEW;"
    ),
    "credential_keep": "CREATE TRIGGER credential_keep BEFORE UPDATE OR DELETE ON credential"
    " FOR EACH ROW EXECUTE FUNCTION credential_do_keep()",
    "credential_carry": "CREATE TRIGGER credential_carry AFTER UPDATE ON credential"
    " FOR EACH ROW EXECUTE FUNCTION credential_do_carry()",
}


def rules(dialect: str, *, forgetting: bool = True, erasing: bool = False) -> list[str]:
    """The statements that make them; without ``forgetting`` none is ever deleted, and only with
    ``erasing`` those of whoever was erased."""
    statements = _SQLITE if dialect == "sqlite" else _POSTGRESQL
    ended = _ENDED_LONG_AGO["sqlite" if dialect == "sqlite" else "postgresql"]
    if erasing:
        ended = f"({ended} OR {_HOLDER_ERASED})"
    if dialect == "sqlite":
        forget, unless = f" DELETE FROM {_NOTICED};", f" WHERE NOT {ended}"
    else:
        gone = f"DELETE FROM {_NOTICED}; RETURN OLD;"
        forget, unless = f"IF {ended} THEN {gone} END IF;", ""
    if not forgetting:
        forget = unless = ""
    alone = f" AND NOT ({_stands_alone(dialect)})" if erasing else ""
    return [
        each.replace("{forget}", forget).replace("{unless}", unless).replace("{alone}", alone)
        for each in statements.values()
    ]


def _stands_alone(dialect: str) -> str:
    """Nothing changes but that it leans no more on the check of somebody who was erased."""
    others = [name for name in (*KEPT, *_TAKEN_BACK.split(", ")) if name != "carried_from"]
    same = f"NOT ({differ(dialect, others)})"
    return f"{same} AND NEW.carried_from IS NULL AND {_ORIGINAL_ERASED}"


def without(dialect: str) -> list[str]:
    """The statements that take them away."""
    if dialect == "sqlite":
        return [f"DROP TRIGGER {name}" for name in _SQLITE]
    return [
        f"DROP FUNCTION {name}()" if "_do_" in name else f"DROP TRIGGER {name} ON credential"
        for name in reversed(_POSTGRESQL)
    ]
