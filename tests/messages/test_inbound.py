"""What phones text is kept once, worked in turn, and given to people where it cannot be worked."""

import threading
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from enabler.domain.errors import NotFound
from enabler.domain.vocabulary import MemberState
from enabler.persistence.tables.texts import InboundTextRow, PhoneRow
from enabler.persistence.unit_of_work import UnitOfWork, reading
from enabler.services import inbound
from tests import rows
from tests.messages.conftest import SOON, Street

PLACE, MOBILE, OTHER = "+447700900001", "+447700900777", "+447700900778"


def keep(
    ref: str, body: str = "hello", *, sent_from: str = MOBILE, sent_to: str = PLACE,
    sent_at: datetime | None = None, now: datetime = rows.NOON,
) -> bool:  # fmt: skip
    return inbound.keep(provider_ref=ref, sent_from=sent_from, sent_to=sent_to, body=body,
                        opt_out=None, sent_at=sent_at, now=now)  # fmt: skip


def next_body(
    street: Street, holder: str = "one", number: str = MOBILE, now: datetime = rows.NOON
) -> tuple[int, str] | None:
    found = inbound.next_of(place_id=street.town.id, number=number, holder=holder, now=now)
    return None if found is None else (found.id, found.body)


class TestAText:
    def test_is_kept_once_for_each_reference(self, street: Street) -> None:
        assert keep("SM1", "can someone help")
        assert not keep("SM1", "can someone help", now=rows.NOON + SOON)
        with reading() as uow:
            (row,) = uow.session.scalars(select(InboundTextRow))
            assert (row.body, row.received_at, row.number) == (
                "can someone help", rows.NOON, MOBILE
            )  # fmt: skip

    def test_of_a_member_is_theirs(self, street: Street) -> None:
        with reading() as uow:
            phone = uow.telling.receiver(street.asker).phone or ""
        keep("SM1", sent_from=phone)
        with reading() as uow:
            (row,) = uow.session.scalars(select(InboundTextRow))
            assert (row.member_id, row.number) == (street.asker, None)

    def test_to_no_place_of_ours_is_refused(self, street: Street) -> None:
        with pytest.raises(NotFound, match="place_unknown"):
            keep("SM1", sent_to="+447700900999")

    @pytest.mark.parametrize("body", ["a\0b", "half \ud83d", "", "\U0001f600" * 800])
    def test_of_any_letters_can_be_kept(self, street: Street, body: str) -> None:
        assert keep("SM1", body, sent_from="anonymous")
        assert next_body(street, number="anonymous") is not None

    def test_that_comes_eight_times_at_once_is_kept_once(self, street: Street, app: Flask) -> None:
        ready, new = threading.Barrier(8), []

        def deliver() -> None:
            with app.app_context():
                ready.wait(30)
                new.append(keep("SM1"))

        threads = [threading.Thread(target=deliver) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert sorted(new) == [False] * 7 + [True]
        with reading() as uow:
            assert len(list(uow.session.scalars(select(PhoneRow)))) == 1


class TestTheirTurn:
    def test_goes_by_when_they_were_sent(self, street: Street) -> None:
        keep("SM2", "second", sent_at=rows.NOON - SOON, now=rows.NOON)
        keep("SM1", "first", sent_at=rows.NOON - 2 * SOON, now=rows.NOON + SOON)
        said = []
        while (found := next_body(street)) is not None:
            said.append(found[1])
            inbound.settle(text_id=found[0], now=rows.NOON)
        assert said == ["first", "second"]

    def test_is_one_holders_at_a_time(self, street: Street) -> None:
        keep("SM1")
        assert next_body(street, "one") is not None
        assert next_body(street, "two") is None
        assert next_body(street, "one") is not None
        died = rows.NOON + inbound.WORKED_WITHIN
        assert next_body(street, "two", now=died) is not None

    def test_is_free_again_when_nothing_is_left(self, street: Street) -> None:
        keep("SM1")
        first = next_body(street, "one")
        assert first is not None
        inbound.settle(text_id=first[0], now=rows.NOON)
        assert next_body(street, "one") is None
        keep("SM2", "more")
        assert next_body(street, "two") is not None

    def test_of_another_number_does_not_wait(self, street: Street) -> None:
        keep("SM1")
        keep("SM2", sent_from=OTHER)
        assert next_body(street, "one") is not None
        assert next_body(street, "two", OTHER) is not None

    def test_is_settled_once(self, street: Street) -> None:
        keep("SM1")
        found = next_body(street)
        assert found is not None
        assert inbound.settle(text_id=found[0], now=rows.NOON)
        assert not inbound.settle(text_id=found[0], now=rows.NOON + SOON)


class TestWhatFails:
    def test_goes_to_people_the_third_time_and_the_next_has_its_turn(self, street: Street) -> None:
        keep("SM1", "breaks")
        keep("SM2", "fine", now=rows.NOON + SOON)
        for third in (False, False, True):
            found = next_body(street)
            assert found is not None
            assert found[1] == "breaks"
            assert inbound.failed(text_id=found[0], holder="one", now=rows.NOON) is third
        found = next_body(street)
        assert found is not None
        assert found[1] == "fine"
        with reading() as uow:
            row = uow.session.scalars(select(InboundTextRow).order_by(InboundTextRow.id)).first()
            assert row is not None
            assert (row.set_aside_at, row.answered_at) == (rows.NOON, None)
            assert row.ref

    def test_can_be_given_to_people_at_once(self, street: Street) -> None:
        keep("SM1", "you know what I mean")
        found = next_body(street)
        assert found is not None
        ref = inbound.set_aside(text_id=found[0], now=rows.NOON)
        assert inbound.set_aside(text_id=found[0], now=rows.NOON + SOON) == ref
        assert next_body(street) == found  # they are told so
        inbound.settle(text_id=found[0], now=rows.NOON)
        with reading() as uow:
            row = uow.session.scalars(select(InboundTextRow)).one()
            assert (row.answered_at, row.over_at) == (rows.NOON, None)

    def test_is_found_by_the_sweep(self, street: Street) -> None:
        keep("SM1")
        assert inbound.waiting(now=rows.NOON) == ()
        later = rows.NOON + inbound.SWEPT_AFTER
        assert inbound.waiting(now=later) == ((street.town.id, MOBILE),)
        assert next_body(street, now=later) is not None
        assert inbound.waiting(now=later) == ()
        died = later + inbound.WORKED_WITHIN
        assert inbound.waiting(now=died) == ((street.town.id, MOBILE),)


class TestAPhone:
    def test_that_wants_no_texts_is_remembered(self, street: Street) -> None:
        keep("SM1")

        def stop(uow: UnitOfWork) -> None:
            phone = uow.phones.of(street.town.id, MOBILE, rows.NOON)
            uow.phones.stop(phone.id, rows.NOON)

        street.change(stop)
        keep("SM2", now=rows.NOON + timedelta(days=1))
        with reading() as uow:
            (row,) = uow.session.scalars(select(PhoneRow))
            assert (row.stopped_at, row.idle_since) == (rows.NOON, None)
            assert uow.telling.number(street.town.id, MOBILE).stopped
            assert not uow.telling.number(street.town.id, OTHER).stopped

    def test_goes_with_whoever_wrote_from_it_and_stays_with_whoever_has_it_now(
        self, street: Street
    ) -> None:
        with reading() as uow:
            asker, helper = (
                uow.telling.receiver(one).phone or "" for one in (street.asker, street.helper)
            )
        for nth, number in enumerate((asker, helper, helper)):
            keep(f"SM{nth}", sent_from=number)

        def change_hands(uow: UnitOfWork) -> None:
            """The asker wrote from the number that the helper has now, and goes for good."""
            row = InboundTextRow
            uow.session.execute(
                update(row).where(row.provider_ref == "SM1").values(member_id=street.asker)
            )
            uow.members.change(street.asker, state=MemberState.ERASED)
            uow.erasing.erase(street.asker, rows.NOON)

        street.change(change_hands)
        with reading() as uow:
            assert list(uow.session.scalars(select(PhoneRow.number))) == [helper]
            assert list(uow.session.scalars(select(InboundTextRow.provider_ref))) == ["SM2"]
