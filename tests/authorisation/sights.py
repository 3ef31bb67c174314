"""What an answer shows of somebody else is held against the sights that were written for it.

Every transaction of an answer is recorded: what it read, which sights it wrote, whether it was
kept. And it is tried the other way round: where no sight can be written, nothing may be shown.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, event, select, text

from enabler.persistence.database import db
from enabler.persistence.tables.members import ContactRow, HomeRow, MemberRow
from enabler.persistence.tables.needs import NeedRow
from enabler.persistence.unit_of_work import reading
from tests.authorisation.worlds import World

SEEN_AS = {
    "name": frozenset({"name", "case", "words"}), "phone": frozenset({"phone"}),
    "mail": frozenset({"phone"}), "address": frozenset({"address"}),
}  # fmt: skip
"""By which codes of a sight a value of somebody's is told of: where to write to them stands beside
their number."""
TABLES = {"name": "member", "phone": "contact", "mail": "contact", "address": "home"}
"""Where each value lies."""


@dataclass(frozen=True)
class Value:
    """Letters that stand nowhere but in one value of this member's."""

    member_id: int
    kind: str
    letters: str


@dataclass
class Transaction:
    """What one of them did: the statements that read, the sights (viewer, whose, what)."""

    read: list[str] = field(default_factory=list)
    sights: list[tuple[str, int, frozenset[str]]] = field(default_factory=list)
    kept: bool = False


def values(world: World) -> tuple[Value, ...]:
    """Every protected value of every member who has letters of their own, as it is kept."""
    found: list[Value] = []
    with world.app.app_context(), reading() as uow:
        for one in uow.session.scalars(select(MemberRow)):
            parts = one.name.split()
            if len(parts) != 2 or not parts[0].endswith("q"):
                continue  # somebody of the scenery
            found += [Value(one.id, "name", part) for part in parts]
            home = None if one.home_id is None else uow.session.get_one(HomeRow, one.home_id)
            if home is not None:
                found.append(Value(one.id, "address", home.address))
        known = {one.member_id for one in found}
        for row in uow.session.scalars(select(ContactRow).where(ContactRow.member_id.in_(known))):
            found.append(Value(row.member_id, row.kind, row.value))
            if row.kind == "phone":
                found.append(Value(row.member_id, "phone", f"0{row.value[3:7]} {row.value[7:]}"))
        doors = select(NeedRow.asker_id, NeedRow.address).where(NeedRow.asker_id.in_(known))
        found += {Value(who, "address", at) for who, at in uow.session.execute(doors) if at}
    return tuple(found)


def shown(body: str, reader: int | None, all_values: Iterable[Value]) -> set[tuple[int, str]]:
    """Whose and which values of others stand in an answer."""
    return {
        (one.member_id, one.kind) for one in all_values
        if one.member_id != reader and one.letters in body
    }  # fmt: skip


class _Recorder:
    """Hears what every connection of the app's does."""

    def __init__(self) -> None:
        self.found: list[Transaction] = []
        self._open: dict[int, Transaction] = {}

    def begin(self, connection: Any) -> None:
        """A transaction begins."""
        self.found.append(Transaction())
        self._open[_key(connection)] = self.found[-1]

    def said(
        self, connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any,
        many: bool,
    ) -> None:  # fmt: skip
        """A statement is run in it."""
        one = self._open.get(_key(connection))
        if one is None:
            return
        if statement.lstrip().upper().startswith("SELECT"):
            one.read.append(statement)
        elif statement.startswith("INSERT INTO sight"):
            rows = parameters if many else [parameters]
            one.sights += [_sight(statement, row) for row in rows]

    def commit(self, connection: Any) -> None:
        """It is kept."""
        if (one := self._open.get(_key(connection))) is not None:
            one.kept = True


def _key(connection: Any) -> int:
    return id(connection.connection.dbapi_connection)


@contextmanager
def recorded(world: World) -> Iterator[list[Transaction]]:
    """The transactions of what is done meanwhile."""
    recorder = _Recorder()
    with world.app.app_context():
        engine: Engine = db.engine
    hooks = (
        ("begin", recorder.begin), ("before_cursor_execute", recorder.said),
        ("commit", recorder.commit),
    )  # fmt: skip
    for name, hook in hooks:
        event.listen(engine, name, hook)
    try:
        yield recorder.found
    finally:
        for name, hook in hooks:
            event.remove(engine, name, hook)


def _sight(statement: str, row: Any) -> tuple[str, int, frozenset[str]]:
    if isinstance(row, dict):
        return str(row["viewer"]), int(row["member_id"]), frozenset(row["what"].split(","))
    names = [name.strip() for name in statement.split("(", 1)[1].split(")", 1)[0].split(",")]
    by_name = dict(zip(names, row, strict=False))
    return (
        str(by_name["viewer"]), int(by_name["member_id"]),
        frozenset(str(by_name["what"]).split(",")),
    )  # fmt: skip


def unwritten(
    found: set[tuple[int, str]], viewer: str, transactions: Iterable[Transaction]
) -> set[tuple[int, str]]:
    """What of it no kept transaction both read and wrote the sight of."""
    kept = [one for one in transactions if one.kept]
    return {
        (whose, kind) for whose, kind in found
        if not any(_tells(one, viewer, whose, kind) for one in kept)
    }  # fmt: skip


def _tells(one: Transaction, viewer: str, whose: int, kind: str) -> bool:
    tables = (TABLES[kind], "need") if kind == "address" else (TABLES[kind],)
    read = any(f"FROM {table}" in each or f"JOIN {table}" in each
               for each in one.read for table in tables)  # fmt: skip
    return read and any(
        by == viewer and of == whose and what & SEEN_AS[kind] for by, of, what in one.sights
    )


def needless(
    found: set[tuple[int, str]], transactions: Iterable[Transaction]
) -> set[tuple[int, str]]:
    """Sights of a name or an address of whom the answer shows neither."""
    written = {
        (whose, code) for one in transactions if one.kept
        for _, whose, what in one.sights for code in what if code in ("name", "address")
    }  # fmt: skip
    return written - found


@contextmanager
def nothing_can_be_logged(world: World) -> Iterator[None]:
    """The database refuses every sight. No context of the app's stays open meanwhile: an answer in
    it would be everybody's who came before."""
    with world.app.app_context():
        sqlite = db.engine.dialect.name == "sqlite"
    refuse, again = _ON_SQLITE if sqlite else _ON_POSTGRES
    _run(world, *refuse)
    try:
        yield
    finally:
        _run(world, *again)


_ON_SQLITE = (
    ("CREATE TRIGGER no_sight BEFORE INSERT ON sight BEGIN SELECT RAISE(ABORT, 'no sight'); END",),
    ("DROP TRIGGER no_sight",),
)
_ON_POSTGRES = (
    (
        (
            "CREATE FUNCTION no_sight() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'no sight' USING ERRCODE = 'restrict_violation'; END $$"
        ),
        "CREATE TRIGGER no_sight BEFORE INSERT ON sight FOR EACH ROW EXECUTE FUNCTION no_sight()",
    ),
    ("DROP TRIGGER no_sight ON sight", "DROP FUNCTION no_sight()"),
)


def forget_sights(world: World) -> None:
    """As if nobody had looked yet: a sight of this very minute would be written once only."""
    _run(world, "DELETE FROM sight")


def _run(world: World, *statements: str) -> None:
    with world.app.app_context(), db.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
