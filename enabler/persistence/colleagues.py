"""Who acts for an organisation, and who has been asked to."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from enabler.domain.errors import NotFound
from enabler.domain.members import Colleague, Invitation
from enabler.domain.refs import written
from enabler.domain.vocabulary import MemberState, Role
from enabler.persistence.among import among
from enabler.persistence.database import changed
from enabler.persistence.tables.members import MemberRow, RoleRow
from enabler.persistence.tables.organisations import InvitationRow

_FRESH = {"populate_existing": True}


class Colleagues:
    """Roles in organisations, and invitations to them. Lock the organisation before changing any.

    A role that is over is kept, with its end: from that moment it grants nothing.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, organisation_id: int, now: datetime) -> list[Colleague]:
        """Everybody who acts for an organisation at this moment, the first to come first."""
        return self._found(RoleRow.organisation_id == organisation_id, now)

    def has_owner(self, organisation_id: int, now: datetime) -> bool:
        """Whether an owner can act for it at this moment."""
        query = (
            select(RoleRow.id)
            .join(MemberRow, MemberRow.id == RoleRow.member_id)
            .where(RoleRow.organisation_id == organisation_id, RoleRow.from_at <= now)
            .where(RoleRow.role == Role.ORGANISATION_OWNER)
            .where(or_(RoleRow.until_at.is_(None), RoleRow.until_at > now))
            .where(MemberRow.state.in_((MemberState.ACTIVE, MemberState.PAUSED)))
        )
        return self._session.scalar(query.limit(1)) is not None

    def ids_of(self, organisation_ids: Collection[int], now: datetime) -> dict[int, frozenset[int]]:
        """The ids of everybody who acts for each of these organisations at this moment."""
        found: dict[int, set[int]] = {each: set() for each in organisation_ids}
        query = select(RoleRow.organisation_id, RoleRow.member_id).where(
            among(RoleRow.organisation_id, found), RoleRow.from_at <= now,
            or_(RoleRow.until_at.is_(None), RoleRow.until_at > now),
        )  # fmt: skip
        for organisation_id, member_id in self._session.execute(query) if found else ():
            found[organisation_id or 0].add(member_id)
        return {each: frozenset(ids) for each, ids in found.items()}

    def one(self, organisation_id: int, member_id: int, now: datetime) -> Colleague | None:
        """This member, if they act for the organisation at this moment."""
        theirs = (RoleRow.organisation_id == organisation_id) & (RoleRow.member_id == member_id)
        return next(iter(self._found(theirs, now)), None)

    def by_ref(self, organisation_id: int, ref: str, now: datetime) -> Colleague:
        """Whoever of the organisation has this ref. Raises NotFound."""
        theirs = (RoleRow.organisation_id == organisation_id) & (MemberRow.ref == written(ref))
        found = self._found(theirs, now)
        if not found:
            raise NotFound("colleague_unknown")
        return found[0]

    def _found(self, condition: ColumnElement[bool], now: datetime) -> list[Colleague]:
        query = (
            select(MemberRow.id, MemberRow.ref, MemberRow.shown_name, RoleRow.role, RoleRow.from_at)
            .join(RoleRow, RoleRow.member_id == MemberRow.id)
            .where(condition, RoleRow.from_at <= now)
            .where(or_(RoleRow.until_at.is_(None), RoleRow.until_at > now))
            .where(MemberRow.state != MemberState.ERASED)
            .order_by(RoleRow.from_at, RoleRow.id)
        )
        return [Colleague(*row) for row in self._session.execute(query)]

    def end_role(self, organisation_id: int, member_id: int, now: datetime) -> None:
        """From this moment the member does not act for the organisation any more."""
        self._session.execute(
            update(RoleRow)
            .where(RoleRow.organisation_id == organisation_id, RoleRow.member_id == member_id)
            .where(or_(RoleRow.until_at.is_(None), RoleRow.until_at > now))
            .values(until_at=now)
        )

    def invite(self, **values: Any) -> Invitation:
        """Ask somebody to act for an organisation."""
        row = InvitationRow(tries=0, **values)
        self._session.add(row)
        self._session.flush()
        return _invitation(row)

    def invitation(self, place_id: int | None, ref: str, *, lock: bool = False) -> Invitation:
        """An invitation of this place (any, for None) by ref. Raises NotFound."""
        query = select(InvitationRow).where(InvitationRow.ref == written(ref))
        if place_id is not None:
            query = query.where(InvitationRow.place_id == place_id)
        row = self._session.scalar(
            query.with_for_update() if lock else query, execution_options=_FRESH
        )
        if row is None:
            raise NotFound("invitation_unknown")
        return _invitation(row)

    def waiting(self, organisation_id: int, now: datetime) -> list[Invitation]:
        """The invitations that can still be answered, the oldest first."""
        query = (
            select(InvitationRow)
            .where(InvitationRow.organisation_id == organisation_id)
            .where(InvitationRow.ended_at.is_(None), InvitationRow.expires_at > now)
            .order_by(InvitationRow.id)
        )
        return [_invitation(row) for row in self._session.scalars(query)]

    def asked_lately(
        self, organisation_id: int, kind: str, value: str, since: datetime
    ) -> Invitation | None:
        """The invitation of this number or address from then on that can still be answered."""
        row = self._session.scalar(
            select(InvitationRow)
            .where(InvitationRow.organisation_id == organisation_id, InvitationRow.kind == kind)
            .where(InvitationRow.value == value, InvitationRow.invited_at > since)
            .where(InvitationRow.ended_at.is_(None))
            .order_by(InvitationRow.id.desc())
            .limit(1)
        )
        return None if row is None else _invitation(row)

    def invited_since(self, organisation_id: int, since: datetime) -> int:
        """How many invitations an organisation has sent from then on."""
        query = select(InvitationRow.id).where(
            InvitationRow.organisation_id == organisation_id, InvitationRow.invited_at >= since
        )
        return len(self._session.scalars(query).all())

    def count_try(self, invitation_id: int) -> None:
        """A wrong code was typed."""
        self._session.execute(
            update(InvitationRow)
            .where(InvitationRow.id == invitation_id)
            .values(tries=InvitationRow.tries + 1)
        )

    def end_invitation(self, invitation_id: int, because: str, now: datetime) -> None:
        """It is over, and the number or address is forgotten."""
        self._end(InvitationRow.id == invitation_id, because, now)

    def end_same(self, organisation_id: int, kind: str, value: str, now: datetime) -> None:
        """A newer invitation to the same number or address takes the place of the older one."""
        same = (InvitationRow.organisation_id == organisation_id) & (InvitationRow.kind == kind)
        self._end(same & (InvitationRow.value == value), "withdrawn", now)

    def forget_old(self, now: datetime) -> int:
        """End the invitations that nobody has answered in time; how many."""
        return self._end(InvitationRow.expires_at <= now, "expired", now)

    def _end(self, condition: ColumnElement[bool], because: str, now: datetime) -> int:
        ending = update(InvitationRow).where(condition, InvitationRow.ended_at.is_(None))
        values = {"ended_at": now, "ended_because": because, "value": None}
        return changed(self._session.execute(ending.values(**values)))


def _invitation(row: InvitationRow) -> Invitation:
    return Invitation(
        id=row.id, place_id=row.place_id, ref=row.ref, organisation_id=row.organisation_id,
        role=Role(row.role), kind=row.kind, value=row.value, nonce=row.nonce,
        invited_by=row.invited_by, invited_at=row.invited_at, expires_at=row.expires_at,
        tries=row.tries, ended_because=row.ended_because,
    )  # fmt: skip
