"""Triggers of mandates, on both databases: what no code can pass by."""

from enabler.persistence import triggers

FIXED = (
    "place_id", "ref", "member_id", "supporter_id", "organisation_id", "scopes", "from_at",
    "until_at", "basis", "attorney", "wording", "version", "language", "wording_hash", "channel",
    "recorded_by", "witness_id", "second_id",
)  # fmt: skip
"""What never changes once it is kept; ``evidence`` can only go."""
MOST_DAYS, MOST_PEOPLE = 180, 5


def statements(dialect: str) -> list[str]:
    """Statements after which a mandate lasts 180 days at most, a private supporter has five people
    at most at a time, and a row changes by its end (once) and by how much is heard alone."""
    changes = triggers.differ(dialect, FIXED, json=("scopes",))
    ends = triggers.differ(dialect, ("ended_at", "ended_because", "ended_by"))
    evidence = triggers.differ(dialect, ("evidence",))
    refused = (
        f"({changes}) OR (NEW.evidence IS NOT NULL AND ({evidence}))"
        f" OR (OLD.ended_at IS NOT NULL AND ({ends}))"
    )
    return [
        *_checked_insert(dialect),
        *triggers.refuse_update(
            dialect, "mandate_fixed", "mandate", refused, "a mandate never changes but to end"
        ),
    ]


_TWO = "two people see that a private supporter may act, unless the member answers by a code"


def two_see_it(dialect: str) -> list[str]:
    """Statements after which a private supporter's mandate begins by the member's own code, or with
    two who saw that it is wanted, be it said, written or in a power of attorney. Those that began
    before stay."""
    lacks = "NEW.supporter_id IS NOT NULL AND NEW.basis <> 'own-reply' AND NEW.second_id IS NULL"
    if dialect == "sqlite":
        refuse = f"BEGIN SELECT RAISE(ABORT, '{_TWO}'); END"
        return [f"CREATE TRIGGER mandate_two_see BEFORE INSERT ON mandate WHEN {lacks} {refuse}"]
    body = (
        f"BEGIN IF {lacks} THEN RAISE EXCEPTION '{_TWO}' USING ERRCODE = 'restrict_violation';"
        " END IF; RETURN NEW; END"
    )
    run = "EXECUTE FUNCTION mandate_two_see()"
    return [
        f"CREATE FUNCTION mandate_two_see() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$",
        f"CREATE TRIGGER mandate_two_see BEFORE INSERT ON mandate FOR EACH ROW {run}",
    ]


def one_sees_it(dialect: str) -> list[str]:
    """The way back from ``two_see_it`` (a downgrade's)."""
    if dialect == "sqlite":
        return ["DROP TRIGGER mandate_two_see"]
    return ["DROP TRIGGER mandate_two_see ON mandate", "DROP FUNCTION mandate_two_see()"]


def no_longer(dialect: str) -> list[str]:
    """The way back (a downgrade's)."""
    if dialect == "sqlite":
        drop = ["DROP TRIGGER mandate_too_long", "DROP TRIGGER mandate_too_many"]
    else:
        drop = ["DROP TRIGGER mandate_begins ON mandate", "DROP FUNCTION mandate_begins()"]
    return [*drop, *triggers.no_longer_refused(dialect, "mandate_fixed", "mandate")]


_OTHERS = (
    "(SELECT COUNT(DISTINCT member_id) FROM mandate WHERE supporter_id = NEW.supporter_id"
    " AND member_id <> NEW.member_id AND ended_at IS NULL AND until_at > NEW.from_at)"
)
_LONG, _MANY = "a mandate lasts 180 days at most", "a supporter acts for five people at most"


def _checked_insert(dialect: str) -> list[str]:
    if dialect == "sqlite":
        # Days as julianday counts them, to less than a millisecond; writers take turns at a gate.
        days = "julianday(NEW.until_at) - julianday(NEW.from_at)"
        long = f"WHEN {days} > {MOST_DAYS}.00000001 BEGIN SELECT RAISE(ABORT, '{_LONG}'); END"
        many = (
            f"WHEN NEW.supporter_id IS NOT NULL AND {_OTHERS} >= {MOST_PEOPLE}"
            f" BEGIN SELECT RAISE(ABORT, '{_MANY}'); END"
        )
        return [
            f"CREATE TRIGGER mandate_too_long BEFORE INSERT ON mandate {long}",
            f"CREATE TRIGGER mandate_too_many BEFORE INSERT ON mandate {many}",
        ]
    # The supporter's row is held first, in its own statement, so that two who come at once take
    # turns and the second counts what the first kept.
    body = (
        f"BEGIN IF NEW.until_at - NEW.from_at > interval '{MOST_DAYS} days' THEN"
        f" RAISE EXCEPTION '{_LONG}' USING ERRCODE = 'restrict_violation'; END IF;"
        " IF NEW.supporter_id IS NOT NULL THEN"
        " PERFORM 1 FROM member WHERE id = NEW.supporter_id FOR NO KEY UPDATE;"
        f" IF {_OTHERS} >= {MOST_PEOPLE} THEN"
        f" RAISE EXCEPTION '{_MANY}' USING ERRCODE = 'restrict_violation'; END IF;"
        " END IF; RETURN NEW; END"
    )
    run = "EXECUTE FUNCTION mandate_begins()"
    return [
        f"CREATE FUNCTION mandate_begins() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$",
        f"CREATE TRIGGER mandate_begins BEFORE INSERT ON mandate FOR EACH ROW {run}",
    ]
