"""What a proposal to end rules may become, held in the database: it is decided once.

What is proposed is never changed, and a proposal that has ended stays as it is; only what people
wrote may go, with them. SQL by hand meets this too.
"""

from enabler.persistence.triggers import differ, no_longer_refused, refuse_update

PROPOSED = ("place_id", "ref", "ruleset_id", "proposed_by", "proposed_at", "answer_by")
DECIDED = ("state", "decided_by", "decided_at")
NAME, TABLE = "ruleset_ending_decided_once", "ruleset_ending"


def rules(dialect: str) -> list[str]:
    """The statements that make the trigger (and PostgreSQL's function)."""
    over = f"OLD.state <> 'proposed' AND ({differ(dialect, DECIDED)})"
    changes = f"({differ(dialect, PROPOSED)}) OR ({over})"
    return refuse_update(dialect, NAME, TABLE, changes, "ruleset_ending is decided once")


def without(dialect: str) -> list[str]:
    """The way back (a downgrade's)."""
    return no_longer_refused(dialect, NAME, TABLE)
