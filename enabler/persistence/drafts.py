"""Forms that were begun: what was typed so far, by the browser that typed it."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from enabler.persistence.database import changed
from enabler.persistence.tables.drafts import DraftRow


class Drafts:
    """One row for each browser and form."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(self, browser_hash: str, form: str, answers: dict[str, Any], now: datetime) -> None:
        """Keep the answers in place of what was kept."""
        if self._replaced(browser_hash, form, answers, now):
            return
        row = {"browser_hash": browser_hash, "form": form, "answers": answers, "updated_at": now}
        try:
            with self._session.begin_nested():
                self._session.execute(insert(DraftRow).values(row))
        except IntegrityError:  # the same browser's other window was quicker
            self._replaced(browser_hash, form, answers, now)

    def _replaced(
        self, browser_hash: str, form: str, answers: dict[str, Any], now: datetime
    ) -> bool:
        statement = (
            update(DraftRow)
            .where(DraftRow.browser_hash == browser_hash, DraftRow.form == form)
            .values(answers=answers, updated_at=now)
        )
        return bool(changed(self._session.execute(statement)))

    def read(self, browser_hash: str, form: str, since: datetime) -> dict[str, Any] | None:
        """The answers, if they were kept after this moment."""
        return self._session.scalar(
            select(DraftRow.answers).where(
                DraftRow.browser_hash == browser_hash,
                DraftRow.form == form,
                DraftRow.updated_at > since,
            )
        )

    def drop(self, browser_hash: str, form: str) -> None:
        """Forget a form."""
        self._session.execute(
            delete(DraftRow).where(DraftRow.browser_hash == browser_hash, DraftRow.form == form)
        )

    def drop_all(self, browser_hash: str) -> None:
        """Forget every form of a browser."""
        self._session.execute(delete(DraftRow).where(DraftRow.browser_hash == browser_hash))
