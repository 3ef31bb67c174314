"""Asking for a code: each cap at its edge, and nothing that tells who is a member."""

import threading
from datetime import timedelta

import pytest

from enabler.domain.errors import Invalid, KeyReused, LimitReached, NotFound
from enabler.domain.vocabulary import Priority
from enabler.persistence.tables.members import SignInCodeRow
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.unit_of_work import unit_of_work
from tests.identity.town import (
    ANN,
    BEN,
    MINUTE,
    NOW,
    SECOND,
    Town,
    codes,
    columns,
    rows,
    statements,
)
from tests.keeping import end_what_is_over

FULL_WIDTH = "".join(chr(0xFF10 + int(digit)) for digit in "07700900123")
NO_MOBILES = {
    "": "phone_missing", "0770": "phone_malformed", "\0": "phone_malformed",
    "x" * 10_000: "phone_malformed", "+1 212 555 0100": "phone_foreign",
    "09098790123": "phone_premium", "01632 960123": "phone_no_texts",
}  # fmt: skip


def flood(town: Town, how_many: int, **values: object) -> None:
    """Codes that were asked for before, of other numbers and addresses unless one is given."""
    with unit_of_work() as uow:
        for number in range(how_many):
            row = {
                "place_id": town.elsewhere, "phone": f"+4477{number:08d}", "nonce": f"n{number}",
                "browser_hash": "x", "from_address_hash": f"a{number}", "asked_at": NOW,
                "expires_at": NOW + 10 * MINUTE, **values,
            }  # fmt: skip
            uow.session.add(SignInCodeRow(**row))
        uow.commit()


class TestAText:
    def test_is_queued_with_no_code_in_it(self, town: Town) -> None:
        town.ask()
        code = town.code()
        [(template, parameters, priority, to, due, expires)] = columns(
            OutboxRow, "template", "parameters", "priority", "to_value", "due_at", "expires_at"
        )
        assert (template, priority, to, due) == ("sign_in_code", Priority.CODE, ANN, NOW)
        assert expires == NOW + 10 * MINUTE
        assert list(parameters) == ["nonce"]
        assert code not in str(parameters)

    def test_goes_to_the_number_however_it_was_typed(self, town: Town) -> None:
        for typed in ("07700 900123", "+44 (0)7700 900-123", FULL_WIDTH):
            town.ask(typed)
        assert rows(OutboxRow, to_value=ANN) == 3

    def test_goes_to_british_mobiles_alone(self, town: Town) -> None:
        for typed, code in NO_MOBILES.items():
            with pytest.raises(Invalid) as refused:
                town.ask(typed)
            assert (refused.value.field, refused.value.code) == ("phone", code)
        assert codes() == 0

    def test_is_asked_for_in_a_place(self, town: Town) -> None:
        with pytest.raises(NotFound):
            town.ask(place_id=999_999)

    def test_goes_once_for_a_form_that_is_sent_twice(self, town: Town) -> None:
        town.ask(key="form")
        town.ask(key="form")
        assert (codes(), rows(OutboxRow)) == (1, 1)
        with pytest.raises(KeyReused):
            town.ask(BEN, key="form")


