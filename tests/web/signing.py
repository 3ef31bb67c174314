"""How people of a test get in: by the texts and pages that residents use, or with both factors."""

import re

import pyotp
from flask import Flask

from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import Role
from enabler.doors.wiring import now, wiring
from enabler.persistence.tables.members import ContactRow
from enabler.persistence.unit_of_work import reading
from enabler.services import members, messages
from tests.builders import BuiltMember, BuiltPlace
from tests.web.people import Person

PASSWORD = "a staple of correct horses"


def deliver(app: Flask) -> None:
    """Send what is due, as the clock process does."""
    with app.app_context():
        while messages.deliver_outbox(
            gateway=wiring().gateway, secrets=wiring().secrets, now=now()
        ):
            pass


def texts(app: Flask, place: BuiltPlace, number: str) -> list[str]:
    """All texts to a number, oldest first, as the simulator keeps them."""
    deliver(app)
    with app.app_context():
        found = messages.conversations(place_id=place.id, address=number)
    return [each.body for each in found]


def newest_code(app: Flask, place: BuiltPlace, number: str) -> str:
    """The six digits that were sent last, in whatever language; the end of a phone number, which
    somebody wrote, is none."""
    return str(re.findall(r"(?<!\d )\b\d{6}\b", "\n".join(texts(app, place, number)))[-1])


def enter(app: Flask, person: Person, place: BuiltPlace, number: str) -> Person:
    """From the number's page to where the code leads."""
    person.send(phone=number)
    assert person.path.endswith("/sign-in/code"), person.problems
    e164 = "+44" + number.replace(" ", "").removeprefix("+44").removeprefix("0")
    return person.send(code=newest_code(app, place, e164))


def phone_of(app: Flask, member: BuiltMember) -> str:
    """The number of a member."""
    with app.app_context(), reading() as uow:
        row = uow.session.query(ContactRow).filter_by(member_id=member.id, kind="phone").one()
        return str(row.value)


def sign_in(app: Flask, person: Person, member: BuiltMember) -> Person:
    """A member signs in by a code."""
    return enter(app, person.open("/sign-in"), member.place, phone_of(app, member))


def sign_up(
    app: Flask, person: Person, place: BuiltPlace, number: str, name: str = "Ann Archer"
) -> Person:
    """Somebody new signs in, gives name and home, and arrives on their page."""
    enter(app, person.open("/sign-in"), place, number)
    return person.send(
        name=name, postcode=place.postcode_at(500, 500), address="1 High Street", adult="y",
        consented="y",
    )  # fmt: skip


def a_new_member_of_staff(
    app: Flask, place: BuiltPlace, role: Role = Role.CUSTODIAN, ward: str = "W0", nth: str = ""
) -> dict[str, str]:
    """What a new member of staff types to sign in now; ``nth`` tells those of one role apart."""
    mail = f"{role.value}{nth}@example.org"
    with app.app_context():
        added = members.add_member(
            actor=Actor.operator("tester"), role=role, place_slug=place.slug, name="Sue Staff",
            mail=mail, password=PASSWORD, secrets=wiring().secrets, now=now(),
            key=f"test-staff-{role.value}{nth}",
            ward_code=ward if role is Role.COUNCILLOR else None,
        )  # fmt: skip
        totp = pyotp.TOTP(added.totp_secret or "").at(now())
    return {"email": mail, "password": PASSWORD, "totp": totp}


def sign_in_staff(
    app: Flask, person: Person, place: BuiltPlace, role: Role = Role.CUSTODIAN, nth: str = ""
) -> Person:
    """A new member of staff signs in with both factors."""
    return person.open("/sign-in/staff").send(**a_new_member_of_staff(app, place, role, nth=nth))
