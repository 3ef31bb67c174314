"""How staff add somebody: the account, the ways to reach them, the role, the way in."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from enabler.domain.errors import Invalid
from enabler.domain.members import Member
from enabler.domain.permissions import Actor
from enabler.domain.places import Place
from enabler.domain.vocabulary import ORGANISATION_ROLES, STAFF_ROLES, MemberState, Role
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._denying import check_member
from enabler.services._joining import Newcomer, arguments_of, join
from enabler.services._once import once
from enabler.services._password import Enrolment
from enabler.services.ports import Secrets
from enabler.services.views import AddedMember


@dataclass(frozen=True, slots=True)
class Addition:
    """Who is to be added, as what. ``phone`` is E.164. Raises Invalid where the role's needs are
    not met."""

    role: Role
    ward_code: str | None
    phone: str | None
    mail: str | None
    newcomer: Newcomer
    enrolment: Enrolment
    renew: bool

    def __post_init__(self) -> None:
        """Hold only what can be done."""
        if self.role in ORGANISATION_ROLES:
            raise Invalid("role", "role_needs_organisation")
        if self.is_staff and self.mail is None:
            raise Invalid("email", "email_missing")
        if self.phone is None and self.mail is None:
            raise Invalid("phone", "phone_missing")
        if (self.role is Role.COUNCILLOR) != (self.ward_code is not None):
            code = "ward_missing" if self.ward_code is None else "ward_not_for_role"
            raise Invalid("ward", code)

    @property
    def is_staff(self) -> bool:
        """Whether the role signs in by password and second factor."""
        return self.role in STAFF_ROLES

    @property
    def contacts(self) -> list[tuple[str, str]]:
        """The ways to reach them, as (kind, value)."""
        both = (("phone", self.phone), ("mail", self.mail))
        return [(kind, value) for kind, value in both if value is not None]


def add(
    uow: UnitOfWork, actor: Actor, place: Place, addition: Addition, secrets: Secrets, key: str,
    now: datetime,
) -> AddedMember:  # fmt: skip
    """Add them, once for a key. Secrets are in the answer of the call that made them alone."""
    told: list[Enrolment] = []

    def act() -> dict[str, Any]:
        uow.sessions.take_turns(place.id)
        member, created = _account(uow, actor, place, addition, now)
        _grant(uow, actor, place, addition, member, now)
        if addition.is_staff and _enrolled(uow, actor, place, addition, member, now):
            told.append(addition.enrolment)
        check_member(uow, actor, member.id, secrets, now)
        return {"ref": member.ref, "created": created}

    arguments = {
        "place": place.slug, "role": addition.role, "ward": addition.ward_code,
        "contacts": addition.contacts, "renew": addition.renew, **arguments_of(addition.newcomer),
    }  # fmt: skip
    result = once(
        uow, "members.add_member", actor=actor, key=key, arguments=arguments, now=now, act=act
    )
    waits = uow.homes.member_by_ref(place.id, result["ref"]).state is MemberState.HELD
    added = AddedMember(ref=result["ref"], created=result["created"], waits=waits)
    if not told:
        return added
    way_in = told[0]
    return replace(
        added, password=way_in.password,
        totp_secret=way_in.totp_secret, otpauth=way_in.otpauth(addition.mail or ""),
    )  # fmt: skip


def _account(
    uow: UnitOfWork, actor: Actor, place: Place, addition: Addition, now: datetime
) -> tuple[Member, bool]:
    """Whoever has one of the contacts already, or a new member; and whether they are new."""
    owners = [uow.members.by_contact(place.id, *contact) for contact in addition.contacts]
    known = {owner.id: owner for owner in owners if owner is not None}
    if len(known) > 1:
        raise Invalid("email", "contacts_of_two_members")
    found = next(iter(known.values()), None)
    member = found or join(uow, actor, place, addition.newcomer, now)
    for (kind, value), owner in zip(addition.contacts, owners, strict=True):
        if owner is None:
            uow.members.add_contact(place.id, member.id, kind=kind, value=value, verified_at=None)
    return member, found is None


def _grant(
    uow: UnitOfWork, actor: Actor, place: Place, addition: Addition, member: Member, now: datetime
) -> None:
    """Give the role, unless it is held already."""
    ward_id = None
    if addition.ward_code is not None:
        ward_id = uow.places.ward_by_code(place.id, addition.ward_code).id
    held = [one.grant for one in uow.members.roles_of(member.id, now)]
    if any(grant.role is addition.role and grant.ward_id == ward_id for grant in held):
        return
    uow.members.add_role(place.id, member.id, addition.role, now=now, ward_id=ward_id)
    uow.audit.record(
        actor, "role.granted", place_id=place.id, subject=("member", member.id, member.ref),
        now=now, columns=("role",), why=addition.role.value,
    )  # fmt: skip


def _enrolled(
    uow: UnitOfWork, actor: Actor, place: Place, addition: Addition, member: Member, now: datetime
) -> bool:
    """Give them a way in, where they have none or it is to be renewed; whether it was given."""
    kept = uow.staff.of(member.id)
    new = addition.enrolment
    if kept is not None and not addition.renew:
        return False
    keep = uow.staff.add if kept is None else uow.staff.replace
    keep(place.id, member.id, password_hash=new.password_hash, totp_secret=new.totp_secret)
    if kept is not None:
        uow.sessions.end_all_of(member.id, now)
    uow.audit.record(
        actor, "staff.enrolled" if kept is None else "staff.renewed", place_id=place.id,
        subject=("member", member.id, member.ref), now=now,
        columns=("password_hash", "totp_secret"),
    )  # fmt: skip
    return True
