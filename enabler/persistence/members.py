"""People with an account, their homes, contacts and roles."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, or_, select, update
from sqlalchemy.orm import Session

from enabler.domain.members import Member, NewMember, RoleHeld, Where
from enabler.domain.permissions import RoleGrant
from enabler.domain.vocabulary import MemberState, Role
from enabler.persistence.among import among
from enabler.persistence.database import changed
from enabler.persistence.tables.members import (
    ContactRow,
    HomeRow,
    MemberRow,
    OrganisationRow,
    RoleRow,
)


class Members:
    """Rows of members and of what belongs to each."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def by_id(self, member_id: int) -> Member | None:
        """The member of this id."""
        return self._one(MemberRow.id == member_id)

    def by_ref(self, place_id: int, ref: str) -> Member | None:
        """The member of this place with this ref (canonical)."""
        return self._one(and_(MemberRow.place_id == place_id, MemberRow.ref == ref))

    def by_contact(self, place_id: int, kind: str, value: str) -> Member | None:
        """Whose phone (E.164) or mail address this is in this place."""
        theirs = select(ContactRow.member_id).filter_by(place_id=place_id, kind=kind, value=value)
        return self._one(MemberRow.id.in_(theirs))

    def _one(self, condition: ColumnElement[bool]) -> Member | None:
        row = self._session.scalar(select(MemberRow).where(condition))
        return None if row is None else member_of(row)

    def homes_at(self, place_id: int, postcode: str) -> list[tuple[int, str]]:
        """(id, address) of the homes with this postcode."""
        query = select(HomeRow.id, HomeRow.address).filter_by(place_id=place_id, postcode=postcode)
        return [(home_id, address) for home_id, address in self._session.execute(query)]

    def living_at(self, place_id: int, postcode: str) -> list[Member]:
        """Everybody whose home has this postcode, and whose account stands."""
        query = (
            select(MemberRow)
            .join(HomeRow, HomeRow.id == MemberRow.home_id)
            .where(HomeRow.place_id == place_id, HomeRow.postcode == postcode)
            .where(MemberRow.state != MemberState.ERASED)
            .order_by(MemberRow.id)
        )
        return [member_of(row) for row in self._session.scalars(query)]

    def add_home(self, place_id: int, where: Where) -> int:
        """A home; its id."""
        row = HomeRow(
            place_id=place_id, postcode=where.postcode, address=where.address,
            easting=where.easting, northing=where.northing,
            cell_id=where.cell_id, ward_id=where.ward_id,
        )  # fmt: skip
        self._session.add(row)
        self._session.flush()
        return row.id

    def add(self, member: NewMember, *, now: datetime) -> Member:
        """A person with an account, active from now on."""
        row = MemberRow(
            place_id=member.place_id, ref=member.ref, name=member.name,
            shown_name=member.shown_name, language=member.language, home_id=member.home_id,
            languages=[member.language], state=MemberState.ACTIVE, created_at=now,
            adult_declared_at=now if member.adult else None,
        )  # fmt: skip
        self._session.add(row)
        self._session.flush()
        return member_of(row)

    def add_contact(
        self, place_id: int, member_id: int, *, kind: str, value: str, verified_at: datetime | None
    ) -> None:
        """A phone number or mail address. Raises IntegrityError when another member has it."""
        row = ContactRow(
            place_id=place_id, member_id=member_id, kind=kind, value=value, verified_at=verified_at
        )
        self._session.add(row)
        self._session.flush()

    def verify_contact(self, place_id: int, kind: str, value: str, now: datetime) -> None:
        """Its owner has just proved it, if anybody has it here."""
        self._session.execute(
            update(ContactRow)
            .filter_by(place_id=place_id, kind=kind, value=value)
            .where(ContactRow.verified_at.is_(None))
            .values(verified_at=now)
        )

    def change(self, member_id: int, **values: Any) -> None:
        """Write columns of a member."""
        self._session.execute(update(MemberRow).where(MemberRow.id == member_id).values(**values))

    def leave_home(self, home_id: int) -> None:
        """Nobody's home is not kept."""
        lives = select(MemberRow.id).where(MemberRow.home_id == home_id).exists()
        self._session.execute(delete(HomeRow).where(HomeRow.id == home_id, ~lives))

    def add_role(
        self, place_id: int, member_id: int, role: Role, *, now: datetime,
        ward_id: int | None = None, organisation_id: int | None = None,
        until: datetime | None = None,
    ) -> int:  # fmt: skip
        """A role from now on; its id."""
        row = RoleRow(
            place_id=place_id, member_id=member_id, role=role, ward_id=ward_id,
            organisation_id=organisation_id, from_at=now, until_at=until,
        )  # fmt: skip
        self._session.add(row)
        self._session.flush()
        return row.id

    def end_role(self, member_id: int, role: Role, now: datetime) -> int:
        """This role of a member ends now, for whichever wards they hold it; how many there were."""
        held = (RoleRow.member_id == member_id, RoleRow.role == role, *in_force(now))
        ending = update(RoleRow).where(*held).values(until_at=now)
        return changed(self._session.execute(ending))

    def refs_of(self, member_ids: Iterable[int]) -> dict[int, str]:
        """The refs of several members."""
        query = select(MemberRow.id, MemberRow.ref).where(among(MemberRow.id, list(member_ids)))
        return {row.id: row.ref for row in self._session.execute(query)}

    def roles_of(self, member_id: int, now: datetime) -> list[RoleHeld]:
        """The roles that a member holds at this moment, with the organisations' names."""
        query = (
            select(RoleRow, OrganisationRow.ref, OrganisationRow.name, OrganisationRow.state)
            .outerjoin(OrganisationRow, OrganisationRow.id == RoleRow.organisation_id)
            .where(RoleRow.member_id == member_id, *in_force(now))
            .order_by(RoleRow.id)
        )
        return [
            RoleHeld(
                grant_of(row),
                organisation_ref=ref,
                organisation_name=name,
                organisation_state=state,
            )
            for row, ref, name, state in self._session.execute(query)
        ]


def in_force(now: Any, role: Any = RoleRow) -> tuple[ColumnElement[bool], ...]:
    """The condition of a role that is held at this moment (a value, or a parameter of it); of the
    class, or of its table's columns."""
    return role.from_at <= now, or_(role.until_at.is_(None), role.until_at > now)


def grant_of(row: RoleRow) -> RoleGrant:
    """What the row grants."""
    return RoleGrant(
        role=row.role, place_id=row.place_id, ward_id=row.ward_id,
        organisation_id=row.organisation_id, until=row.until_at,
    )  # fmt: skip


def member_of(row: MemberRow) -> Member:
    """The row as the hall works with it."""
    return Member(
        id=row.id, place_id=row.place_id, ref=row.ref, name=row.name, shown_name=row.shown_name,
        language=row.language, languages=tuple(row.languages), home_id=row.home_id,
        state=row.state, asks_per_week=row.asks_per_week, quiet_from=row.quiet_from,
        quiet_until=row.quiet_until, night_asks=row.night_asks, stopped=row.stopped_at is not None,
        mail_stopped=row.mail_stopped_at is not None, caution_until=row.caution_until,
    )  # fmt: skip
