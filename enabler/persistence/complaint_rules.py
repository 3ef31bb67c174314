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


def kinds(dialect: str) -> list[str]:
    """The statements by which it stays what it is: a complaint, or something to be put right, and
    what of somebody's data is meant (which can only be emptied)."""
    kind, meant = (triggers.differ(dialect, (name,), json=("meant",)) for name in ("kind", "meant"))
    # of what is empty it is NULL or false
    stays = "CAST(NEW.meant AS TEXT) NOT IN ('{}', '[]', 'null')"
    changes = f"({kind}) OR ({stays} AND ({meant}))"
    return triggers.refuse_update(
        dialect, "complaint_kind", "complaint", changes, "a complaint stays what it is"
    )


def kinds_no_more(dialect: str) -> list[str]:
    """The way back of those."""
    return triggers.no_longer_refused(dialect, "complaint_kind", "complaint")


def _overwrites(dialect: str) -> str:
    return " OR ".join(
        f"(OLD.{name} IS NOT NULL AND ({triggers.differ(dialect, (name,))})"
        f" AND coalesce(NEW.{name}, '') <> '')"
        for name in _WORDS
    )