class TestTheCapOfANumber:
    def test_is_three_in_a_quarter_of_an_hour(self, town: Town) -> None:
        for minute in range(3):
            town.ask(now=NOW + minute * MINUTE)
        with pytest.raises(LimitReached) as refused:
            town.ask(now=NOW + 15 * MINUTE - SECOND)
        assert refused.value.code == "codes_number_soon"
        assert refused.value.facts == {"until": NOW + 15 * MINUTE, "minutes": 1}
        town.ask(now=NOW + 15 * MINUTE)
        assert codes() == 4

    def test_is_six_a_day(self, town: Town) -> None:
        for quarter in range(6):
            town.ask(now=NOW + quarter * 15 * MINUTE)
        day = NOW + timedelta(days=1)
        with pytest.raises(LimitReached) as refused:
            town.ask(now=day - SECOND)
        assert refused.value.code == "codes_number_day"
        town.ask(now=day)

    def test_is_the_numbers_own(self, town: Town) -> None:
        for _ in range(3):
            town.ask()
        town.ask(BEN)

    def test_holds_through_whichever_place_and_browser_is_used(self, town: Town) -> None:
        town.ask(browser="b1", from_address="192.0.2.1")
        town.ask(browser="b2", from_address="192.0.2.2", place_id=town.elsewhere)
        town.ask(browser="b3", from_address="192.0.2.3")
        with pytest.raises(LimitReached):
            town.ask(browser="b4", from_address="192.0.2.4")

    def test_holds_against_many_at_once(self, town: Town) -> None:
        outcomes: list[str] = []

        def ask(turn: int) -> None:
            with town.app.app_context():
                try:
                    town.ask(key=f"at once {turn}")
                    outcomes.append("sent")
                except LimitReached as refused:
                    outcomes.append(refused.code)

        threads = [threading.Thread(target=ask, args=(turn,)) for turn in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(outcomes) == ["codes_number_soon"] * 5 + ["sent"] * 3
        assert codes() == 3


class TestTheCapOfAnAddress:
    def test_is_twenty_an_hour(self, town: Town) -> None:
        address = town_hash(town, "192.0.2.9")
        flood(town, 20, from_address_hash=address)
        with pytest.raises(LimitReached) as refused:
            town.ask(from_address="192.0.2.9", now=NOW + 60 * MINUTE - SECOND)
        assert refused.value.code == "codes_address"
        town.ask(from_address="192.0.2.9", now=NOW + 60 * MINUTE)

    def test_lets_the_twentieth_through(self, town: Town) -> None:
        flood(town, 19, from_address_hash=town_hash(town, "192.0.2.9"))
        town.ask(from_address="192.0.2.9")

    def test_counts_a_household_of_ipv6_as_one(self, town: Town) -> None:
        flood(town, 20, from_address_hash=town_hash(town, "2001:db8:1:2::7"))
        with pytest.raises(LimitReached):
            town.ask(from_address="2001:db8:1:2:ffff::8")
        town.ask(from_address="2001:db8:1:3::8")


class TestTheCapOfEverybody:
    def test_is_two_thousand_a_day(self, town: Town) -> None:
        flood(town, 1_999)
        town.ask(now=NOW + SECOND)
        with pytest.raises(LimitReached) as refused:
            town.ask(BEN, now=NOW + timedelta(days=1) - SECOND)
        assert refused.value.code == "codes_everyone"
        town.ask(BEN, now=NOW + timedelta(days=1))


class TestWhoIsAMember:
    def test_is_told_by_no_answer_and_no_statement(self, town: Town) -> None:
        town.join(ANN)
        told = {}
        for phone in (ANN, BEN):
            with statements() as told[phone]:
                town.ask(phone, now=NOW + 60 * MINUTE, key="a" + phone)
        assert len(told[ANN]) > 5
        assert told[ANN] == told[BEN]
        known, unknown = columns(OutboxRow, "template", "member_id", "priority", "language")[-2:]
        assert known == unknown

    def test_is_told_by_no_cap(self, town: Town) -> None:
        town.join(ANN)
        later = NOW + 60 * MINUTE
        facts = []
        for phone in (ANN, BEN):
            for _ in range(3):
                town.ask(phone, now=later)
            with pytest.raises(LimitReached) as refused:
                town.ask(phone, now=later)
            facts.append((refused.value.code, refused.value.facts))
        assert facts[0] == facts[1]


class TestOldCodes:
    def test_are_kept_as_long_as_a_cap_counts_them(self, town: Town) -> None:
        town.ask()
        day = NOW + timedelta(days=1)
        end_what_is_over(now=day - SECOND)
        assert codes() == 1
        end_what_is_over(now=day + SECOND)
        assert codes() == 0


def town_hash(town: Town, address: str) -> str:
    """The digest under which an address is counted, as a code asked for from there shows it."""
    town.ask("+447700900999", from_address=address)
    [(found,)] = columns(SignInCodeRow, "from_address_hash", phone="+447700900999")
    with unit_of_work() as uow:
        uow.session.query(SignInCodeRow).delete()
        uow.commit()
    return str(found)
