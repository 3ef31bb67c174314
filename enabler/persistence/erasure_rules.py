"""The one door by which what is never changed may lose a person's words: that they were erased.

Lines of a conversation and checks are kept as they were said, by triggers. Once their author or
holder is erased, and not before, the words may be emptied and the check deleted; nothing else of
such a row changes then either. SQL by hand meets this too. A request at the desk is decided once,
and stands as it was asked.
"""

from enabler.persistence import credential_rules, triggers
from enabler.persistence.triggers import differ, no_longer_refused, refuse_update

LINE = "conversation_line"
_KEPT = (
    "id", "place_id", "match_id", "by_member_id", "side", "kind", "visit_start", "visit_end",
    "holds", "at",
)  # fmt: skip
_ERASED = "EXISTS (SELECT 1 FROM member WHERE id = OLD.by_member_id AND state = 'erased')"
PROPOSED = ("place_id", "ref", "member_id", "asked_by", "asked_at")
DECIDED = ("state", "decided_by", "decided_at")
NAME, PROPOSAL = "erasure_proposal_decided_once", "erasure_proposal"
WAITS = "erasure_proposal_waits"


def doors(dialect: str, deletable: str) -> list[str]:
    """The statements that open the door in place of the triggers that knew none. ``deletable``:
    when a line may be deleted, as it was."""
    same = f"NOT ({differ(dialect, _KEPT, json=('holds',))})"
    empty = "COALESCE(NEW.words, '') = '' AND COALESCE(NEW.where_words, '') = ''"
    emptied = f"{same} AND {empty} AND {_ERASED}"
    return [
        *triggers.no_longer_append_only(dialect, LINE),
        *triggers.append_only(dialect, LINE, deletable=deletable, emptied=emptied),
        *credential_rules.without(dialect),
        *credential_rules.rules(dialect, erasing=True),
    ]


def closed(dialect: str, deletable: str) -> list[str]:
    """The way back (a downgrade's)."""
    return [
        *triggers.no_longer_append_only(dialect, LINE),
        *triggers.append_only(dialect, LINE, deletable=deletable),
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


def waits(dialect: str) -> list[str]:
    """The statements by which nobody makes the wait of a request shorter once it stands."""
    changes, refusal = differ(dialect, ("allowed_from",)), "the wait of a request stands"
    return refuse_update(dialect, WAITS, PROPOSAL, changes, refusal)


def waits_no_more(dialect: str) -> list[str]:
    """The way back of those."""
    return no_longer_refused(dialect, WAITS, PROPOSAL)
