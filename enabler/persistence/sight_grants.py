"""What members let an organisation, or one person by name, see of theirs."""

from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from enabler.domain.errors import NotFound
from enabler.domain.refs import written
from enabler.domain.sight_grants import SightGrant
from enabler.persistence.refs import Refs
from enabler.persistence.tables.sight_grants import SightGrantRow

_COLUMNS = tuple(getattr(SightGrantRow, field.name) for field in fields(SightGrant))


class SightGrants:
    """The rows of such leave."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, *, place_id: int, **values: Any) -> SightGrant:
        """Keep a new one."""
        ref = Refs(self._session).new(place_id, "sight-grant")
        self._session.add(SightGrantRow(place_id=place_id, ref=ref, **values))
        self._session.flush()
        return self.by_ref(place_id, ref)

    def by_ref(self, place_id: int, ref: str) -> SightGrant:
        """One of a place. Raises NotFound."""
        query = select(*_COLUMNS).where(
            SightGrantRow.ref == written(ref), SightGrantRow.place_id == place_id
        )
        row = self._session.execute(query).first()
        if row is None:
            raise NotFound("leave_unknown")
        return SightGrant(*row)

    def holding(self, now: datetime, **which: int) -> tuple[SightGrant, ...]:
        """Those that hold at this moment of a member, to a person or to an organisation, as the
        columns in ``which`` say; the newest first."""
        row = SightGrantRow
        query = (
            select(*_COLUMNS)
            .where(*(getattr(row, name) == value for name, value in which.items()))
            .where(row.ended_at.is_(None), row.given_at <= now, row.until_at > now)
            .order_by(row.id.desc())
        )
        return tuple(SightGrant(*each) for each in self._session.execute(query))

    def end(self, grant_id: int, now: datetime) -> None:
        """They see it no more."""
        row = SightGrantRow
        self._session.execute(
            update(row).where(row.id == grant_id, row.ended_at.is_(None)).values(ended_at=now)
        )
