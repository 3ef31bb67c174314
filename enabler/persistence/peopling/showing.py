"""Whom to sign in as in an invented place: read from its rows, by who came first."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from enabler.domain.vocabulary import Role
from enabler.persistence.tables.members import (
    ContactRow,
    HomeRow,
    MemberRow,
    OrganisationRow,
    RoleRow,
    StaffSecretRow,
)
from enabler.persistence.tables.places import WardRow


@dataclass(frozen=True, slots=True)
class Shown:
    """An invented person, as the list of whom to sign in as has them."""

    ref: str
    name: str
    ward: str | None
    phone: str | None
    mail: str | None
    organisation: str | None = None
    totp_secret: str | None = None


def first_residents(session: Session, place_id: int, count: int) -> list[Shown]:
    """The first members of a place who have a home, with the organisation that each owns."""
    query = (
        select(MemberRow, WardRow.name)
        .join(HomeRow, HomeRow.id == MemberRow.home_id)
        .join(WardRow, WardRow.id == HomeRow.ward_id)
        .where(MemberRow.place_id == place_id)
        .order_by(MemberRow.id)
        .limit(count)
    )
    return [
        Shown(
            ref=row.ref, name=row.name, ward=ward, phone=_contact(session, row.id, "phone"),
            mail=_contact(session, row.id, "mail"), organisation=_owned(session, row.id),
        )
        for row, ward in session.execute(query).all()
    ]  # fmt: skip


def staff_with(session: Session, place_id: int, role: Role) -> list[Shown]:
    """Who holds a role in a place and signs in by password, the first first."""
    query = (
        select(MemberRow, WardRow.name, StaffSecretRow.totp_secret)
        .join(RoleRow, RoleRow.member_id == MemberRow.id)
        .join(StaffSecretRow, StaffSecretRow.member_id == MemberRow.id)
        .outerjoin(WardRow, WardRow.id == RoleRow.ward_id)
        .where(RoleRow.place_id == place_id, RoleRow.role == role)
        .order_by(MemberRow.id)
    )
    return [
        Shown(
            ref=row.ref, name=row.name, ward=ward, phone=_contact(session, row.id, "phone"),
            mail=_contact(session, row.id, "mail"), totp_secret=secret,
        )
        for row, ward, secret in session.execute(query).all()
    ]  # fmt: skip


def _contact(session: Session, member_id: int, kind: str) -> str | None:
    query = select(ContactRow.value).filter_by(member_id=member_id, kind=kind)
    return session.scalar(query.order_by(ContactRow.id).limit(1))


def _owned(session: Session, member_id: int) -> str | None:
    query = (
        select(OrganisationRow.name)
        .join(RoleRow, RoleRow.organisation_id == OrganisationRow.id)
        .where(RoleRow.member_id == member_id, RoleRow.role == Role.ORGANISATION_OWNER)
    )
    return session.scalar(query.order_by(OrganisationRow.id).limit(1))
