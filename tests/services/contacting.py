"""Somebody changes how they are reached: what a test does in one line, and what is queued."""

from datetime import datetime
from itertools import count
from typing import Any

from flask import current_app
from sqlalchemy import select

from enabler.doors.wiring import Wiring
from enabler.persistence.tables.members import ContactRow, MemberRow, SignInCodeRow
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.unit_of_work import reading
from enabler.services import contacts
from enabler.services.ports import Secrets
from tests.builders import NOW, BuiltMember

_keys = count(1)
BROWSER = "a browser of one's own"


def key() -> str:
    """A key that nothing has had."""
    return f"contact:{next(_keys)}"


def secrets() -> Secrets:
    """The app's secrets."""
    wired: Wiring = current_app.extensions["enabler"]
    return wired.secrets


def ask(member: BuiltMember, kind: str, typed: str, now: datetime = NOW, **other: Any) -> None:
    """Ask for the codes."""
    asked = {"browser": BROWSER, "from_address": f"192.0.2.{next(_keys) % 250}", **other}
    contacts.ask_codes(
        actor=member.actor, kind=kind, typed=typed, secrets=secrets(), key=key(), now=now, **asked
    )


def newest_code(value: str) -> str:
    """The code that was asked for last for a phone or mail address."""
    query = select(SignInCodeRow.nonce).where(SignInCodeRow.phone == value)
    with reading() as uow:
        nonce = uow.session.scalars(query.order_by(SignInCodeRow.id.desc())).first()
    assert nonce is not None, f"no code was asked for {value}"
    return secrets().code(nonce)


def enter(
    member: BuiltMember, kind: str, typed: str, code: str, old_code: str = "",
    now: datetime = NOW, browser: str = BROWSER,
) -> None:  # fmt: skip
    """Enter the codes."""
    contacts.change(
        actor=member.actor, kind=kind, typed=typed, code=code, old_code=old_code,
        browser=browser, secrets=secrets(), now=now,
    )  # fmt: skip


def change(member: BuiltMember, kind: str, value: str, now: datetime = NOW) -> None:
    """The whole way, with the right codes."""
    before = contacts_of(member)
    ask(member, kind, value, now)
    old = before.get("phone") or before.get("mail")
    agrees = "" if kind == "mail" or old is None else newest_code(old)
    enter(member, kind, value, newest_code(value), agrees, now)


def contacts_of(member: BuiltMember) -> dict[str, str]:
    """How a member is reached now."""
    with reading() as uow:
        return {kind: one.value for kind, one in uow.contacts.of(member.id).items()}


def caution_of(member: BuiltMember) -> datetime | None:
    """Until when a member sees nobody's address."""
    with reading() as uow:
        return uow.session.scalar(select(MemberRow.caution_until).filter_by(id=member.id))


def told(value: str) -> list[str]:
    """The templates queued to a phone or mail address, but for codes."""
    query = select(OutboxRow.template).where(OutboxRow.to_value == value).order_by(OutboxRow.id)
    with reading() as uow:
        return [each for each in uow.session.scalars(query) if not each.endswith("_code")]


def all_contacts() -> set[tuple[int, str, str]]:
    """Whose phone or mail address is what."""
    with reading() as uow:
        query = select(ContactRow.member_id, ContactRow.kind, ContactRow.value)
        return set(map(tuple, uow.session.execute(query)))


def refusal_link(value: str) -> str:
    """The token of the link in the newest notice to a phone or mail address."""
    query = select(OutboxRow.parameters).where(
        OutboxRow.to_value == value, OutboxRow.template.in_(("contact_changed", "phone_lost"))
    )
    with reading() as uow:
        found = uow.session.scalars(query.order_by(OutboxRow.id.desc())).first()
    assert found is not None
    return contacts._links.sign(secrets(), contacts._links.REFUSE, found["change"])
