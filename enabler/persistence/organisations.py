"""Businesses, community groups and public services."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, or_, select, update
from sqlalchemy.orm import Session

from enabler.domain.errors import NotFound
from enabler.domain.members import Organisation
from enabler.domain.refs import written
from enabler.domain.vocabulary import ORGANISATION_LEADS, MemberState, OrganisationState
from enabler.domain.windows import Weekly
from enabler.persistence.among import among, among_given
from enabler.persistence.tables.members import MemberRow, OrganisationRow, RoleRow
from enabler.persistence.tables.organisations import OrganisationHoursRow

_AMONG = select(OrganisationRow).where(among_given(OrganisationRow.id, "ids"))


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
        ids = set(organisation_ids) - self._known.keys()
        rows = self._session.scalars(_AMONG, {"ids": ids}) if ids else ()
        self._known |= {row.id: _organisation(row) for row in rows}

    def by_ref(self, place_id: int | None, ref: str) -> Organisation:
        """An organisation of this place (any, for None) by ref. Raises NotFound."""
        query = select(OrganisationRow).where(OrganisationRow.ref == written(ref))
        if place_id is not None:
            query = query.where(OrganisationRow.place_id == place_id)
        return self._one(query)

    def _one(self, query: Select[OrganisationRow]) -> Organisation:
        row = self._session.scalar(query, execution_options={"populate_existing": True})
        if row is None:
            raise NotFound("organisation_unknown")
        return _organisation(row)

    def lock(self, organisation_id: int) -> Organisation:
        """The organisation as it is now, held until the transaction ends."""
        query = select(OrganisationRow.id).where(OrganisationRow.id == organisation_id)
        self._session.execute(query.with_for_update(key_share=True)).all()
        return self.by_id(organisation_id)

    def add(self, hours: Iterable[Weekly], **values: Any) -> Organisation:
        """Keep a new organisation with its hours."""
        row = OrganisationRow(**values)
        self._session.add(row)
        self._session.flush()
        self._add_hours(row.id, hours)
        return self.by_id(row.id)

    def change(self, organisation_id: int, **values: Any) -> Organisation:
        """Write columns of an organisation; as it is then."""
        self._session.execute(
            update(OrganisationRow).where(OrganisationRow.id == organisation_id).values(**values)
        )
        return self.by_id(organisation_id)

    def hours(self, organisation_id: int) -> tuple[Weekly, ...]:
        """When it is open, in order."""
        row = OrganisationHoursRow
        query = select(row.weekday, row.start_minute, row.end_minute)
        ordered = query.order_by(row.weekday, row.start_minute)
        found = self._session.execute(ordered.where(row.organisation_id == organisation_id))
        return tuple(Weekly(*each) for each in found)

    def set_hours(self, organisation_id: int, hours: Iterable[Weekly]) -> None:
        """These hours in place of the ones that were kept."""
        row = OrganisationHoursRow
        self._session.execute(delete(row).where(row.organisation_id == organisation_id))
        self._add_hours(organisation_id, hours)

    def _add_hours(self, organisation_id: int, hours: Iterable[Weekly]) -> None:
        self._session.add_all([
            OrganisationHoursRow(
                organisation_id=organisation_id, weekday=each.weekday,
                start_minute=each.start_minute, end_minute=each.end_minute,
            )
            for each in hours
        ])  # fmt: skip
        self._session.flush()

    def held_in(self, place_id: int) -> list[Organisation]:
        """Those that wait for a custodian, the longest wait first."""
        return self._waiting(place_id, OrganisationRow.state == OrganisationState.HELD)

    def _waiting(self, place_id: int, *conditions: ColumnElement[bool]) -> list[Organisation]:
        query = (
            select(OrganisationRow)
            .where(OrganisationRow.place_id == place_id, *conditions)
            .order_by(OrganisationRow.created_at, OrganisationRow.id)
        )
        return [_organisation(row) for row in self._session.scalars(query)]

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
            .where(
                among(RoleRow.organisation_id, organisation_ids),
                RoleRow.role.in_(ORGANISATION_LEADS),
            )
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
        state=row.state, postcode=row.postcode, address=row.address, phone=row.phone,
        mail=row.mail, web=row.web, open_on_bank_holidays=row.open_on_bank_holidays,
        can_show=tuple(row.can_show), created_at=row.created_at,
        about_waiting=row.about_waiting,
    )  # fmt: skip
