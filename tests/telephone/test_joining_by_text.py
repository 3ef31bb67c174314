"""Somebody joins with an old phone: first name, postcode, age, consent, and no more."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from enabler.domain.consents import SIGN_UP, newest
from enabler.domain.vocabulary import MemberState, Role
from enabler.persistence.tables.members import ContactRow, MemberRow
from enabler.persistence.tables.texts import PromptRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import consents, texting
from tests.builders import NOW, BuiltPlace, a_member
from tests.services.test_denied import remove
from tests.telephone.phones import STRANGER, Phone, a_texted_place, audited
from tests.telephone.test_acting_for_people import died, needs_of


@pytest.fixture
def place(app: Flask) -> Any:
    with app.app_context():
        yield a_texted_place()


def member_of(place: BuiltPlace, number: str = STRANGER) -> Any:
    with reading() as uow:
        return uow.members.by_contact(place.id, "phone", number)


def joined(phone: Phone, first: str = "JOIN", name: str = "Rosa") -> list[str]:
    """All answers given, up to what is said at the end."""
    assert phone.text(first) == ["join-name"]
    assert phone.text(name) == ["join-postcode"]
    assert phone.text(phone.place.postcode_at(500, 500)) == ["join-age"]
    assert phone.text(f"{phone.letter()}1") == ["join-consent"]
    return phone.text(f"{phone.letter()}1")


class TestJoining:
    def test_makes_a_member_who_agreed_to_the_words_that_were_sent(self, place: BuiltPlace) -> None:
        assert joined(Phone(place)) == ["joined"]
        member = member_of(place)
        assert (member.name, member.shown_name, member.state, member.language) == (
            "Rosa", "Rosa", MemberState.ACTIVE, "en"
        )  # fmt: skip
        with reading() as uow:
            (consent,) = uow.consents.of(member.id)
            home = uow.homes.where(member.home_id)
            contacts = uow.contacts.of(member.id)
            roles = [one.grant.role for one in uow.members.roles_of(member.id, NOW)]
        wording = newest(SIGN_UP)
        assert (consent.version, consent.sha256) == (wording.version, wording.digest("en"))
        assert (consent.how, consent.page, consent.language) == ("text", "sign-up", "en")
        assert (home.postcode, home.address) == (place.postcode_at(500, 500), "")
        assert (contacts["phone"].value, contacts["phone"].verified_at) == (STRANGER, NOW)
        assert roles == [Role.RESIDENT]
        assert audited("member.joined") == 1

    def test_goes_on_with_what_they_wrote_at_first(self, place: BuiltPlace) -> None:
        phone = Phone(place)
        assert joined(phone, "can someone get my shopping on friday at 10am") == [
            "joined_first", "need-confirm"
        ]  # fmt: skip
        assert phone.text(f"{phone.letter()}1 12 Elm Row") == ["posted_only"], phone.said()
        member = member_of(place)
        with reading() as uow:
            (need,) = uow.needs.of_asker(place.id, member.id)
            assert uow.needs.exact(need.id) == (place.postcode_at(500, 500), "12 Elm Row")

    def test_in_welsh_keeps_the_welsh_words(self, place: BuiltPlace) -> None:
        phone = Phone(place)
        assert phone.text("IAITH CYMRAEG") == ["language"]
        phone.now += timedelta(days=1)
        assert joined(phone, "YMUNO") == ["joined"]
        member = member_of(place)
        with reading() as uow:
            (consent,) = uow.consents.of(member.id)
        assert (consent.language, consent.sha256) == ("cy", newest(SIGN_UP).digest("cy"))
        assert member.language == "cy"

    def test_two_of_one_postcode_share_no_home(self, place: BuiltPlace) -> None:
        joined(Phone(place))
        joined(Phone(place, "+447700900998"), name="Sam")
        homes = {member_of(place).home_id, member_of(place, "+447700900998").home_id}
        assert len(homes) == 2

    def test_at_another_places_postcode_asks_for_it_again_and_then_for_nothing_twice(
        self, place: BuiltPlace
    ) -> None:
        phone = Phone(place)
        phone.text("JOIN")
        phone.text("Rosa")
        phone.text("ZE1 0AA")
        phone.text(f"{phone.letter()}1")
        assert phone.text(f"{phone.letter()}1") == ["refused", "join-postcode"]
        assert phone.said()[0]["facts"] == {"why": "postcode_unknown"}
        assert phone.text(place.postcode_at(500, 500)) == ["joined"]

    def test_of_somebody_who_is_barred_waits_for_a_look(self, place: BuiltPlace) -> None:
        lead = a_member(place, "Lena Lead", roles=(Role.SAFEGUARDING_LEAD,))
        bad = a_member(place, "Basil Baddie", phone=False)
        with unit_of_work() as uow:
            uow.members.add_contact(place.id, bad.id, kind="phone", value=STRANGER, verified_at=NOW)
            uow.commit()
        remove(lead, bad)
        with unit_of_work() as uow:
            uow.session.execute(delete(ContactRow).where(ContactRow.value == STRANGER))
            uow.commit()
        phone = Phone(place)
        assert joined(phone) == ["joined_waits"]
        assert member_of(place).state is MemberState.HELD
        phone.text("shopping tomorrow any time")
        assert phone.text("12 Elm Row") == ["need-confirm"]
        assert phone.text(f"{phone.letter()}1") == ["held"]

    def test_whose_worker_died_makes_one_member(
        self, place: BuiltPlace, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        phone = Phone(place)
        for words in ("shopping please", "Rosa", place.postcode_at(500, 500)):
            phone.text(words)
        phone.text(f"{phone.letter()}1")
        ref = phone.keep(f"{phone.letter()}1")
        with monkeypatch.context() as broken:
            broken.setattr(texting, "close_text", died)
            with pytest.raises(RuntimeError):
                phone.work()
        assert member_of(place) is not None
        phone.work()
        assert phone.answer_to(ref) == ["joined_first", "need-when"]
        with reading() as uow:
            found = uow.session.scalars(select(MemberRow).where(MemberRow.name == "Rosa"))
            assert len(list(found)) == 1

    def test_may_do_no_more_than_texts_may(self, place: BuiltPlace) -> None:
        phone = Phone(place)
        joined(phone)
        text = phone.keep("HOURS")
        assert text
        with reading() as uow:
            waits = uow.inbound.by_provider_ref(text)
        assert waits is not None
        actor = texting.open_text(text_id=waits.id, now=NOW).actor
        assert (actor.kind, actor.texting) == ("member", True)
        with pytest.raises(Exception, match="not_by_text"):
            consents.withdraw(actor=actor, code="news", key="k1", now=NOW)


class TestWhoCannot:
    @pytest.mark.parametrize(
        "number", ["+441174960123", "+15005550006", "+447012345678", "+449098790123", "anonymous"]
    )
    def test_join_by_a_number_that_takes_no_texts_is_peoples(
        self, place: BuiltPlace, number: str
    ) -> None:
        phone = Phone(place, number)
        assert phone.text("JOIN") == []
        assert phone.received().set_aside_at == NOW
        for words in ("Rosa", place.postcode_at(500, 500), "A1", "A1"):
            assert phone.text(words) == []
        assert (phone.questions(), member_of(place, number)) == ([], None)
        assert audited("text.set-aside") == 1

    def test_join_under_eighteen_is_kept_nowhere(self, place: BuiltPlace) -> None:
        phone = Phone(place)
        phone.text("hello")
        phone.text("JOIN")
        phone.text("Rosa")
        phone.text(place.postcode_at(500, 500))
        assert phone.text(f"{phone.letter()}2") == ["too_young"]
        assert member_of(place) is None
        assert all(one.facts == {} for one in phone.questions())

    def test_agree_to_what_is_worded_otherwise_by_now_is_asked_anew(
        self, place: BuiltPlace
    ) -> None:
        phone = Phone(place)
        phone.text("JOIN")
        phone.text("Rosa")
        phone.text(place.postcode_at(500, 500))
        phone.text(f"{phone.letter()}1")
        with unit_of_work() as uow:
            (question,) = [
                one for one in uow.prompts.of(uow.phones.of(place.id, STRANGER, NOW), NOW)
                if one.question.kind == "join-consent"
            ]  # fmt: skip
            facts = {**question.question.facts, "version": 0}
            uow.session.execute(
                update(PromptRow).where(PromptRow.id == question.id).values(facts=facts)
            )
            uow.commit()
        assert phone.text(f"{phone.letter()}1") == ["join-consent"]
        assert phone.text(f"{phone.letter()}1") == ["joined"]

    def test_be_somebody_new_with_a_number_that_is_a_members(self, place: BuiltPlace) -> None:
        ann = a_member(place, "Ann")
        phone = Phone.of(ann)
        assert phone.text("JOIN") == ["known"]
        assert needs_of(ann) == []
