"""What members chose: how they are told of things, and what whoever helps them should know."""

from typing import Any

from sqlalchemy.orm import Session

from enabler.domain.members import Meeting
from enabler.domain.notices import Wishes
from enabler.persistence.tables.wishes import MemberWishRow
from enabler.persistence.telling import wishes_of


class MemberWishes:
    """A row for each member who chose anything."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def told(self, member_id: int) -> Wishes:
        """The ways a member chose."""
        return wishes_of(self._session.get(MemberWishRow, member_id))

    def met(self, member_id: int) -> Meeting:
        """What whoever helps this member should know: mind who sees it."""
        row = self._session.get(MemberWishRow, member_id)
        if row is None:
            return Meeting()
        return Meeting(tuple(row.access_needs), row.access_words)

    def asked_to_learn(self, member_id: int) -> bool:
        """Whether they were asked ever if their words may be kept to learn from."""
        row = self._session.get(MemberWishRow, member_id)
        return row is not None and row.asked_to_learn_at is not None

    def choose(self, place_id: int, member_id: int, **values: Any) -> None:
        """Write columns of what a member chose."""
        row = self._session.get(MemberWishRow, member_id)
        if row is None:
            row = MemberWishRow(member_id=member_id, place_id=place_id, access_needs=[])
            self._session.add(row)
        for name, value in values.items():
            setattr(row, name, value)
        self._session.flush()
