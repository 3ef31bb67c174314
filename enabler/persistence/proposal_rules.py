"""What a proposal about hours may become, held in the database: it is decided once.

What is proposed is never changed, and a proposal that has ended stays as it is; only what people
wrote may go, with them. SQL by hand meets this too.
"""

from enabler.persistence.triggers import differ, no_longer_refused, refuse_update

PROPOSED = (
    "place_id", "ref", "kind", "debit_id", "credit_id", "minutes", "reverses", "asked_by",
    "asked_at",
)  # fmt: skip
DECIDED = ("state", "answer_by", "decided_by", "decided_at", "transfer")
NAME = "hours_proposal_decided_once"


def rules(dialect: str) -> list[str]:
    """The statements that make the trigger (and PostgreSQL's function)."""
    over = f"OLD.state <> 'waiting' AND ({differ(dialect, DECIDED)})"
    changes = f"({differ(dialect, PROPOSED)}) OR ({over})"
    return refuse_update(dialect, NAME, "hours_proposal", changes, "hours_proposal is decided once")


def without(dialect: str) -> list[str]:
    """The way back (a downgrade's)."""
    return no_longer_refused(dialect, NAME, "hours_proposal")
