"""What texts cost a place: those that a provider took, and in how many segments."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from enabler.domain.vocabulary import Channel, OutboxState, Priority
from enabler.persistence.tables.messages import OutboxRow

_PERHAPS = (OutboxState.SENDING, OutboxState.UNKNOWN)
"""Nobody knows yet; it is counted as taken, since money that was spent is the dearer mistake."""
_SEGMENTS: ColumnElement[int] = func.coalesce(OutboxRow.segments, 1)


@dataclass(frozen=True, slots=True)
class Taken:
    """A text that a provider took: when, of which priority and kind, in how many segments."""

    at: datetime
    priority: Priority
    template: str
    segments: int


class TextCosts:
    """Reads of one session. A text counts in the time in which it was handed over."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def taken(self, place_id: int, since: datetime, until: datetime) -> Iterator[Taken]:
        """Each text of a place in this time."""
        row = OutboxRow
        query = select(row.sent_at, row.priority, row.template, _SEGMENTS)
        query = query.where(*_taken(place_id, since, until)).order_by(row.sent_at)
        for at, priority, template, segments in self._session.execute(query):
            if at is not None:  # as asked for
                yield Taken(at, priority, template, segments)

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
