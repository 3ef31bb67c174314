"""A lost phone: in by a code to a mail proved long enough ago, or a note to the desk."""

import pytest
from flask import current_app

from enabler.domain.contact_changes import CAUTION
from enabler.domain.errors import Invalid, LimitReached
from enabler.doors.wiring import Wiring
from enabler.persistence.tables.matches import ReportRow
from enabler.persistence.tables.members import WebSessionRow
from enabler.persistence.tables.messages import SimulatedMessageRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import contacts, lost_phone, messages, sign_in
from tests.builders import NOW, BuiltMember, BuiltPlace, a_member
from tests.services.contacting import (
    BROWSER,
    caution_of,
    change,
    contacts_of,
    key,
    newest_code,
    refusal_link,
    secrets,
    told,
)

NEW = "+447700900031"
LOST = "+447700900032"


def ask(place: BuiltPlace, mail: str) -> None:
    """Ask for a code to a mail address."""
    lost_phone.ask_code(
        place_id=place.id, typed=mail, browser=BROWSER, from_address="192.0.2.7",
        secrets=secrets(), key=key(), now=NOW,
    )  # fmt: skip


def enter(place: BuiltPlace, mail: str, code: str) -> str:
    """Enter it: a session's token."""
    return lost_phone.check_code(
        place_id=place.id, typed=mail, code=code, browser=BROWSER, secrets=secrets(), now=NOW
    )


def sent_to(address: str) -> list[str]:
    """What has left for an address, once everything due was sent."""
    wired: Wiring = current_app.extensions["enabler"]
    while messages.deliver_outbox(gateway=wired.gateway, secrets=wired.secrets, now=NOW):
        pass
    with reading() as uow:
        return [row.body for row in uow.session.query(SimulatedMessageRow)
                if row.address == address]  # fmt: skip


def note(place: BuiltPlace, phone: str, words: str = "Ring my niece.") -> None:
    """A note to the desk."""
    lost_phone.tell_desk(
        place_id=place.id, name="Rosa Long", phone_text=phone, words=words, secrets=secrets(),
        key=key(), now=NOW,
    )  # fmt: skip


@pytest.fixture
def rosa(place: BuiltPlace) -> BuiltMember:
    """A member with a phone and a mail address of long ago."""
    return a_member(place, "Rosa Long", mail=True)


class TestByMail:
    def test_lets_in_and_the_lost_phone_opens_nothing(
        self, place: BuiltPlace, rosa: BuiltMember
    ) -> None:
        old = contacts_of(rosa)
        with unit_of_work() as uow:
            uow.sessions.open(token_hash="t", place_id=place.id, now=NOW, member_id=rosa.id)
            uow.commit()
        ask(place, old["mail"])
        (mail,) = sent_to(old["mail"])
        code = newest_code(old["mail"])
        assert code in mail
        token = enter(place, old["mail"], code)
        assert enter(place, old["mail"], code) == token, "a double click"
        found = sign_in.who(token=token, secrets=secrets(), now=NOW)
        assert found is not None
        assert found[0].member_id == rosa.id
        assert contacts_of(rosa) == {"mail": old["mail"]}
        assert caution_of(rosa) == NOW + CAUTION
        assert (told(old["phone"]), told(old["mail"])) == (["phone_lost"], ["contact_changed"])
        with reading() as uow:
            assert uow.session.query(WebSessionRow).filter_by(ended_at=None).count() == 1

    def test_then_a_new_phone_needs_the_mails_agreement(
        self, place: BuiltPlace, rosa: BuiltMember
    ) -> None:
        mail = contacts_of(rosa)["mail"]
        ask(place, mail)
        enter(place, mail, newest_code(mail))
        change(rosa, "phone", NEW)
        assert contacts_of(rosa) == {"mail": mail, "phone": NEW}
        assert told(mail) == ["contact_changed"] * 2

    def test_can_be_undone_by_whoever_reads_the_mail(
        self, place: BuiltPlace, rosa: BuiltMember
    ) -> None:
        old = contacts_of(rosa)
        ask(place, old["mail"])
        enter(place, old["mail"], newest_code(old["mail"]))
        contacts.refuse(token=refusal_link(old["mail"]), secrets=secrets(), now=NOW)
        assert contacts_of(rosa) == old

    def test_a_strangers_or_a_fresh_address_gets_no_mail_and_opens_nothing(
        self, place: BuiltPlace, noise: BuiltPlace, rosa: BuiltMember
    ) -> None:
        fresh, elsewhere = "fresh@example.org", contacts_of(a_member(noise, mail=True))["mail"]
        change(rosa, "mail", fresh)
        phone = contacts_of(rosa)["phone"]
        for mail in ("nobody@example.org", fresh, elsewhere):
            before = sent_to(mail)
            ask(place, mail)
            assert sent_to(mail) == before
            with pytest.raises(Exception, match="account_suspended"):
                enter(place, mail, newest_code(mail))
        assert contacts_of(rosa)["phone"] == phone

    def test_counts_tries(self, place: BuiltPlace, rosa: BuiltMember) -> None:
        mail = contacts_of(rosa)["mail"]
        ask(place, mail)
        bad = f"{(int(newest_code(mail)) + 1) % 1_000_000:06d}"
        for _ in range(5):
            with pytest.raises(Invalid):
                enter(place, mail, bad)
        with pytest.raises(Invalid, match="code_too_many_tries"):
            enter(place, mail, newest_code(mail))


class TestWithoutMail:
    def test_the_desk_reads_of_it_and_the_number_is_told_once_a_day(
        self, place: BuiltPlace, rosa: BuiltMember
    ) -> None:
        phone = contacts_of(rosa)["phone"]
        note(place, phone)
        note(place, phone, "Again.")
        with reading() as uow:
            reports = [(r.kind, r.by_member_id, r.words) for r in uow.session.query(ReportRow)]
        assert [(kind, by) for kind, by, _ in reports] == [("lost-phone", None)] * 2
        assert "Rosa Long, 07700" in reports[0][2]
        assert len(sent_to(phone)) == 1
        assert contacts_of(rosa)["phone"] == phone

    def test_a_strangers_number_is_not_texted(self, place: BuiltPlace) -> None:
        note(place, LOST)
        assert sent_to(LOST) == []

    def test_there_are_not_more_than_the_desk_can_read(self, place: BuiltPlace) -> None:
        for number in range(20):
            note(place, LOST, f"Note {number}")
        with pytest.raises(LimitReached, match="lost_phones_soon"):
            note(place, LOST, "One more")
