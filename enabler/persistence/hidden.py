"""Members under threat, who appear to nobody but the leads and the staff who are named."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, delete, insert, or_, select, update
from sqlalchemy.orm import Session

from enabler.domain.vocabulary import MatchState
from enabler.persistence.tables.matches import MatchRow
from enabler.persistence.tables.needs import NeedRow
from enabler.persistence.tables.safeguarding import HiddenMemberRow, IntroducedRow

_AGREED = (MatchState.ACCEPTED, MatchState.ARRANGED)


@dataclass(frozen=True, slots=True)
class Hidden:
    """A hidden member; ``readers`` are staff who may know of them beside the leads."""

    member_id: int
    place_id: int
    words: str = field(repr=False)
    by_member_id: int
    since: datetime
    readers: frozenset[int]


class HiddenMembers:
    """Rows of hidden members, and the matches in which a lead introduced one."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, member_id: int) -> Hidden | None:
        """Whether a member is hidden, and who may know."""
        row = self._session.get(HiddenMemberRow, member_id, populate_existing=True)
        return None if row is None else _hidden(row)

    def all(self, place_id: int) -> list[Hidden]:
        """All of a place, the newest first."""
        query = select(HiddenMemberRow).filter_by(place_id=place_id)
        rows = self._session.scalars(query.order_by(HiddenMemberRow.since.desc()))
        return [_hidden(row) for row in rows]

    def add(self, **values: Any) -> None:
        """Hide a member."""
        self._session.execute(insert(HiddenMemberRow).values(**values))

    def change(self, member_id: int, **values: Any) -> None:
        """Write who may know, and why."""
        row = HiddenMemberRow
        self._session.execute(update(row).where(row.member_id == member_id).values(**values))

    def drop(self, member_id: int) -> None:
        """They are hidden no more."""
        for row in (IntroducedRow, HiddenMemberRow):
            self._session.execute(delete(row).where(row.member_id == member_id))

    def introduced(self, match_id: int) -> frozenset[int]:
        """Whom a lead let the other side of a match know: one of the two, or both."""
        query = select(IntroducedRow.member_id).where(IntroducedRow.match_id == match_id)
        return frozenset(self._session.scalars(query))

    def forget_introduction(self, match_id: int) -> None:
        """Somebody else goes from now on: whom they are told is to be thought about anew."""
        self._session.execute(delete(IntroducedRow).where(IntroducedRow.match_id == match_id))

    def waiting(self, place_id: int) -> list[tuple[int, str]]:
        """Hidden members, each with the ref of help that is agreed and in which nobody introduced
        them to the other side yet."""
        row = HiddenMemberRow
        theirs = or_(
            MatchRow.helper_id == row.member_id,
            and_(NeedRow.asker_id == row.member_id, NeedRow.organisation_id.is_(None)),
        )
        introduced = select(IntroducedRow.match_id).where(
            IntroducedRow.match_id == MatchRow.id, IntroducedRow.member_id == row.member_id
        )
        query = (
            select(row.member_id, MatchRow.ref)
            .select_from(MatchRow)
            .join(NeedRow, NeedRow.id == MatchRow.need_id)
            .join(row, theirs)
            .where(row.place_id == place_id, MatchRow.state.in_(_AGREED), ~introduced.exists())
            .order_by(MatchRow.id)
        )
        return [(member_id, ref) for member_id, ref in self._session.execute(query)]

    def introduce(self, **values: Any) -> None:
        """Let the other side of a match know who it is."""
        self._session.execute(insert(IntroducedRow).values(**values))


def hidden_ids() -> Select[Any]:
    """The ids of all who are hidden, for a condition of a query."""
    return select(HiddenMemberRow.member_id)


def _hidden(row: HiddenMemberRow) -> Hidden:
    return Hidden(
        row.member_id, row.place_id, row.words, row.by_member_id, row.since,
        frozenset(row.readers),
    )  # fmt: skip
