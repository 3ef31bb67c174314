"""Who a place's files name: organisations of open registers, and councillors in their wards."""

from collections.abc import Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from enabler.domain.place_pack import KnownOrganisation, ListedCouncillor, PlacePack
from enabler.domain.vocabulary import MemberState, Role
from enabler.persistence.merging import merge
from enabler.persistence.refs import Refs
from enabler.persistence.tables.members import ContactRow, MemberRow, OrganisationRow, RoleRow
from enabler.persistence.tables.places import WardRow


class PlacePeople:
    """The organisations and councillors that a place's files name, kept."""

    def __init__(self, session: Session, place_id: int, pack: PlacePack) -> None:
        self._session = session
        self._place_id = place_id
        self._zone = ZoneInfo(pack.facts.timezone)
        known = session.execute(
            select(WardRow.code, WardRow.id).where(WardRow.place_id == place_id)
        )
        ids: dict[str, int] = dict(known.all())
        self._ward_ids = [ids[ward.code] for ward in pack.wards]

    def keep_organisations(self, listed: Sequence[KnownOrganisation], now: datetime) -> int:
        """Add what the register has and follow its changes; how many rows that were.

        What the register no longer has stays: somebody may act for it here.
        """
        scope = OrganisationRow.place_id == self._place_id
        refs = dict(
            self._session.execute(
                select(OrganisationRow.source_ref, OrganisationRow.ref).where(
                    scope, OrganisationRow.source_ref.is_not(None)
                )
            ).all()
        )  # fmt: skip
        new = [it for it in listed if it.source_ref not in refs]
        for organisation in new:
            ref = Refs(self._session).new(self._place_id, "organisation")
            self._session.add(
                OrganisationRow(
                    place_id=self._place_id, ref=ref, state=MemberState.ACTIVE, created_at=now,
                    **self._columns(organisation),
                )
            )  # fmt: skip
        self._session.flush()
        old = [self._columns(it) for it in listed if it.source_ref in refs]
        merged = merge(
            self._session,
            OrganisationRow,
            scope & OrganisationRow.source_ref.in_(list(refs)),
            ["source_ref"],
            old,
        )
        return len(new) + merged.changed

    def _columns(self, organisation: KnownOrganisation) -> dict[str, object]:
        return {
            "source_ref": organisation.source_ref,
            "kind": organisation.kind,
            "name": organisation.name,
            "about": organisation.about,
            "easting": organisation.point.easting,
            "northing": organisation.point.northing,
            "ward_id": self._ward_ids[organisation.ward],
        }

    def keep_councillors(
        self, listed: Sequence[ListedCouncillor], now: datetime
    ) -> list[tuple[int, str]]:
        """Give each the role in the ward, once; ids and refs of those whose role is new or changed.

        A councillor is known by phone number or mail address, else by name among those of the
        ward. Whoever the list no longer names keeps the role until its end: end it in the list.
        """
        changed: list[tuple[int, str]] = []
        for councillor in listed:
            ward_id = self._ward_ids[councillor.ward]
            member = self._known(councillor, ward_id) or self._new_member(councillor, now)
            self._keep_contacts(member, councillor)
            if self._keep_role(member, ward_id, councillor, now):
                changed.append((member.id, member.ref))
        self._session.flush()
        return changed

    def _known(self, councillor: ListedCouncillor, ward_id: int) -> MemberRow | None:
        values = [str(it) for it in (councillor.phone, councillor.email) if it is not None]
        by_contact = select(ContactRow.member_id).where(
            ContactRow.place_id == self._place_id, ContactRow.value.in_(values)
        )
        by_ward = select(RoleRow.member_id).where(
            RoleRow.ward_id == ward_id, RoleRow.role == Role.COUNCILLOR
        )
        named = (MemberRow.name == councillor.name) & MemberRow.id.in_(by_ward)
        query = select(MemberRow).where(or_(MemberRow.id.in_(by_contact), named))
        return self._session.scalars(query.order_by(MemberRow.id).limit(1)).one_or_none()

    def _new_member(self, councillor: ListedCouncillor, now: datetime) -> MemberRow:
        member = MemberRow(
            place_id=self._place_id, ref=Refs(self._session).new(self._place_id, "member"),
            name=councillor.name, shown_name=councillor.name, state=MemberState.ACTIVE,
            created_at=now,
        )  # fmt: skip
        self._session.add(member)
        self._session.flush()
        return member

    def _keep_contacts(self, member: MemberRow, councillor: ListedCouncillor) -> None:
        for kind, value in (("phone", councillor.phone), ("mail", councillor.email)):
            if value is None:
                continue
            held = select(ContactRow.id).where(
                ContactRow.place_id == self._place_id,
                ContactRow.kind == kind,
                ContactRow.value == str(value),
            )
            if self._session.scalar(held) is None:
                row = ContactRow(place_id=self._place_id, member_id=member.id, kind=kind)
                row.value = str(value)
                self._session.add(row)
                self._session.flush()

    def _keep_role(
        self, member: MemberRow, ward_id: int, councillor: ListedCouncillor, now: datetime
    ) -> bool:
        role = self._session.scalars(
            select(RoleRow)
            .where(
                RoleRow.member_id == member.id,
                RoleRow.ward_id == ward_id,
                RoleRow.role == Role.COUNCILLOR,
            )
            .order_by(RoleRow.id.desc())
            .limit(1)
        ).one_or_none()
        start, end = self._moment(councillor.starts_on), self._moment(councillor.ends_on)
        if role is None:
            role = RoleRow(place_id=self._place_id, member_id=member.id, role=Role.COUNCILLOR)
            role.ward_id, role.from_at, role.until_at = ward_id, start or now, end
            self._session.add(role)
            return True
        stated = (start or role.from_at, end)
        if (role.from_at, role.until_at) == stated:
            return False
        role.from_at, role.until_at = stated
        return True

    def _moment(self, day: date | None) -> datetime | None:
        """The first moment of a day in the place's own time."""
        return None if day is None else datetime.combine(day, time(), self._zone)
