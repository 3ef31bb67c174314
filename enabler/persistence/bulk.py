"""Many rows at once: a statement for thousands, instead of an object for each."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import DeclarativeBase, Session

AT_ONCE = 5_000


def add(session: Session, kind: type[DeclarativeBase], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that name the same columns; what they do not name has its default."""
    for start in range(0, len(rows), AT_ONCE):
        session.execute(insert(kind.__table__), rows[start : start + AT_ONCE])  # type: ignore[arg-type]


def numbered(
    session: Session, kind: type[DeclarativeBase], rows: Sequence[Mapping[str, Any]]
) -> list[int]:
    """Insert rows that are all alike; their ids, in order."""
    table = kind.__table__
    statement = insert(table).returning(table.c.id)  # type: ignore[arg-type]
    ids: list[int] = []
    for start in range(0, len(rows), AT_ONCE):
        ids += session.scalars(statement, rows[start : start + AT_ONCE])
    return sorted(ids)
