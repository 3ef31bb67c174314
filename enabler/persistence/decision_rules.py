"""What a decision may become, held in the database: what was decided stands as it was said.

Once an appeal against it is decided, that stands too; only what people wrote may go, with them.
SQL by hand meets this too.
"""

from enabler.persistence.triggers import differ, no_longer_refused, refuse_update

DECIDED = (
    "place_id", "ref", "kind", "subject_kind", "subject_id", "subject_ref", "member_id",
    "organisation_id", "state_before", "scope", "signals", "rule", "ruleset_id", "columns",
    "audit_id", "decided_by", "decided_at",
)  # fmt: skip
APPEALED = ("appeal_decided_by", "appeal_decided_at", "appeal_outcome")
NAME = "decision_stands"


def rules(dialect: str) -> list[str]:
    """The statements that make the trigger (and PostgreSQL's function)."""
    decided = differ(dialect, DECIDED, json=("signals", "columns"))
    again = f"OLD.appealed_at IS NOT NULL AND {differ(dialect, ('appealed_at',))}"
    over = f"OLD.appeal_outcome IS NOT NULL AND ({differ(dialect, APPEALED)})"
    changes = f"({decided}) OR ({again}) OR ({over})"
    return refuse_update(dialect, NAME, "decision", changes, "decision stands as it was said")


def without(dialect: str) -> list[str]:
    """The way back (a downgrade's)."""
    return no_longer_refused(dialect, NAME, "decision")
