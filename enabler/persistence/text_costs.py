"""What texts cost a place: those that a provider took, and in how many segments."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from enabler.domain.vocabulary import Channel, OutboxState, Priority
from enabler.persistence.tables.messages import OutboxRow

_PERHAPS = (OutboxState.SENDING, OutboxState.UNKNOWN)
"""Nobody knows yet; it is counted as taken, since money that was spent is the dearer mistake."""
_SEGMENTS: ColumnElement[int] = func.coalesce(OutboxRow.segments, 1)


class TextCosts:
    """Reads of one session. A text counts in the time in which it was handed over."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def taken(
        self, place_id: int, since: datetime, until: datetime
    ) -> Iterator[tuple[datetime, Priority, int]]:
        """Each text of a place in this time: when, of which priority, in how many segments."""
        query = select(OutboxRow.sent_at, OutboxRow.priority, _SEGMENTS)
        query = query.where(*_taken(place_id, since, until)).order_by(OutboxRow.sent_at)
        for at, priority, segments in self._session.execute(query):
            if at is not None:  # as asked for
                yield at, priority, segments

    def segments(self, place_id: int, since: datetime, until: datetime) -> int:
        """In how many segments all of them went."""
        query = select(func.sum(_SEGMENTS)).where(*_taken(place_id, since, until))
        return int(self._session.scalar(query) or 0)

    def about(self, need_id: int, *, but: int) -> int:
        """How many texts went about a need, to anybody, ``but`` for one row."""
        row = OutboxRow
        query = select(func.count()).where(
            row.about_need == need_id, row.channel == Channel.TEXT, row.id != but,
            row.sent_at.is_not(None),
            or_(row.provider_ref.is_not(None), row.state.in_(_PERHAPS)),
        )  # fmt: skip
        return self._session.scalar(query) or 0


def _taken(place_id: int, since: datetime, until: datetime) -> tuple[Any, ...]:
    row = OutboxRow
    return (
        row.place_id == place_id, row.channel == Channel.TEXT, row.sent_at >= since,
        row.sent_at < until, or_(row.provider_ref.is_not(None), row.state.in_(_PERHAPS)),
    )  # fmt: skip
