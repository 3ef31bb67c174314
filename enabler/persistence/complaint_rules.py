"""What holds of complaints on both databases: what was written and the day by which it has an
answer stay as they are; what was done is only added to. Only emptied can words be, where somebody
is erased."""

from enabler.persistence import triggers

_KEPT = ("place_id", "ref", "how", "made_at", "answer_by", "due_at")
_WORDS = ("words", "call_back", "answer")
ANSWERED = (
    "EXISTS (SELECT 1 FROM complaint WHERE complaint.id = OLD.complaint_id"
    " AND complaint.state = 'answered')"
)
"""A note can go with its complaint, once that was answered."""


def rules(dialect: str) -> list[str]:
    """The statements that make them hold."""
    changes = f"({triggers.differ(dialect, _KEPT)}) OR {_overwrites(dialect)}"
    return [
        *triggers.refuse_update(
            dialect, "complaint_kept", "complaint", changes, "a complaint stays as it was made"
        ),
        *triggers.append_only(dialect, "complaint_note", deletable=ANSWERED),
    ]


def without(dialect: str) -> list[str]:
    """The way back."""
    return [
        *triggers.no_longer_append_only(dialect, "complaint_note"),
        *triggers.no_longer_refused(dialect, "complaint_kept", "complaint"),
    ]


def _overwrites(dialect: str) -> str:
    return " OR ".join(
        f"(OLD.{name} IS NOT NULL AND ({triggers.differ(dialect, (name,))})"
        f" AND coalesce(NEW.{name}, '') <> '')"
        for name in _WORDS
    )
