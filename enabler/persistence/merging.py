"""Rows that are to be as a file says: what is new is added, what differs is changed, in bulk."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from shapely.geometry.base import BaseGeometry
from sqlalchemy import ColumnElement, delete, insert, select, update
from sqlalchemy.orm import DeclarativeBase, Session

from enabler.persistence import spatial
from enabler.persistence.chunks import chunked

IN_ONE_STATEMENT = 2_000


@dataclass(slots=True)
class Merged:
    """What became of the rows: ids by natural key, and the ids of rows that no file names now."""

    ids: dict[tuple[Any, ...], int] = field(default_factory=dict)
    added: int = 0
    changed: int = 0
    stale: list[int] = field(default_factory=list)


def merge(
    session: Session,
    kind: type[DeclarativeBase],
    scope: ColumnElement[bool],
    keys: Sequence[str],
    rows: Sequence[Mapping[str, Any]],
    told: Callable[[int], None] = lambda _: None,
) -> Merged:
    """Make the rows of the scope as given; every row names the same columns.

    ``keys`` name the natural key. Rows of the scope that are not given are left and listed as
    stale. Shapes are given and compared as shapes. ``told`` hears how many rows are done.
    """
    present = _present(session, kind, scope, keys, list(rows[0]) if rows else list(keys))
    new, different = [], []
    for row in rows:
        known = present.pop(tuple(row[key] for key in keys), None)
        if known is None:
            new.append(row)
        elif any(known[name] != value for name, value in row.items()):
            different.append({"id": known["id"], **row})
    stale = [known["id"] for known in present.values()]
    told(len(rows) - len(new) - len(different))
    for part in _parts(different):
        session.execute(update(kind), [_bound(row) for row in part])
        told(len(part))
    for part in _parts(new):
        session.execute(insert(kind), [_bound(row) for row in part])
        told(len(part))
    found = _present(session, kind, scope, keys, list(keys))
    ids = {key: known["id"] for key, known in found.items()}
    return Merged(ids, len(new), len(different), stale)


def remove(session: Session, kind: type[DeclarativeBase], ids: Sequence[int]) -> int:
    """Delete rows by id; how many there were."""
    for part in chunked(ids):
        session.execute(delete(kind).where(kind.__table__.c.id.in_(part)))
    return len(ids)


def change(session: Session, kind: type[DeclarativeBase], rows: Sequence[Mapping[str, Any]]) -> int:
    """Change rows by their ids; how many were given."""
    for part in _parts(rows):
        session.execute(update(kind), [_bound(row) for row in part])
    return len(rows)


def _present(
    session: Session,
    kind: type[DeclarativeBase],
    scope: ColumnElement[bool],
    keys: Sequence[str],
    names: Sequence[str],
) -> dict[tuple[Any, ...], dict[str, Any]]:
    columns = kind.__table__.c
    wanted = [columns[name] for name in dict.fromkeys(["id", *keys, *names])]
    found = session.execute(select(*wanted).where(scope)).mappings()
    rows = [{name: _unbound(value) for name, value in row.items()} for row in found]
    return {tuple(row[key] for key in keys): row for row in rows}


def _bound(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: spatial.to_column(value) if isinstance(value, BaseGeometry) else value
        for name, value in row.items()
    }


def _unbound(value: Any) -> Any:
    return spatial.from_column(value) if spatial.is_shape(value) else value


def _parts(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(rows), IN_ONE_STATEMENT):
        yield rows[start : start + IN_ONE_STATEMENT]
