"""Messages of conversations that wait for a custodian's look."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from enabler.domain.errors import NotFound
from enabler.domain.refs import written
from enabler.persistence.tables.signals import HeldMessageRow


@dataclass(frozen=True, slots=True)
class HeldMessage:
    """One message, as it was written; ``state``: waits, passed or stopped."""

    id: int
    place_id: int
    ref: str
    match_id: int
    by_member_id: int | None
    side: str
    words: str
    holds: tuple[str, ...]
    at: datetime
    state: str


class HeldMessages:
    """Rows of one place, or of one match."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, **values: Any) -> HeldMessage:
        """Keep one: it waits."""
        row = HeldMessageRow(**values, state="waits")
        self._session.add(row)
        self._session.flush()
        return _message(row)

    def waiting_in(self, place_id: int) -> list[HeldMessage]:
        """Those of a place that wait, the oldest first."""
        return self._all(place_id=place_id, state="waits")

    def of_match(self, match_id: int) -> list[HeldMessage]:
        """Those of a conversation that were not passed on, the oldest first."""
        return [one for one in self._all(match_id=match_id) if one.state != "passed"]

    def by_ref(self, place_id: int | None, ref: str) -> HeldMessage:
        """One of this place (any, for None), held until the transaction ends. Raises NotFound."""
        query = select(HeldMessageRow).where(HeldMessageRow.ref == written(ref))
        if place_id is not None:
            query = query.where(HeldMessageRow.place_id == place_id)
        row = self._session.scalar(
            query.with_for_update(), execution_options={"populate_existing": True}
        )
        if row is None:
            raise NotFound("ref_unknown")
        return _message(row)

    def decide(self, message_id: int, state: str, *, by_name: str, now: datetime) -> None:
        """It was passed on, or stopped."""
        self._session.execute(
            update(HeldMessageRow)
            .where(HeldMessageRow.id == message_id)
            .values(state=state, decided_at=now, decided_by=by_name)
        )

    def _all(self, **by: Any) -> list[HeldMessage]:
        query = select(HeldMessageRow).filter_by(**by).order_by(HeldMessageRow.id)
        return [_message(row) for row in self._session.scalars(query)]


def _message(row: HeldMessageRow) -> HeldMessage:
    return HeldMessage(
        row.id, row.place_id, row.ref, row.match_id, row.by_member_id, row.side, row.words,
        tuple(row.holds), row.at, row.state,
    )  # fmt: skip
