"""A number that two texts did not reach: no more go there, and people ring."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from enabler.domain.permissions import Actor
from enabler.domain.reaching import OF_THE_NUMBER
from enabler.domain.vocabulary import OutboxState, Priority, Role
from enabler.doors.wiring import wiring
from enabler.persistence.tables.audit import AuditRow
from enabler.persistence.tables.members import ContactRow
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.tables.places import PlaceRow
from enabler.persistence.unit_of_work import unit_of_work
from enabler.services import deliveries, inbound, messages, notices, sign_in, untold, untold_clock
from enabler.services._tell import tell
from sms.refusals import AFTERWARDS
from tests.builders import NOW, BuiltMember, BuiltPlace, a_member
from tests.messages.gateways import Network, failing
from tests.services.contacting import secrets
from tests.services.deeds import a_key
from tests.services.mandating import rows

SOON = timedelta(minutes=1)


@pytest.fixture
def rose(place: BuiltPlace) -> BuiltMember:
    return a_member(place, "Rose Reach")


@pytest.fixture
def cal(place: BuiltPlace) -> BuiltMember:
    return a_member(place, "Cal Desk", at=(2500, 2500), roles=(Role.CALL_HANDLER,))


def phone_of(member: BuiltMember) -> str:
    with unit_of_work() as uow:
        return uow.contacts.of(member.id)["phone"].value


def told(member: BuiltMember, key: str, priority: Priority = Priority.MATCH) -> int:
    """A letter to them is queued; the id of its row as a text (or a mail)."""
    with unit_of_work() as uow:
        tell(
            uow, place_id=member.place.id, member_id=member.id, template="pause_over",
            parameters={"back": member.ref}, priority=priority, dedupe_key=key, now=NOW,
        )  # fmt: skip
        uow.commit()
    found = [row for row in rows(OutboxRow) if row.dedupe_key == key]
    return found[0].id if found else 0


def taken(member: BuiltMember, key: str, **more: Any) -> str:
    """A text that a provider took; its reference."""
    identity = told(member, key, **more)
    with unit_of_work() as uow:
        row = uow.session.get_one(OutboxRow, identity)
        row.state, row.sent_at, row.provider_ref = OutboxState.ACCEPTED, NOW, f"SM-{key}"
        uow.commit()
    return f"outbox-{identity}"


def failed(member: BuiltMember, *keys: str, error: str = "phone_unreachable") -> None:
    for key in keys:
        reference = taken(member, key)
        assert deliveries.report(reference=reference, status="failed", error=error, now=NOW)


def marked(member: BuiltMember) -> bool:
    with unit_of_work() as uow:
        return uow.telling.receiver(member.id).marked


def to_tell(who: BuiltMember, now: datetime = NOW) -> list[str]:
    """What people are to tell the only one who waits."""
    listed = untold.listed(actor=who.actor, now=now)
    if not listed:
        return []
    shown = untold.show(actor=who.actor, ref=listed[0].ref, secrets=secrets(), now=now)
    return sorted(each.template for each in shown.letters)


def changes() -> list[str]:
    return [row.what for row in rows(AuditRow) if row.what.startswith("phone.")]


class TestTwoFailures:
    def test_mark_the_number_and_put_a_call_on_the_list(
        self, rose: BuiltMember, cal: BuiltMember
    ) -> None:
        failed(rose, "one")
        assert (marked(rose), to_tell(cal), changes()) == (False, [], [])
        failed(rose, "two")
        assert marked(rose)
        assert to_tell(cal) == ["number_unreached", "pause_over"]
        assert changes() == ["phone.marked"]
        assert notices.show(actor=rose.actor, now=NOW).marked

    def test_that_are_not_about_the_number_do_not(self, rose: BuiltMember) -> None:
        failed(rose, "one", "two", "three", error="filtered")
        assert not marked(rose)

    def test_with_one_that_arrived_between_do_not(self, rose: BuiltMember) -> None:
        failed(rose, "one")
        deliveries.report(reference=taken(rose, "two"), status="delivered", now=NOW)
        failed(rose, "three")
        assert not marked(rose)

    def test_told_twice_of_one_text_are_one(self, rose: BuiltMember) -> None:
        reference = taken(rose, "one")
        for _ in range(3):
            deliveries.report(
                reference=reference, status="failed", error="phone_unreachable", now=NOW
            )
        assert not marked(rose)

    def test_when_it_is_handed_over_count_as_well(self, rose: BuiltMember) -> None:
        network = Network(at=failing("send", "number_wrong", retry=False))
        for key in ("one", "two"):
            told(rose, key)
        messages.deliver_outbox(gateway=network, secrets=wiring().secrets, now=NOW + SOON)
        assert marked(rose)

    def test_because_the_provider_is_down_do_not(self, rose: BuiltMember) -> None:
        network = Network(at=failing("send", "provider_down", retry=True))
        for key in ("one", "two", "three"):
            told(rose, key)
        messages.deliver_outbox(gateway=network, secrets=wiring().secrets, now=NOW + SOON)
        assert not marked(rose)


class TestAMarkedNumber:
    def test_gets_no_more_texts_and_people_tell_what_waited(
        self, rose: BuiltMember, cal: BuiltMember
    ) -> None:
        told(rose, "waits")
        failed(rose, "one", "two")
        network = Network()
        messages.deliver_outbox(gateway=network, secrets=wiring().secrets, now=NOW + SOON)
        assert network.taken == []
        assert told(rose, "later") == 0
        assert to_tell(cal, NOW + SOON) == ["number_unreached", *3 * ["pause_over"]]

    def test_still_gets_codes_and_what_keeps_them_safe(self, rose: BuiltMember) -> None:
        failed(rose, "one", "two")
        told(rose, "safe", Priority.SAFETY)
        network = Network()
        messages.deliver_outbox(gateway=network, secrets=wiring().secrets, now=NOW + SOON)
        assert len(network.taken) == 1

    def test_of_somebody_with_mail_is_mailed_and_people_still_ring(
        self, rose: BuiltMember, cal: BuiltMember
    ) -> None:
        with unit_of_work() as uow:
            uow.session.add(ContactRow(
                place_id=rose.place.id, member_id=rose.id, kind="mail", value="rose@example.org",
                verified_at=NOW,
            ))  # fmt: skip
            uow.commit()
        told(rose, "waits")
        failed(rose, "one", "two")
        network = Network()
        messages.deliver_outbox(gateway=network, secrets=wiring().secrets, now=NOW + SOON)
        messages.deliver_outbox(gateway=network, secrets=wiring().secrets, now=NOW + SOON)
        assert {address for _, address, _ in network.taken} == {"rose@example.org"}
        assert to_tell(cal, NOW + SOON) == ["number_unreached"]
        untold_clock.look(actor=Actor.system(untold_clock.JOB), now=NOW + SOON)
        assert to_tell(cal, NOW + SOON) == ["number_unreached"]


class TestTheMarkEnds:
    def look(self, now: datetime = NOW) -> None:
        untold_clock.look(actor=Actor.system(untold_clock.JOB), now=now)

    def test_when_they_text_us_and_what_waited_is_sent(
        self, place: BuiltPlace, rose: BuiltMember, cal: BuiltMember
    ) -> None:
        failed(rose, "one", "two")
        with unit_of_work() as uow:
            uow.session.get_one(PlaceRow, place.id).phone = "+447700900001"
            uow.commit()
        inbound.keep(
            provider_ref="SM-in", sent_from=phone_of(rose), sent_to="+447700900001", body="MY",
            opt_out=None, sent_at=None, now=NOW,
        )  # fmt: skip
        assert not marked(rose)
        self.look()
        assert to_tell(cal) == []
        assert rows(OutboxRow)[-1].state is OutboxState.QUEUED
        assert changes() == ["phone.marked", "phone.reached"]

    def test_when_they_sign_in_by_it(self, place: BuiltPlace, rose: BuiltMember) -> None:
        failed(rose, "one", "two")
        number = phone_of(rose)
        sign_in.ask_code(
            place_id=place.id, phone_text=number, browser="b" * 40, from_address="127.0.0.1",
            secrets=secrets(), key=a_key(), now=NOW,
        )  # fmt: skip
        asked = [row for row in rows(OutboxRow) if row.priority is Priority.CODE]
        nonce = asked[-1].parameters["nonce"]
        sign_in.check_code(
            place_id=place.id, phone_text=number, code=secrets().code(nonce), browser="b" * 40,
            shared_device=False, secrets=secrets(), now=NOW,
        )  # fmt: skip
        assert not marked(rose)

    def test_when_people_say_so(self, rose: BuiltMember, cal: BuiltMember) -> None:
        failed(rose, "one", "two")
        (line,) = untold.listed(actor=cal.actor, now=NOW)
        key = a_key()
        for _ in range(2):
            untold.takes_texts(actor=cal.actor, ref=line.ref, key=key, now=NOW)
        assert not marked(rose)
        assert changes() == ["phone.marked", "phone.reached"]
        self.look()
        assert to_tell(cal) == []

    def test_with_another_number(self, place: BuiltPlace, rose: BuiltMember) -> None:
        failed(rose, "one", "two")
        with unit_of_work() as uow:
            uow.contacts.replace(
                place.id, rose.id, kind="phone", value="+447700900777", now=NOW + SOON
            )
            uow.commit()
        assert not marked(rose)
        late = taken(rose, "late")  # to the old number, as it was before
        deliveries.report(reference=late, status="failed", error="number_unknown", now=NOW + SOON)
        with unit_of_work() as uow:
            assert uow.phones.known(place.id, "+447700900777") is None


def test_each_code_that_marks_is_one_that_the_provider_gives() -> None:
    assert {*AFTERWARDS.values(), "undelivered"} >= OF_THE_NUMBER
