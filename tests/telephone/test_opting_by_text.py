"""No more texts, and texts again; another language."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from enabler.domain.stopping import may_go_all_the_same
from enabler.domain.vocabulary import MemberState, Priority
from enabler.persistence.tables.places import PlaceRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import texting
from enabler.services._tell import tell
from tests.builders import NOW, BuiltMember, BuiltPlace, a_helper, a_member
from tests.services.deeds import accept, post
from tests.telephone.phones import STRANGER, Phone, a_texted_place, audited
from tests.telephone.test_acting_for_people import died

MINUTE = timedelta(minutes=1)


@pytest.fixture
def place(app: Flask) -> Any:
    with app.app_context():
        yield a_texted_place()


@pytest.fixture
def ann(place: BuiltPlace) -> BuiltMember:
    return a_member(place, "Ann Asker")


def wants_none(place: BuiltPlace, number: str) -> bool:
    with reading() as uow:
        return uow.telling.number(place.id, number).stopped


class TestStop:
    @pytest.mark.parametrize(
        "words",
        ["STOP", "stop please", "Please stop texting me", "no more texts", "STOPIWCH", "end"],
    )
    def test_is_heard_as_people_write_it_and_confirmed_once(
        self, ann: BuiltMember, words: str
    ) -> None:
        phone = Phone.of(ann)
        assert phone.text(words) == ["stopped"]
        assert wants_none(ann.place, phone.number)
        assert phone.text(words) == []
        assert audited("member.stopped") == 1

    def test_of_a_stranger_counts_as_well(self, place: BuiltPlace) -> None:
        phone = Phone(place)
        assert phone.text("hello") == ["how_to_join"]
        assert phone.text("STOP") == ["stopped"]
        assert wants_none(place, STRANGER)
        assert phone.text("START") == []  # they had the answer of the day
        assert not wants_none(place, STRANGER)
        assert (audited("phone.stopped"), audited("phone.started")) == (1, 1)

    def test_that_the_provider_confirmed_is_not_confirmed_again(self, ann: BuiltMember) -> None:
        phone = Phone.of(ann)
        assert phone.text("STOP", opt_out="STOP") == []
        assert wants_none(ann.place, phone.number)
        assert phone.text("START", opt_out="START") == []
        assert not wants_none(ann.place, phone.number)

    def test_of_somebody_suspended_counts_as_well(self, ann: BuiltMember) -> None:
        with unit_of_work() as uow:
            uow.members.change(ann.id, state=MemberState.SUSPENDED)
            uow.commit()
        phone = Phone.of(ann)
        assert phone.text("STOP") == ["stopped"]
        with reading() as uow:
            assert uow.homes.member(ann.id).stopped

    def test_ends_nothing_else_and_keeps_every_sender_still(self, place: BuiltPlace) -> None:
        asker, helper = a_member(place, "Ann"), a_helper(place)
        need = post(asker).ref
        match = accept(helper).ref
        Phone.of(asker).text("STOP")
        with reading() as uow:
            assert uow.matches.by_ref(place.id, match).state.value == "accepted"
            assert uow.needs.by_ref(place.id, need).state.value == "filled"
        with unit_of_work() as uow:
            queued = tell(
                uow, place_id=place.id, member_id=asker.id, template="accepted_asker",
                parameters={"match": match}, priority=Priority.MATCH, dedupe_key="x", now=NOW,
            )  # fmt: skip
        assert not queued

    def test_by_a_worker_that_died_is_confirmed_all_the_same(
        self, ann: BuiltMember, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        phone = Phone.of(ann)
        ref = phone.keep("STOP")
        with monkeypatch.context() as broken:
            broken.setattr(texting, "close_text", died)
            with pytest.raises(RuntimeError):
                phone.work()
        assert wants_none(ann.place, phone.number)
        phone.work()
        assert phone.answer_to(ref) == ["stopped"]
        assert audited("member.stopped") == 1

    def test_the_words_of_whoever_wants_no_texts_are_read_by_people(self, ann: BuiltMember) -> None:
        phone = Phone.of(ann)
        phone.text("STOP")
        phone.text("but what about my tablets")
        assert phone.received().set_aside_at == NOW

    @pytest.mark.parametrize(
        ("template", "parameters", "goes"),
        [
            ("answer", {"text": 1, "asks": [], "says": [{"code": "stopped", "facts": {}}]}, True),
            ("answer", {"text": 1, "asks": ["A"], "says": [{"code": "stopped"}]}, False),
            ("answer", {"asks": [], "says": [{"code": "stopped"}, {"code": "menu"}]}, False),
            ("answer", {"text": 1, "asks": [], "says": [{"code": "danger"}]}, True),
            ("ask", {"match": "AB12"}, False),
            ("wrote", {"says": [{"code": "stopped"}]}, False),
        ],
    )  # fmt: skip
    def test_lets_nothing_through_but_that_it_was_heard_and_what_to_do_in_danger(
        self, template: str, parameters: dict[str, Any], goes: bool
    ) -> None:
        assert may_go_all_the_same(template, parameters) is goes


class TestStart:
    @pytest.mark.parametrize("words", ["START", "text me again", "yes", "DECHRAU"])
    def test_brings_texts_back(self, ann: BuiltMember, words: str) -> None:
        phone = Phone.of(ann)
        phone.text("STOP")
        assert phone.text(words) == ["started"]
        assert not wants_none(ann.place, phone.number)
        assert audited("member.started") == 1

    def test_of_whoever_gets_them_says_what_can_be_done(self, ann: BuiltMember) -> None:
        assert Phone.of(ann).text("START") == ["menu"]


class TestLanguage:
    def test_is_a_members_own_and_holds_for_the_answer(self, ann: BuiltMember) -> None:
        phone = Phone.of(ann)
        assert phone.text("LANG") == ["say_language"]
        assert phone.text("LANG CYMRAEG") == ["language"]
        row = phone.row(phone.sent[-1])
        assert row is not None
        assert row.language == "cy"
        with reading() as uow:
            assert uow.homes.member(ann.id).language == "cy"
        assert audited("member.changed") == 1

    def test_of_a_stranger_is_their_phones(self, place: BuiltPlace) -> None:
        phone = Phone(place)
        assert phone.text("LANG CYMRAEG") == ["language"]
        row = phone.row(phone.sent[-1])
        assert row is not None
        assert row.language == "cy"

    def test_that_the_place_does_not_speak_is_said(self, place: BuiltPlace) -> None:
        only_english(place)
        assert Phone(place).text("LANG CYMRAEG") == ["no_such_language"]
        assert Phone.of(a_member(place, "Ann")).text("LANG CYMRAEG") == ["no_such_language"]


def only_english(place: BuiltPlace) -> None:
    """The place answers in one language."""
    with unit_of_work() as uow:
        uow.session.execute(
            update(PlaceRow).where(PlaceRow.id == place.id).values(languages=["en"])
        )
        uow.commit()
