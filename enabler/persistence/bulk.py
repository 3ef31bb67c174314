"""Many rows at once: a statement for thousands, instead of an object for each."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import DeclarativeBase, Session

AT_ONCE = 5_000


def added(
    session: Session, kind: type[DeclarativeBase], rows: Sequence[Mapping[str, Any]]
) -> list[int]:
    """Insert rows that name the same columns; their ids, in the order of the rows."""
    number = kind.__table__.c.id
    statement = insert(kind).returning(number, sort_by_parameter_order=True)
    ids: list[int] = []
    for start in range(0, len(rows), AT_ONCE):
        ids += session.scalars(statement, rows[start : start + AT_ONCE])
    return ids


def add(session: Session, kind: type[DeclarativeBase], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that name the same columns."""
    for start in range(0, len(rows), AT_ONCE):
        session.execute(insert(kind), rows[start : start + AT_ONCE])
