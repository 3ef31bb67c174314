"""What the two sides of a match write to each other, and how far each has read it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from enabler.domain.conversation import Line
from enabler.domain.vocabulary import LineKind
from enabler.domain.windows import Window
from enabler.persistence.among import among
from enabler.persistence.database import changed
from enabler.persistence.tables.conversations import ConversationLineRow, ConversationReaderRow


class Conversations:
    """Lines, which are never changed, and readers. Each is of one match, found in its place."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(
        self, *, place_id: int, match_id: int, by_member_id: int | None, side: str, kind: LineKind,
        at: datetime, words: str | None = None, visit: Window | None = None,
        where: str | None = None, holds: Sequence[str] = (),
    ) -> None:  # fmt: skip
        """Keep a line."""
        self._session.execute(
            insert(ConversationLineRow).values(
                place_id=place_id, match_id=match_id, by_member_id=by_member_id, side=side,
                kind=kind, at=at, words=words, where_words=where, holds=list(holds),
                visit_start=visit.start if visit else None,
                visit_end=visit.end if visit else None,
            )
        )  # fmt: skip

    def of_match(self, match_id: int) -> list[Line]:
        """The lines of a match, oldest first."""
        query = (
            select(ConversationLineRow)
            .where(ConversationLineRow.match_id == match_id)
            .order_by(ConversationLineRow.id)
        )
        return [_line(row) for row in self._session.scalars(query)]

    def last_read(self, match_id: int, member_id: int) -> int:
        """The id of the last line that the member has read; 0 before the first."""
        query = select(ConversationReaderRow.last_line_id).filter_by(
            match_id=match_id, member_id=member_id
        )
        return self._session.scalar(query) or 0

    def note_read(self, match_id: int, member_id: int, line_id: int) -> None:
        """The member has read up to this line. It never goes back."""
        of_reader = (
            update(ConversationReaderRow)
            .where(ConversationReaderRow.match_id == match_id)
            .where(ConversationReaderRow.member_id == member_id)
        )
        further = of_reader.where(ConversationReaderRow.last_line_id < line_id)
        if changed(self._session.execute(further.values(last_line_id=line_id))):
            return
        if self.last_read(match_id, member_id):
            return
        row = {"match_id": match_id, "member_id": member_id, "last_line_id": line_id}
        try:
            with self._session.begin_nested():
                self._session.execute(insert(ConversationReaderRow).values(**row))
        except IntegrityError:  # another page of the same reader, this very moment
            self._session.execute(further.values(last_line_id=line_id))

    def unread(self, member_id: int, match_ids: Iterable[int]) -> dict[int, int]:
        """How many lines of others the member has not read, by match; none is left out."""
        ids = sorted(set(match_ids))
        if not ids:
            return {}
        reader, line = ConversationReaderRow, ConversationLineRow
        query = (
            select(line.match_id, func.count())
            .outerjoin(reader, (reader.match_id == line.match_id) & (reader.member_id == member_id))
            .where(among(line.match_id, ids))
            .where(line.id > func.coalesce(reader.last_line_id, 0))
            .where(or_(line.by_member_id.is_(None), line.by_member_id != member_id))
            .group_by(line.match_id)
        )
        return {row[0]: row[1] for row in self._session.execute(query)}


def _line(row: ConversationLineRow) -> Line:
    visit = None
    if row.visit_start is not None and row.visit_end is not None:
        visit = Window(row.visit_start, row.visit_end)
    return Line(
        id=row.id, by_member_id=row.by_member_id, side=row.side, kind=row.kind, at=row.at,
        words=row.words, visit=visit, where=row.where_words, holds=tuple(row.holds),
    )  # fmt: skip
