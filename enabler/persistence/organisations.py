"""Businesses, community groups and public services."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from enabler.domain.errors import NotFound
from enabler.domain.members import Organisation
from enabler.domain.refs import written
from enabler.domain.vocabulary import MemberState, Role
from enabler.persistence.among import among
from enabler.persistence.tables.members import MemberRow, OrganisationRow, RoleRow

LEADS = (Role.ORGANISATION_OWNER, Role.ORGANISATION_COORDINATOR)


class Organisations:
    """Businesses, community groups and public services."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[int, Organisation] = {}
        self._leads: dict[tuple[int, datetime], list[int]] = {}

    def by_id(self, organisation_id: int) -> Organisation:
        """An organisation by id. Raises NotFound."""
        query = select(OrganisationRow).where(OrganisationRow.id == organisation_id)
        return self._known.get(organisation_id) or self._one(query)

    def know(self, organisation_ids: Iterable[int]) -> None:
        """Read many at once, for a list: in this transaction they are not asked for again."""
        ids = set(organisation_ids)
        query = select(OrganisationRow).where(among(OrganisationRow.id, ids))
        self._known |= (
            {row.id: _organisation(row) for row in self._session.scalars(query)} if ids else {}
        )

    def by_ref(self, place_id: int | None, ref: str) -> Organisation:
        """An organisation of this place (any, for None) by ref. Raises NotFound."""
        query = select(OrganisationRow).where(OrganisationRow.ref == written(ref))
        if place_id is not None:
            query = query.where(OrganisationRow.place_id == place_id)
        return self._one(query)

    def _one(self, query: Select[OrganisationRow]) -> Organisation:
        row = self._session.scalar(query)
        if row is None:
            raise NotFound("organisation_unknown")
        return _organisation(row)

    def leads(self, organisation_id: int, now: datetime) -> list[int]:
        """The owners and coordinators who answer for it at this moment, by id."""
        known = self._leads.get((organisation_id, now))
        return self._leads_of([organisation_id], now)[organisation_id] if known is None else known

    def know_leads(self, organisation_ids: Iterable[int], now: datetime) -> None:
        """Read the leads of many at once: in this transaction they are not asked for again."""
        for each, leads in self._leads_of(list(organisation_ids), now).items():
            self._leads[each, now] = leads

    def _leads_of(self, organisation_ids: Sequence[int], now: datetime) -> dict[int, list[int]]:
        query = (
            select(RoleRow.organisation_id, RoleRow.member_id)
            .join(MemberRow, MemberRow.id == RoleRow.member_id)
            .where(among(RoleRow.organisation_id, organisation_ids), RoleRow.role.in_(LEADS))
            .where(RoleRow.from_at <= now, or_(RoleRow.until_at.is_(None), RoleRow.until_at > now))
            .where(MemberRow.state == MemberState.ACTIVE)
            .distinct()
            .order_by(RoleRow.member_id)
        )
        found: dict[int, list[int]] = {each: [] for each in organisation_ids}
        for organisation_id, member_id in self._session.execute(query):
            found[organisation_id or 0].append(member_id)
        return found


def _organisation(row: OrganisationRow) -> Organisation:
    return Organisation(
        id=row.id, place_id=row.place_id, ref=row.ref, kind=row.kind, name=row.name,
        about=row.about, easting=row.easting, northing=row.northing, ward_id=row.ward_id,
        state=row.state,
    )  # fmt: skip
