"""Somebody asks for help or offers it by text alone: it is posted as the pages post it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from enabler.domain.vocabulary import MemberState, NeedState, OfferState, Terms
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import texting
from tests.builders import NOW, BuiltMember, BuiltPlace, a_helper, a_member, an_offer
from tests.telephone.phones import Phone, a_texted_place, audited, outbox

SHOPPING = "can someone get my shopping on friday 10am to 12"


@pytest.fixture
def place(app: Flask) -> Any:
    with app.app_context():
        yield a_texted_place()


@pytest.fixture
def ann(place: BuiltPlace) -> BuiltMember:
    return a_member(place, "Ann Asker")


def needs_of(member: BuiltMember) -> list[Any]:
    with reading() as uow:
        return list(uow.needs.of_asker(member.place.id, member.id))


def offers_of(member: BuiltMember) -> list[Any]:
    with reading() as uow:
        return list(uow.offers.all_of((member.id, None)))


class TestANeed:
    def test_is_said_back_and_posted_at_home(self, ann: BuiltMember) -> None:
        a_helper(ann.place)
        phone = Phone.of(ann)
        assert phone.text(SHOPPING) == ["need-confirm"]
        assert phone.text(f"{phone.letter()}1 no eggs please") == ["posted"]
        (need,) = needs_of(ann)
        assert (need.state, need.category) == (NeedState.OPEN, "shopping")
        assert need.words == f"{SHOPPING} / no eggs please"
        friday = datetime(2026, 3, 13, 10, tzinfo=UTC)
        with reading() as uow:
            (window,) = uow.needs.by_id(need.id).windows
            home = uow.homes.where(ann.home_id or 0)
            assert uow.needs.exact(need.id) == (home.postcode, home.address)
        assert (window.start, window.end) == (friday, friday + timedelta(hours=2))
        assert phone.said() == [{"code": "posted", "facts": {"need": need.ref}}]
        assert audited("need.posted") == 1
        assert need.circumstances == ("not-care", "not-child", "not-money")
        assert len(outbox("ask")) == 1

    def test_of_which_something_may_be_so_asks_for_the_most(self, ann: BuiltMember) -> None:
        a_helper(ann.place)
        phone = Phone.of(ann)
        phone.text(SHOPPING)
        assert phone.text(f"{phone.letter()}4 my grandson is there") == ["posted_only"]
        assert needs_of(ann)[0].circumstances == ()
        assert outbox("ask") == []

    def test_is_what_its_letter_means_from_then_on(self, ann: BuiltMember) -> None:
        phone = Phone.of(ann)
        phone.text(SHOPPING)
        letter = phone.letter()
        phone.text(f"{letter}1")
        (need,) = needs_of(ann)
        (question,) = phone.questions()
        assert (question.subject_ref, question.facts) == (need.ref, {})
        assert phone.text(f"{letter}1") == ["posted_already"]
        assert len(needs_of(ann)) == 1

    def test_elsewhere_is_there_and_its_words_do_not_say_where(self, ann: BuiltMember) -> None:
        phone, spot = Phone.of(ann), ann.place.postcode_at(2500, 2500)
        assert phone.text(f"shopping for mum {spot} any time tomorrow") == ["need-confirm"]
        assert phone.text(f"{phone.letter()}1 12 Elm Row") == ["posted_only"]
        (need,) = needs_of(ann)
        assert need.words == "shopping for mum any time tomorrow"
        with reading() as uow:
            assert uow.needs.exact(need.id) == (spot, "12 Elm Row")

    def test_at_a_postcode_of_nobody_here_is_asked_again_and_in_the_end_is_peoples(
        self, ann: BuiltMember
    ) -> None:
        phone = Phone.of(ann)
        phone.text("shopping for mum ZE1 0AA tomorrow")
        phone.text("12 Elm Row")
        for _ in range(2):
            assert phone.text(f"{phone.letter()}1") == ["refused", "need-where"]
            assert needs_of(ann) == []
            assert phone.text("ZE1 0AB") == ["need-confirm"]
        assert phone.text(f"{phone.letter()}1") == ["refused", "with_people"]
        assert phone.received().set_aside_at == NOW

    def test_that_a_person_looks_at_first_is_said_once(self, ann: BuiltMember) -> None:
        with unit_of_work() as uow:
            uow.members.change(ann.id, state=MemberState.HELD)
            uow.commit()
        phone = Phone.of(ann)
        phone.text(SHOPPING)
        assert phone.text(f"{phone.letter()}1") == ["held"]
        assert needs_of(ann)[0].state is NeedState.HELD
        assert outbox("held") == []

    def test_like_another_raises_it(self, ann: BuiltMember) -> None:
        phone = Phone.of(ann)
        for _ in range(2):
            phone.text(SHOPPING)
            assert phone.text(f"{phone.letter()}1") == ["posted_only"]
        first, second = sorted(needs_of(ann), key=lambda one: one.id)
        assert (second.repeats_id, first.priority) == (first.id, 200)

    def test_of_a_kind_that_we_have_not_goes_to_people(self, ann: BuiltMember) -> None:
        phone = Phone.of(ann)
        phone.text("NEED shopping and my prescription tomorrow")
        assert phone.text(f"{phone.letter()}3") == ["with_people"]
        assert needs_of(ann) == []
        assert phone.received().ref is not None

    def test_while_they_rest_is_kept_for_when_they_are_back(self, ann: BuiltMember) -> None:
        phone = Phone.of(ann)
        phone.text("AWAY")
        phone.text(SHOPPING)
        assert phone.text(f"{phone.letter()}1") == ["refused", "need-confirm"]
        phone.text("BACK")
        assert phone.text(f"{phone.letter()}1") == ["posted_only"]

    def test_whose_worker_died_is_posted_once(
        self, ann: BuiltMember, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        phone = Phone.of(ann)
        phone.text(SHOPPING)
        ref = phone.keep(f"{phone.letter()}1")
        with monkeypatch.context() as broken:
            broken.setattr(texting, "close_text", died)
            with pytest.raises(RuntimeError):
                phone.work()
        assert phone.answer_to(ref) == []
        phone.work()
        assert phone.answer_to(ref) == ["posted_only"]
        assert len(needs_of(ann)) == 1

    def test_of_somebody_suspended_is_peoples(self, ann: BuiltMember) -> None:
        phone = Phone.of(ann)
        phone.text(SHOPPING)
        with unit_of_work() as uow:
            uow.members.change(ann.id, state=MemberState.SUSPENDED)
            uow.commit()
        assert phone.text(f"{phone.letter()}1") == ["with_people"]
        assert needs_of(ann) == []


class TestAnOffer:
    def test_has_what_the_page_begins_with(self, ann: BuiltMember) -> None:
        an_offer(ann, "gardening")  # one that was looked at
        phone = Phone.of(ann)
        assert phone.text("OFFER I can do shopping for people") == ["offer-confirm"]
        assert phone.text(f"{phone.letter()}1") == ["offered"]
        offer = max(offers_of(ann), key=lambda one: one.id)
        assert offer.words == "I can do shopping for people"
        assert (offer.state, tuple(offer.categories)) == (OfferState.OPEN, ("shopping",))
        assert (offer.terms, offer.reach_metres, offer.any_time) == (Terms.FREE, 1600, True)
        assert phone.questions()[-1].subject_ref == offer.ref

    def test_that_a_person_looks_at_first_is_said_once(self, ann: BuiltMember) -> None:
        phone = Phone.of(ann)
        phone.text("OFFER I can do shopping for people")
        assert phone.text(f"{phone.letter()}1") == ["offer_held"]
        assert outbox("held") == []


class TestARest:
    def test_lasts_to_the_end_of_the_day_that_is_named(self, ann: BuiltMember) -> None:
        an_offer(ann)
        phone = Phone.of(ann)
        phone.text(SHOPPING)
        phone.text(f"{phone.letter()}1")
        assert phone.text("AWAY till Friday") == ["away"]
        assert phone.said()[0]["facts"] == {"until": "2026-03-13"}
        with reading() as uow:
            pause = uow.pauses.of(ann.id)
        assert pause is not None
        assert pause.until == datetime(2026, 3, 14, tzinfo=UTC)
        assert needs_of(ann)[0].state is NeedState.OPEN
        assert offers_of(ann)[0].state is OfferState.PAUSED

    def test_without_a_day_lasts_until_they_are_back(self, ann: BuiltMember) -> None:
        phone = Phone.of(ann)
        assert phone.text("AWAY until my hip is mended") == ["away_until_back"]
        assert phone.text("BACK") == ["back"]
        with reading() as uow:
            assert uow.homes.member(ann.id).state is MemberState.ACTIVE
        assert (audited("member.paused"), audited("member.active")) == (1, 1)


def died(**_: Any) -> bool:
    raise RuntimeError("the worker died")
