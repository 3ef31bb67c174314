"""The rows of ``visit``: what is kept of a match's visit beside its time."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from enabler.domain.visits import Stage, Visit
from enabler.persistence.among import among
from enabler.persistence.tables.visits import VisitRow

_NAMES = tuple(field.name for field in fields(Visit))
_COLUMNS = tuple(getattr(VisitRow, name) for name in _NAMES)
_KEPT = tuple(name for name in _NAMES if name not in ("match_id", "place_id", "word"))


class Visits:
    """One row for each match that was said yes to. The caller holds the match's need."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def begin(self, visit: Visit) -> None:
        """Keep what a yes begins with; anew, where the same match was said yes to again."""
        row = self._session.get(VisitRow, visit.match_id)
        if row is not None:
            self._session.delete(row)
            self._session.flush()
        values = {name: getattr(visit, name) for name in _NAMES}
        self._session.execute(insert(VisitRow).values(values | {"stage": int(visit.stage)}))

    def begin_missing(self, visit: Visit) -> None:
        """Keep one that was not there, also while somebody else does."""
        values = {name: getattr(visit, name) for name in _NAMES} | {"stage": int(visit.stage)}
        with suppress(IntegrityError), self._session.begin_nested():
            self._session.execute(insert(VisitRow).values(values))

    def of(self, match_id: int) -> Visit | None:
        """The row of a match, if somebody has said yes."""
        query = select(*_COLUMNS).where(VisitRow.match_id == match_id)
        row = self._session.execute(query).one_or_none()
        return None if row is None else _visit(row)

    def of_many(self, match_ids: Iterable[int]) -> dict[int, Visit]:
        """The rows of several matches, by match."""
        query = select(*_COLUMNS).where(among(VisitRow.match_id, list(match_ids)))
        return {row.match_id: _visit(row) for row in self._session.execute(query)}

    def keep(self, visit: Visit) -> None:
        """Write how it stands now; where it rings again, who had seen to it does not count."""
        values = {name: getattr(visit, name) for name in _KEPT} | {"stage": int(visit.stage)}
        if visit.cleared_at is None:
            values |= {"cleared_by": None, "cleared_words": None}
        self._change(visit.match_id, **values)

    def clear(self, match_id: int, *, by: int, words: str, now: datetime) -> None:
        """Somebody of the desk has seen to it: nothing rings any more."""
        self._change(
            match_id, cleared_at=now, cleared_by=by, cleared_words=words, next_at=None
        )  # fmt: skip

    def claim_due(self, now: datetime) -> int | None:
        """The match of one whose alarm is due, held; others skip it."""
        query = (
            select(VisitRow.match_id)
            .where(VisitRow.next_at <= now)
            .order_by(VisitRow.next_at, VisitRow.match_id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        return self._session.scalar(query)

    def alarmed(self, place_id: int) -> tuple[Visit, ...]:
        """The visits of a place that somebody of the desk is to see to, the longest due first."""
        raised = or_(VisitRow.stage >= int(Stage.CUSTODIANS), VisitRow.stuck_at.is_not(None))
        inside = or_(VisitRow.left_at.is_(None), VisitRow.stuck_at.is_not(None))
        open_still = and_(VisitRow.cleared_at.is_(None), inside)
        return self._many((VisitRow.place_id == place_id) & raised & open_still)

    def _many(self, condition: ColumnElement[bool]) -> tuple[Visit, ...]:
        query = select(*_COLUMNS).where(condition)
        ordered = query.order_by(VisitRow.until_at, VisitRow.match_id)
        return tuple(_visit(row) for row in self._session.execute(ordered))

    def _change(self, match_id: int, **values: Any) -> None:
        self._session.execute(
            update(VisitRow).where(VisitRow.match_id == match_id).values(**values)
        )


def _visit(row: Any) -> Visit:
    values = dict(zip(_NAMES, row, strict=True))
    return Visit(**values | {"stage": Stage(values["stage"])})
