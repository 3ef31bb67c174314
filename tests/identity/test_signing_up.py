"""Signing up: a proved number becomes one member, whatever is typed and however often."""

import threading

import pytest

from enabler.domain.consents import SIGN_UP, newest
from enabler.domain.errors import Invalid, KeyReused, NotAllowed
from enabler.domain.vocabulary import Role
from enabler.persistence.tables.audit import AuditRow, AuditValueRow
from enabler.persistence.tables.consents import ConsentRow
from enabler.persistence.tables.members import (
    ContactRow,
    HomeRow,
    MemberRow,
    RoleRow,
    WebSessionRow,
)
from enabler.services import sign_in
from tests.identity.town import ANN, BEN, CAZ, MINUTE, NOW, Town, columns, rows

EVERYTHING = (MemberRow, HomeRow, ContactRow, ConsentRow, RoleRow)
WRONG: list[tuple[dict[str, object], str, str]] = [
    ({"adult": False}, "adult", "under_18"),
    ({"consented": False}, "consented", "consent_missing"),
    ({"name": ""}, "name", "name_missing"),
    ({"name": "\0\u200b"}, "name", "name_missing"),
    ({"name": "123"}, "name", "name_no_letter"),
    ({"name": "Ann 07700 900123"}, "name", "name_with_contact"),
    ({"shown_name": "Ring 0 77 00 9"}, "shown_name", "name_with_contact"),
    ({"shown_name": "Pay at bit.ly/1234"}, "shown_name", "name_with_contact"),
    ({"shown_name": "me@example.org"}, "shown_name", "name_with_contact"),
    ({"name": "x" * 201}, "name", "name_too_long"),
    ({"name": "é" * 10_000}, "name", "name_too_long"),
    ({"shown_name": "x" * 61}, "shown_name", "shown_name_too_long"),
    ({"address": " "}, "address", "address_missing"),
    ({"address": "\u202e"}, "address", "address_missing"),
    ({"address": "x" * 201}, "address", "address_too_long"),
    ({"postcode_text": ""}, "postcode", "postcode_missing"),
    ({"postcode_text": "ZZ1"}, "postcode", "postcode_partial"),
    ({"postcode_text": "\0"}, "postcode", "postcode_malformed"),
    ({"postcode_text": "ZZ1 9ZZ"}, "postcode", "postcode_unknown"),
    ({"postcode_text": "ZY1 0AA"}, "postcode", "postcode_outside_place"),
]


class TestANewMember:
    def test_is_kept_with_home_contact_consent_and_role(self, town: Town) -> None:
        signed_in = town.sign_up(town.prove(), name="  Ann   Archer ", address="1  High Street")
        assert (signed_in.shown_name, signed_in.roles) == ("Ann", (Role.RESIDENT,))
        assert (signed_in.verified_phone, signed_in.place_id) == (None, town.place_id)
        assert columns(
            MemberRow, "name", "shown_name", "language", "state", "adult_declared_at"
        ) == [("Ann Archer", "Ann", "en", "active", NOW)]
        assert columns(HomeRow, "postcode", "address", "easting", "northing") == [
            ("ZZ1 0AA", "1 High Street", 411_321, 210_123)
        ]
        assert columns(ContactRow, "kind", "value", "verified_at") == [("phone", ANN, NOW)]
        assert columns(ConsentRow, "wording", "version", "wording_hash", "given_at") == [
            (SIGN_UP, 1, newest(SIGN_UP).digest("en"), NOW)
        ]

    def test_is_in_the_audit_by_ref_alone(self, town: Town) -> None:
        signed_in = town.sign_up(town.prove())
        told = columns(AuditRow, "what", "actor_name", "subject_ref", what="member.joined")
        assert told == [("member.joined", signed_in.member_ref, signed_in.member_ref)]
        everything = str(columns(AuditRow, *AuditRow.__table__.c.keys()))
        assert not any(word in everything for word in ("Archer", "High Street", ANN[3:], "ZZ1"))
        assert rows(AuditValueRow) == 0

    def test_chooses_what_others_read(self, town: Town) -> None:
        assert town.sign_up(town.prove(), shown_name="Annie").shown_name == "Annie"

    def test_reads_a_language_of_the_place(self, town: Town) -> None:
        for phone, asked, kept in ((ANN, "cy", "cy"), (BEN, "fr", "en"), (CAZ, "", "en")):
            assert town.sign_up(town.prove(phone), language=asked).language == kept

    def test_may_have_any_name_that_has_a_letter(self, town: Town) -> None:
        for number, name in enumerate(["Ó Súilleabháin", "李", "عربي", "X Æ A-12 🙂", "x" * 200]):
            signed_in = town.sign_up(
                town.prove(f"+44770090010{number}", browser=f"b{number}"), name=name
            )
            assert signed_in.member_ref is not None

    def test_lives_with_whoever_gave_the_same_address(self, town: Town) -> None:
        town.join(ANN, address="Flat 1, 2 High Street")
        town.join(BEN, address="flat 1 2 HIGH STREET.")
        town.join(CAZ, address="Flat 12 High Street")
        homes = [home for (home,) in columns(MemberRow, "home_id")]
        assert homes[0] == homes[1] != homes[2]


