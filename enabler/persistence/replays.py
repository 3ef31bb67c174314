"""The place of replays, its accounts by their outside names, and a bare table to compare with."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from shapely import MultiPolygon, box
from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from enabler.domain.places import REPLAY
from enabler.persistence import spatial
from enabler.persistence.database import columns_of, db
from enabler.persistence.tables.ledger import AccountRow, TransferRow
from enabler.persistence.tables.places import PlaceRow
from enabler.persistence.tables.replays import ReplayAccountRow
from enabler.timebank.accounts import AccountKind

_A, _T, _NAME = (columns_of(row) for row in (AccountRow, TransferRow, ReplayAccountRow))
_ACCOUNTS: Any = AccountRow.__table__
_NAMES: Any = ReplayAccountRow.__table__
_PLACE = select(columns_of(PlaceRow).id).where(columns_of(PlaceRow).slug == REPLAY)
_BARE = "replay_bare"
_BARE_COLUMNS = "(seq BIGINT PRIMARY KEY, at TEXT, debit BIGINT, credit BIGINT, minutes BIGINT)"
_BARE_ROW = text(f"INSERT INTO {_BARE} VALUES (:seq, :at, :debit, :credit, :minutes)")  # noqa: S608


class Replays:
    """Where another community's history goes."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def place(self, now: datetime) -> int:
        """The place of replays, made when it is first needed: a square metre of the sea."""
        found: int | None = self._session.scalar(_PLACE)
        if found is not None:
            return found
        row = PlaceRow(
            slug=REPLAY, name="Replay", timezone="UTC", languages=["en"], phone=None, contact={},
            invented=True, boundary=spatial.to_column(MultiPolygon([box(0, 0, 1, 1)])),
            created_at=now,
        )  # fmt: skip
        self._session.add(row)
        self._session.flush()
        return row.id

    def accounts(self) -> dict[str, int]:
        """The number of each account, by its outside name."""
        rows = self._session.execute(select(_NAME.name, _NAME.account_id))
        return {row.name: row.account_id for row in rows}

    def opened(self, place_id: int, names: Sequence[str]) -> dict[str, int]:
        """The accounts of these names; those that there are not yet are opened: clearing accounts
        without a floor, since an outside history knows none of ours."""
        query = select(_NAME.name, _NAME.account_id).where(_NAME.name.in_(names))
        found = {row.name: row.account_id for row in self._session.execute(query)}
        new = [name for name in names if name not in found]
        if new:
            values = {"place_id": place_id, "kind": AccountKind.CLEARING.value, "floor": None}
            opening = insert(_ACCOUNTS).returning(_A.id)
            numbers = self._session.scalars(opening, [values] * len(new)).all()
            found |= dict(zip(new, numbers, strict=True))
            rows = [{"name": name, "account_id": found[name]} for name in new]
            self._session.execute(insert(_NAMES), rows)
        return found

    def keys(self, place_id: int) -> set[str]:
        """The keys of what was replayed before."""
        return set(self._session.scalars(select(_T.key).where(_T.place_id == place_id)))


@contextmanager
def bare_table() -> Iterator[None]:
    """A plain table without any rule, for the length of a ``with``: what the ledger costs more."""
    _said(f"DROP TABLE IF EXISTS {_BARE}", f"CREATE TABLE {_BARE} {_BARE_COLUMNS}")
    try:
        yield
    finally:
        _said(f"DROP TABLE {_BARE}")


def _said(*statements: str) -> None:
    with spatial.writing_gate(db.engine), _writing() as connection:
        for statement in statements:
            connection.execute(text(statement))
        connection.commit()


def bare_insert(row: dict[str, Any]) -> None:
    """A row of the plain table, in a commit of its own."""
    with spatial.writing_gate(db.engine), _writing() as connection:
        connection.execute(_BARE_ROW, row)
        connection.commit()


def _writing() -> Any:
    return db.engine.connect().execution_options(**{spatial.WRITES: True})
