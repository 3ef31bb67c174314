"""Members who asked for peace, until when, and what of theirs opens again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from enabler.persistence.tables.erasure import MemberPauseRow


@dataclass(frozen=True, slots=True)
class Pause:
    """One pause. ``until`` None: until they come back. ``offers``: ids of what opens again."""

    since: datetime
    until: datetime | None
    offers: tuple[int, ...]


class Pauses:
    """Rows of members who rest."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, member_id: int) -> Pause | None:
        """The pause of a member, while there is one."""
        row = MemberPauseRow
        query = select(row.since, row.until_at, row.offers).filter_by(member_id=member_id)
        found = self._session.execute(query).one_or_none()
        return None if found is None else Pause(found.since, found.until_at, tuple(found.offers))

    def begin(
        self, place_id: int, member_id: int, *, since: datetime, until: datetime | None,
        offers: Sequence[int],
    ) -> None:  # fmt: skip
        """Keep that a member rests from now on."""
        self._session.add(
            MemberPauseRow(
                member_id=member_id, place_id=place_id, since=since, until_at=until,
                offers=sorted(offers),
            )
        )  # fmt: skip
        self._session.flush()

    def set_end(self, member_id: int, until: datetime | None) -> None:
        """The pause lasts until then; None: until they come back."""
        row = MemberPauseRow
        self._session.execute(update(row).where(row.member_id == member_id).values(until_at=until))

    def end(self, member_id: int) -> None:
        """Nothing is kept of a pause that is over."""
        self._session.execute(delete(MemberPauseRow).where(MemberPauseRow.member_id == member_id))

    def over(self, now: datetime) -> list[int]:
        """Members whose pause has ended by now."""
        row = MemberPauseRow
        return list(
            self._session.scalars(
                select(row.member_id).where(row.until_at <= now).order_by(row.member_id)
            )
        )