class TestWhatIsTyped:
    def test_is_refused_at_its_field_and_can_be_put_right(self, town: Town) -> None:
        token = town.prove()
        for typed, field, code in WRONG:
            with pytest.raises(Invalid) as wrong:
                town.sign_up(token, **typed, key="form")
            assert (wrong.value.field, wrong.value.code) == (field, code), typed
        assert [rows(kind) for kind in EVERYTHING] == [0] * 5
        assert town.sign_up(token, key="form").member_ref is not None

    def test_loses_what_cannot_be_seen(self, town: Town) -> None:
        town.join(name="Ann\0 \u202eArcher\n", address="1\tHigh\u200b Street")
        assert columns(MemberRow, "name") == [("Ann Archer",)]
        assert columns(HomeRow, "address") == [("1 High Street",)]


class TestAForm:
    def test_sent_twice_makes_one_member(self, town: Town) -> None:
        token = town.prove()
        first = town.sign_up(token, key="form")
        assert town.sign_up(token, key="form") == first
        assert town.sign_up(token, key="opened again") == first
        assert [rows(kind) for kind in EVERYTHING] == [1] * 5

    def test_sent_with_anothers_key_is_refused(self, town: Town) -> None:
        town.join(ANN, key="form")
        token = town.prove(BEN)
        with pytest.raises(KeyReused):
            town.sign_up(token, key="form")

    def test_needs_a_number_that_was_proved(self, town: Town) -> None:
        token = town.prove()
        for wrong, now in (("made up", NOW), (token, NOW + 60 * MINUTE)):
            with pytest.raises(NotAllowed) as refused:
                town.sign_up(wrong, now=now)
            assert refused.value.code == "sign_in_first"
        sign_in.sign_out(token=token, secrets=town.secrets, now=NOW)
        with pytest.raises(NotAllowed):
            town.sign_up(token)

    def test_of_two_browsers_makes_one_member(self, town: Town) -> None:
        first, second = town.prove(browser="b1"), town.prove(browser="b2")
        one = town.sign_up(first, name="Ann Archer")
        other = town.sign_up(second, name="Somebody Else")
        assert (other.member_ref, other.shown_name) == (one.member_ref, "Ann")
        assert [rows(kind) for kind in EVERYTHING] == [1] * 5

    @pytest.mark.parametrize("one_key", [True, False])
    def test_of_two_browsers_at_once_makes_one_member(self, town: Town, one_key: bool) -> None:
        tokens = [town.prove(browser=f"b{number}") for number in range(3)]
        refs: list[object] = []

        def sign_up(number: int) -> None:
            with town.app.app_context():
                key = "one" if one_key else f"key {number}"
                refs.append(town.sign_up(tokens[number], key=key).member_ref)

        threads = [threading.Thread(target=sign_up, args=(number,)) for number in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(refs) == 3
        assert len(set(refs)) == 1
        assert [rows(kind) for kind in EVERYTHING] == [1] * 5
        [(member_id,)] = columns(MemberRow, "id")
        assert rows(WebSessionRow, member_id=member_id, verified_phone=None) == 3

    def test_in_two_places_makes_two_members(self, town: Town) -> None:
        town.join(ANN)
        town.ask(ANN, place_id=town.elsewhere, browser="b2")
        token = town.enter(town.code(), browser="b2", place_id=town.elsewhere)
        there = town.sign_up(token, postcode_text="ZY1 0AA")
        assert there.place_id == town.elsewhere
        assert rows(MemberRow) == 2

    def test_of_a_member_who_was_suspended_meanwhile_opens_nothing(self, town: Town) -> None:
        late = town.prove(browser="b2")
        found = town.who(town.join())
        assert found is not None
        town.suspend(found[0].member_id or 0)
        with pytest.raises(NotAllowed) as refused:
            town.sign_up(late)
        assert refused.value.code == "account_suspended"
