"""Visits of which both sides are still to be reminded."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from enabler.persistence.tables.conversations import ReminderRow


@dataclass(frozen=True, slots=True)
class Reminder:
    """The visit as it was agreed when the reminder was set."""

    match_id: int
    visit_start: datetime


class Reminders:
    """One row for each such visit; the time's change replaces it."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def set(
        self, match_id: int, place_id: int, visit_start: datetime, remind_at: datetime | None
    ) -> None:
        """Remind of this visit, and of no other of its match; never, where ``remind_at`` is None.

        The caller holds the match's need.
        """
        self.drop(match_id)
        if remind_at is None:
            return
        self._session.execute(
            insert(ReminderRow).values(
                match_id=match_id, place_id=place_id, remind_at=remind_at, visit_start=visit_start
            )
        )

    def claim_due(self, now: datetime) -> Reminder | None:
        """One that is due, held; others skip it."""
        query = (
            select(ReminderRow)
            .where(ReminderRow.remind_at <= now)
            .order_by(ReminderRow.remind_at, ReminderRow.match_id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        row = self._session.scalar(query)
        return None if row is None else Reminder(row.match_id, row.visit_start)

    def drop(self, match_id: int) -> None:
        """It was said, or need not be."""
        self._session.execute(delete(ReminderRow).where(ReminderRow.match_id == match_id))
