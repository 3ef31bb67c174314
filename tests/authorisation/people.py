"""Everybody who may come to a door: one of each kind, in the same ward of the same place."""

from dataclasses import dataclass
from datetime import timedelta

from enabler.domain.members import Member
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import MemberState, Role
from enabler.persistence.tables.members import RoleRow
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services._sessions import begin
from enabler.services.ports import Secrets
from tests.authorisation.naming import full_name as full_name
from tests.authorisation.naming import home_of as home_of
from tests.authorisation.supporting import NO_MORE as NO_MORE
from tests.authorisation.supporting import SUPPORTERS as SUPPORTERS
from tests.authorisation.supporting import supporters
from tests.builders import (
    LONG_AGO,
    NOW,
    BuiltMember,
    BuiltOrganisation,
    BuiltPlace,
    a_member,
    an_organisation,
)

STRANGER, NUMBER_ONLY, SUSPENDED = "stranger", "number-only", "suspended"
NOT_SIGNED_IN = (STRANGER, SUSPENDED, "councillor-past")
"""Whose browser has no session that still gives access."""
UNCHECKED = "helper-unchecked"
FROM_ELSEWHERE = "custodian-from-elsewhere"
IN_ORGANISATION = {
    "organisation-owner": Role.ORGANISATION_OWNER,
    "organisation-coordinator": Role.ORGANISATION_COORDINATOR,
    "organisation-helper": Role.ORGANISATION_HELPER,
    "organisation-left": Role.ORGANISATION_OWNER,
}
STAFF = {
    "councillor": Role.COUNCILLOR, "councillor-east": Role.COUNCILLOR,
    "councillor-past": Role.COUNCILLOR, "custodian": Role.CUSTODIAN,
    "custodian-one-factor": Role.CUSTODIAN, "custodian-of-elsewhere": Role.CUSTODIAN,
    FROM_ELSEWHERE: Role.CUSTODIAN, "safeguarding-lead": Role.SAFEGUARDING_LEAD,
    "administrator": Role.ADMINISTRATOR, "call-handler": Role.CALL_HANDLER,
}  # fmt: skip
MEMBERS = ("resident", UNCHECKED, "helper-verified", SUSPENDED, *IN_ORGANISATION, *STAFF)
PRINCIPALS = (STRANGER, NUMBER_ONLY, *MEMBERS, *SUPPORTERS)
ENDED = {"organisation-left", "councillor-past"}
OWN_PHONE = "+447700900055"
"""The number of whoever has proved a number and not signed up."""


@dataclass(frozen=True)
class Principal:
    """Somebody at a door. ``token`` is the session in their cookie; ``actor`` is who they are by
    their roles, as a service would be told that trusted a door with no check of its own. Of a
    supporter ``member`` is for whom they act: what is their own is that member's."""

    name: str
    actor: Actor
    token: str | None = None
    member: BuiltMember | None = None
    organisation: BuiltOrganisation | None = None


def everybody(here: BuiltPlace, elsewhere: BuiltPlace, secrets: Secrets) -> dict[str, Principal]:
    """All principals by name."""
    pantry = an_organisation(here, "Pantry", at=(700, 700))
    with unit_of_work() as uow:
        uow.organisations.change(
            pantry.id, postcode=here.postcode_at(700, 700), address="7 Market Row"
        )
        uow.commit()
    found = {STRANGER: Principal(STRANGER, Actor.anonymous(here.id))}
    found[NUMBER_ONLY] = Principal(
        NUMBER_ONLY, Actor.anonymous(here.id), _session(here, None, secrets)
    )
    for number, name in enumerate(MEMBERS):
        place = elsewhere if name == FROM_ELSEWHERE else here
        member = a_member(
            place, full_name(name), at=(400 + number, 400 + number), mail=True,
            address=home_of(name),
            state=MemberState.SUSPENDED if name == SUSPENDED else MemberState.ACTIVE,
            **({"credentials": ()} if name == UNCHECKED else {}),
        )  # fmt: skip
        _give_role(name, member, here, elsewhere, pantry)
        token = _session(place, member.id, secrets, second_factor=_has_two_factors(name))
        acts_for = pantry if name in IN_ORGANISATION else None
        found[name] = Principal(name, _actor(name, member), token, member, acts_for)
    for name, (helped, actor, token) in supporters(here, secrets).items():
        found[name] = Principal(name, actor, token, helped)
    return found


def _has_two_factors(name: str) -> bool:
    return name in STAFF and name != "custodian-one-factor"


def _give_role(
    name: str, member: BuiltMember, here: BuiltPlace, elsewhere: BuiltPlace,
    pantry: BuiltOrganisation,
) -> None:  # fmt: skip
    role = IN_ORGANISATION.get(name) or STAFF.get(name)
    if role is None:
        return
    place = elsewhere if name.endswith("elsewhere") else here
    ward = {"councillor-east": 1}.get(name, 0)
    with unit_of_work() as uow:
        uow.session.add(RoleRow(
            place_id=place.id, member_id=member.id, role=role, from_at=LONG_AGO,
            ward_id=place.ward_ids[ward] if role is Role.COUNCILLOR else None,
            organisation_id=pantry.id if name in IN_ORGANISATION else None,
            until_at=NOW - timedelta(days=1) if name in ENDED else None,
        ))  # fmt: skip
        uow.commit()


def _actor(name: str, member: BuiltMember) -> Actor:
    with reading() as uow:
        held = uow.members.roles_of(member.id, NOW)
    return Actor(
        "member", member.ref, member.id, member.place.id, tuple(role.grant for role in held),
        second_factor=_has_two_factors(name),
    )  # fmt: skip


def _session(
    place: BuiltPlace, member_id: int | None, secrets: Secrets, *, second_factor: bool = False
) -> str:
    """A session as signing in begins it."""
    with unit_of_work() as uow:
        token = begin(
            uow, secrets=secrets, place_id=place.id, member=_member(uow, member_id),
            replacing=None, now=NOW, second_factor=second_factor, verified_phone=OWN_PHONE,
        )  # fmt: skip
        uow.commit()
    return token


def _member(uow: UnitOfWork, member_id: int | None) -> Member | None:
    return None if member_id is None else uow.members.by_id(member_id)
