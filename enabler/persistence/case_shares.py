"""Needs that a councillor may see, because whoever asks said so."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from enabler.domain.errors import NotFound
from enabler.domain.refs import written
from enabler.domain.vocabulary import MemberState, Role
from enabler.persistence.members import in_force
from enabler.persistence.tables.consents import CaseShareRow
from enabler.persistence.tables.members import HomeRow, MemberRow, RoleRow


@dataclass(frozen=True, slots=True)
class CaseShare:
    """A need that a councillor may see until it ends."""

    id: int
    place_id: int
    ref: str
    member_id: int
    need_id: int
    councillor_id: int
    ward_id: int
    given_at: datetime
    until_at: datetime
    ended_at: datetime | None
    ended_because: str | None


@dataclass(frozen=True, slots=True)
class Councillor:
    """Who was elected for a ward: their name is public."""

    member_id: int
    ref: str
    name: str
    until: datetime | None  # when their term ends, where that is known


class CaseShares:
    """Rows of what councillors may see."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def councillors(self, place_id: int, ward_id: int, now: datetime) -> list[Councillor]:
        """Who was elected for this ward and may come in, by name."""
        query = (
            select(MemberRow.id, MemberRow.ref, MemberRow.name, RoleRow.until_at)
            .join(RoleRow, RoleRow.member_id == MemberRow.id)
            .where(RoleRow.place_id == place_id, RoleRow.role == Role.COUNCILLOR)
            .where(RoleRow.ward_id == ward_id, *in_force(now))
            .where(MemberRow.state == MemberState.ACTIVE)
            .order_by(MemberRow.name, MemberRow.id)
        )
        return [Councillor(*row) for row in self._session.execute(query)]

    def add(self, **values: Any) -> CaseShare:
        """Let a councillor see a need."""
        row = CaseShareRow(**values)
        self._session.add(row)
        self._session.flush()
        return _share(row)

    def by_ref(self, place_id: int, ref: str) -> CaseShare:
        """One of this place, locked. Raises NotFound."""
        query = select(CaseShareRow).filter_by(place_id=place_id, ref=written(ref))
        row = self._session.scalar(query.with_for_update())
        if row is None:
            raise NotFound("share_unknown")
        return _share(row)

    def standing(self, **of: int) -> list[CaseShare]:
        """Those of a member, a need or a councillor that nobody has ended."""
        query = select(CaseShareRow).filter_by(**of).where(CaseShareRow.ended_at.is_(None))
        return [_share(row) for row in self._session.scalars(query.order_by(CaseShareRow.id))]

    def of(self, member_id: int) -> list[CaseShare]:
        """All that a member ever let somebody see."""
        query = select(CaseShareRow).filter_by(member_id=member_id).order_by(CaseShareRow.id)
        return [_share(row) for row in self._session.scalars(query)]

    def end(self, share_id: int, now: datetime, because: str) -> None:
        """It is seen no more."""
        row = CaseShareRow
        ending = update(row).where(row.id == share_id, row.ended_at.is_(None))
        self._session.execute(ending.values(ended_at=now, ended_because=because))

    def over(self, now: datetime, limit: int) -> list[CaseShare]:
        """Those whose time is over, or whose councillor or asker has left the ward; locked."""
        row = CaseShareRow
        query = select(row).where(row.ended_at.is_(None), (row.until_at <= now) | ~_holds(now))
        some = query.order_by(row.id).limit(limit).with_for_update(skip_locked=True)
        return [_share(one) for one in self._session.scalars(some)]

    def seen_by(self, councillor_id: int, now: datetime) -> list[CaseShare]:
        """What a councillor may see at this moment."""
        row = CaseShareRow
        query = select(row).where(
            row.councillor_id == councillor_id, row.ended_at.is_(None), row.until_at > now,
            _holds(now),
        )  # fmt: skip
        return [_share(one) for one in self._session.scalars(query.order_by(row.id))]


def _holds(now: datetime) -> ColumnElement[bool]:
    """Whether the councillor is still the ward's, and the asker still lives there."""
    row = CaseShareRow
    elected = select(RoleRow.id).where(
        RoleRow.member_id == row.councillor_id, RoleRow.role == Role.COUNCILLOR,
        RoleRow.ward_id == row.ward_id, *in_force(now),
    )  # fmt: skip
    lives = (
        select(MemberRow.id)
        .join(HomeRow, HomeRow.id == MemberRow.home_id)
        .where(MemberRow.id == row.member_id, HomeRow.ward_id == row.ward_id)
    )
    return elected.exists() & lives.exists()


def _share(row: CaseShareRow) -> CaseShare:
    return CaseShare(
        id=row.id, place_id=row.place_id, ref=row.ref, member_id=row.member_id,
        need_id=row.need_id, councillor_id=row.councillor_id, ward_id=row.ward_id,
        given_at=row.given_at, until_at=row.until_at, ended_at=row.ended_at,
        ended_because=row.ended_because,
    )  # fmt: skip
