"""Nothing that a signal holds is opened before a person has let it through, whoever writes.

Triggers of both databases. A signal that holds stands until it was looked at or has ended.
"""

from collections.abc import Mapping

_OPENED = {
    "need": "'open', 'filled', 'arranged', 'done'",
    "offer": "'open', 'paused'",
}
"""The states in which a thing is in the market."""
STANDS = "holds AND looked_at IS NULL AND ended_at IS NULL"


_STANDING = (  # no words of anybody are in it
    "EXISTS (SELECT 1 FROM signal WHERE <stands> AND kind = '<kind>' AND about_id = NEW.id"
    " AND place_id = NEW.place_id)"
).replace("<stands>", STANDS)


def _standing(kind: str) -> str:
    return _STANDING.replace("<kind>", kind)


def rules(dialect: str) -> Mapping[str, str]:
    """The statements that make the triggers, by name."""
    return dict(pair for kind in _OPENED for pair in _of(dialect, kind).items())


def without(dialect: str) -> tuple[str, ...]:
    """The statements that take them away."""
    if dialect == "sqlite":
        return tuple(f"DROP TRIGGER IF EXISTS {kind}_held_by_signal" for kind in _OPENED)
    return tuple(
        statement
        for kind in _OPENED
        for statement in (
            f"DROP TRIGGER IF EXISTS {kind}_held_by_signal ON {kind}",
            f"DROP FUNCTION IF EXISTS {kind}_held_by_signal()",
        )
    )


def _of(dialect: str, kind: str) -> dict[str, str]:
    name, words = f"{kind}_held_by_signal", f"{kind} is held by a signal"
    opens = f"OLD.state = 'held' AND NEW.state IN ({_OPENED[kind]})"
    if dialect == "sqlite":
        return {
            name: f"CREATE TRIGGER {name} BEFORE UPDATE OF state ON {kind}"
            f" WHEN {opens} AND {_standing(kind)} BEGIN SELECT RAISE(ABORT, '{words}'); END"
        }
    return {
        f"{name}_does": f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF {_standing(kind)} THEN RAISE EXCEPTION '{words}' USING ERRCODE = '23514'; END IF;"
        " RETURN NEW; END $$",
        name: f"CREATE TRIGGER {name} BEFORE UPDATE OF state ON {kind} FOR EACH ROW"
        f" WHEN ({opens}) EXECUTE FUNCTION {name}()",
    }
