"""What was written and waits to be listened to."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from enabler.persistence.tables.signals import UnheardRow


@dataclass(frozen=True, slots=True)
class Unheard:
    """Words that wait: of which thing they are (``kind``, id, ref), and who wrote them."""

    id: int
    place_id: int
    kind: str
    about_id: int
    about_ref: str
    member_id: int | None
    words: str
    at: datetime


class UnheardWords:
    """The words that wait, oldest first."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(
        self, place_id: int, about: tuple[str, int, str], words: str, *, member_id: int | None,
        now: datetime,
    ) -> None:  # fmt: skip
        """Words of this thing (kind, id, ref) wait from now on, unless the very same do already."""
        kind, about_id, ref = about
        same = {"place_id": place_id, "kind": kind, "about_id": about_id, "words": words}
        if self._session.scalar(select(UnheardRow.id).filter_by(**same).limit(1)) is None:
            self._session.add(UnheardRow(about_ref=ref, member_id=member_id, at=now, **same))

    def claim(self) -> Unheard | None:
        """The words that wait longest, held; others skip them."""
        query = (
            select(UnheardRow).order_by(UnheardRow.at, UnheardRow.id).limit(1)
            .with_for_update(skip_locked=True)
        )  # fmt: skip
        row = self._session.scalar(query)
        return None if row is None else Unheard(
            row.id, row.place_id, row.kind, row.about_id, row.about_ref, row.member_id, row.words,
            row.at,
        )  # fmt: skip

    def end(self, unheard_id: int) -> None:
        """They were listened to: nothing of them is kept here."""
        self._session.execute(delete(UnheardRow).filter_by(id=unheard_id))
