"""Who is never brought together with whom, because one of the two said so."""

from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from enabler.persistence.tables.members import BlockRow


class Blocks:
    """The rows of blocks, each of the member who said so."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def has(self, member_id: int, other_id: int) -> bool:
        """Whether the member has said so of the other."""
        query = select(BlockRow.member_id).filter_by(member_id=member_id, blocked_id=other_id)
        return self._session.scalar(query) is not None

    def add(self, place_id: int, member_id: int, other_id: int, now: datetime) -> None:
        """Keep the two apart from now on."""
        self._session.execute(
            insert(BlockRow).values(
                place_id=place_id, member_id=member_id, blocked_id=other_id, since=now
            )
        )

    def drop(self, member_id: int, other_id: int) -> None:
        """The member keeps the other away no more."""
        self._session.execute(
            delete(BlockRow).where(BlockRow.member_id == member_id, BlockRow.blocked_id == other_id)
        )
