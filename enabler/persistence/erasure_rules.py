"""The one door by which what is never changed may lose a person's words: that they were erased.

Lines of a conversation, steps of a case and checks are kept as they were said, by triggers. Once
their author or holder is erased, and not before, their words may be emptied and a check deleted;
nothing else of such a row changes then either. SQL by hand meets this too. A request at the desk is
decided once, and stands as it was asked.
"""

from enabler.persistence import credential_rules, triggers
from enabler.persistence.triggers import differ, no_longer_refused, refuse_update

LINE, NOTE = "conversation_line", "report_note"
_KEPT_OF_LINE = (
    "id", "place_id", "match_id", "by_member_id", "side", "kind", "visit_start", "visit_end",
    "holds", "at",
)  # fmt: skip
_KEPT_OF_NOTE = ("id", "place_id", "report_id", "kind", "by_member_id", "at", "facts")
_ERASED = "EXISTS (SELECT 1 FROM member WHERE id = OLD.by_member_id AND state = 'erased')"
PROPOSED = ("place_id", "ref", "member_id", "asked_by", "asked_at")
DECIDED = ("state", "decided_by", "decided_at")
NAME, PROPOSAL = "erasure_proposal_decided_once", "erasure_proposal"


def _emptied(dialect: str, kept: tuple[str, ...], json: str, *words: str) -> str:
    same = f"NOT ({differ(dialect, kept, json=(json,))})"
    empty = " AND ".join(f"COALESCE(NEW.{each}, '') = ''" for each in words)
    return f"{same} AND {empty} AND {_ERASED}"


def doors(dialect: str, line_deletable: str, note_deletable: str) -> list[str]:
    """The statements that open the door in place of the triggers that knew none."""
    line = _emptied(dialect, _KEPT_OF_LINE, "holds", "words", "where_words")
    note = _emptied(dialect, _KEPT_OF_NOTE, "facts", "words")
    return [
        *triggers.no_longer_append_only(dialect, LINE),
        *triggers.append_only(dialect, LINE, deletable=line_deletable, emptied=line),
        *triggers.no_longer_append_only(dialect, NOTE),
        *triggers.append_only(dialect, NOTE, deletable=note_deletable, emptied=note),
        *credential_rules.without(dialect),
        *credential_rules.rules(dialect, erasing=True),
    ]


def closed(dialect: str, line_deletable: str, note_deletable: str) -> list[str]:
    """The way back (a downgrade's)."""
    return [
        *triggers.no_longer_append_only(dialect, LINE),
        *triggers.append_only(dialect, LINE, deletable=line_deletable),
        *triggers.no_longer_append_only(dialect, NOTE),
        *triggers.append_only(dialect, NOTE, deletable=note_deletable),
        *credential_rules.without(dialect),
        *credential_rules.rules(dialect),
    ]


def rules(dialect: str) -> list[str]:
    """The statements by which a request at the desk is decided once."""
    over = f"OLD.state <> 'waiting' AND ({differ(dialect, DECIDED)})"
    changes = f"({differ(dialect, PROPOSED)}) OR ({over})"
    return refuse_update(dialect, NAME, PROPOSAL, changes, f"{PROPOSAL} is decided once")


def without(dialect: str) -> list[str]:
    """The way back of those."""
    return no_longer_refused(dialect, NAME, PROPOSAL)
