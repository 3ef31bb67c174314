"""What people correct by text is learnt from, with their leave, and once a custodian took it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from enabler.domain.consents import LEARNING, newest
from enabler.domain.prompts import Question
from enabler.persistence.tables.own_wordings import GivenWordingRow, OwnWordingRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import consents, own_wordings
from enabler.services._erasure import How, erase
from enabler.services._ground import ground
from sms.acting.learning import around
from sms.dialogue.step import step
from sms.dialogue.turns import Caller
from sms.understanding.lexicon import by_first
from tests.builders import NOW, BuiltMember, BuiltPlace, a_custodian, a_helper, a_member, new_rules
from tests.keeping import end_what_is_over
from tests.services.deeds import a_key
from tests.telephone.phones import Phone, a_texted_place, audited
from tests.web.people import Person
from tests.web.signing import sign_in_staff

WHEN = "friday 10am to 12"
VAGUE = f"someone to give me a hand with the old lad and his tea {WHEN}"
SCRAN = f"please someone do my scran run {WHEN}"
"""It is taken for something else, or asked about."""
DOUBTFUL = "could anybody do the scran run for me friday 2pm"
"""What it means is asked."""


@pytest.fixture
def place(app: Flask) -> Any:
    app.extensions["enabler"] = replace(app.extensions["enabler"], clock=lambda: NOW)
    with app.app_context():
        place = a_texted_place()
        a_helper(place)
        yield place


@pytest.fixture
def ann(place: BuiltPlace) -> BuiltMember:
    return a_member(place, "Ann Asker")


@pytest.fixture
def desk(app: Flask, place: BuiltPlace) -> Person:
    """A custodian with the page of words open."""
    return sign_in_staff(app, Person(app.test_client()), place).open("/desk/wordings")


def given() -> Sequence[GivenWordingRow]:
    """What waits for custodians, with whose it is."""
    with reading() as uow:
        found = list(uow.session.scalars(select(GivenWordingRow).order_by(GivenWordingRow.id)))
        uow.session.expunge_all()
    return found


def taken() -> list[tuple[str, str, bool]]:
    """Phrases of all places, and whether each counts."""
    with reading() as uow:
        found = uow.session.scalars(select(OwnWordingRow).order_by(OwnWordingRow.id))
        return [(row.phrase, row.category, row.ended_at is None) for row in found]


def takes_for_sure(phone: Phone, words: str) -> bool:
    """Whether one kind of help is said back, and not several put to choice."""
    phone.text(words)
    return "category" in phone.questions()[-1].facts


def corrected(phone: Phone, first: str = SCRAN) -> list[str]:
    """Somebody is taken for another kind of help, or asked, says which it is, and it is posted."""
    if phone.text(first) == ["need-confirm"]:
        assert phone.text(f"no, it's shopping {WHEN}") == ["need-confirm"]
    else:
        assert phone.text("shopping") == ["need-confirm"]
    return phone.text(f"{phone.letter()}1")


def agreed(member: BuiltMember) -> Phone:
    """The same, and they let us learn from it."""
    phone = Phone.of(member)
    assert corrected(phone)[-1] == "learn"
    assert phone.text(f"{phone.letter()}1") == ["learn_yes"]
    return phone


def test_what_was_corrected_is_understood_once_a_custodian_took_it(
    ann: BuiltMember, desk: Person
) -> None:
    agreed(ann)
    (one,) = given()
    assert (one.phrase, one.category) == ("please someone do my scran run friday to", "shopping")
    desk.open("/desk/wordings")
    assert "please someone do my scran run friday to Shopping. 1 person wrote this." in desk.words
    assert "Ann" not in desk.words
    desk.open(f"/desk/wordings/proposed/{one.ref}").send(phrase="x", category="shopping")
    assert desk.error_at("phrase") == "Type 2 letters at least."
    desk.send(phrase="Scran run", category="shopping")
    assert (desk.path, given()) == ("/desk/wordings", [])
    assert taken() == [("Scran run", "shopping", True)]
    assert audited("wording.taken") == 1
    bob = Phone.of(a_member(ann.place, "Bob Other", at=(800, 800)))
    assert bob.text(SCRAN) == ["need-confirm"]
    assert bob.questions()[-1].facts["category"] == "shopping"
    assert bob.text(f"{bob.letter()}1") == ["posted"], "nothing was corrected"
    desk.send("/end")
    assert taken() == [("Scran run", "shopping", False)]


def test_what_we_had_wrong_is_to_be_learnt_from() -> None:
    sure = Caller("en", own=by_first([("do the scran run for me", "transport")]))
    now = NOW.astimezone(ZoneInfo("Europe/London"))
    (asked,) = step(DOUBTFUL, sure, (), now).opens
    assert (asked.kind, asked.facts["category"]) == ("need-confirm", "transport")
    question = Question("B", asked.kind, asked.options, now, now, facts=asked.facts)
    (again,) = step(f"B{len(asked.options)} it is shopping {WHEN}", sure, [question], now).opens
    assert again.facts["category"] == "shopping"
    assert (again.facts["learn"], again.facts["guess"]) == (DOUBTFUL, "transport")
    assert "learn" not in asked.facts


def test_a_kind_that_we_had_to_ask_for_is_learnt_too(ann: BuiltMember) -> None:
    phone = Phone.of(ann)
    assert phone.text(DOUBTFUL) == ["need-kind"]
    assert phone.text("shopping") == ["need-confirm"]
    assert phone.text(f"{phone.letter()}1") == ["posted", "learn"]
    phone.text("yes")
    (one,) = given()
    assert "scran run" in one.phrase


def test_an_offer_is_learnt_from_as_a_need_is(ann: BuiltMember) -> None:
    phone = Phone.of(ann)
    assert phone.text(f"OFFER {DOUBTFUL}") == ["offer-kind"]
    phone.text("shopping")
    assert phone.text(f"{phone.letter()}1")[-1] == "learn"


def test_whoever_says_no_is_asked_no_more_and_nothing_is_kept(ann: BuiltMember) -> None:
    phone = Phone.of(ann)
    assert corrected(phone) == ["posted", "learn"]
    assert phone.text(f"{phone.letter()}2") == ["learn_no"]
    assert given() == []
    assert corrected(phone, DOUBTFUL) == ["posted"]
    assert given() == []


def test_whoever_agreed_is_not_asked_again(ann: BuiltMember) -> None:
    phone = agreed(ann)
    assert corrected(phone, DOUBTFUL) == ["posted"]
    assert ["scran run" in one.phrase for one in given()] == [True, True]


def test_what_was_understood_is_not_asked_about(ann: BuiltMember) -> None:
    phone = Phone.of(ann)
    phone.text(f"can someone get my shopping on {WHEN}")
    phone.text("no, shopping saturday 9am to 10am")
    assert phone.text(f"{phone.letter()}1") == ["posted"]


def test_two_who_say_the_same_are_one_line_and_nobody_is_named(
    ann: BuiltMember, desk: Person
) -> None:
    agreed(ann)
    agreed(a_member(ann.place, "Bob Other", at=(800, 800)))
    assert "2 people wrote this." in desk.open("/desk/wordings").words
    desk.open(f"/desk/wordings/proposed/{given()[1].ref}").send("/refuse")
    assert (given(), taken()) == ([], [])
    assert audited("wording.refused") == 1


def test_the_words_agreed_to_are_kept_with_the_consent(ann: BuiltMember) -> None:
    agreed(ann)
    (one,) = [
        each for each in consents.mine(actor=ann.actor, now=NOW).standing if each.code == LEARNING
    ]
    assert (one.how, one.language, one.sha256) == ("text", "en", newest(LEARNING).digests["en"])


def test_taken_back_it_is_gone_at_once(ann: BuiltMember) -> None:
    phone = agreed(ann)
    consents.withdraw(actor=ann.actor, code=LEARNING, key=a_key(), now=NOW)
    assert given() == []
    assert corrected(phone, DOUBTFUL) == ["posted"]
    assert given() == []


def test_unread_for_ninety_days_it_is_gone(ann: BuiltMember) -> None:
    agreed(ann)
    for days, left in ((89, 1), (91, 0)):
        end_what_is_over(now=NOW + timedelta(days=days))
        assert len(given()) == left


def test_erased_it_is_gone(ann: BuiltMember, place: BuiltPlace) -> None:
    bob = a_member(place, "Bob Other", at=(800, 800))
    phone = Phone.of(bob)
    phone.text(DOUBTFUL)
    phone.text("shopping")
    phone.text(f"{phone.letter()}1")
    phone.text("yes")
    assert given()
    with unit_of_work() as uow:
        here = ground(uow, place.id, NOW)
        erase(uow, bob.actor, uow.homes.member(bob.id), How("staff", tells=False), here)
        uow.commit()
    assert given() == []


def test_a_text_that_is_worked_anew_asks_once(ann: BuiltMember) -> None:
    phone = Phone.of(ann)
    assert corrected(phone) == ["posted", "learn"]
    assert phone.work() == 0
    assert [one.kind for one in phone.questions()].count("learn") == 1


def test_names_and_numbers_are_left_out(ann: BuiltMember) -> None:
    said = f"scran run please for ann asker at 12b, ring 07700 900123 ref K7QP {WHEN}"
    phone = Phone.of(ann)
    first = phone.text(said)
    if first == ["need-kind"]:
        phone.text("shopping")
    while phone.questions()[-1].kind != "need-confirm":
        phone.text("at home")
    phone.text(f"no, it's shopping {WHEN}")
    phone.text(f"{phone.letter()}1")
    phone.text("yes")
    for one in given():
        assert not any(letter.isdigit() for letter in one.phrase), one.phrase
        assert not {"ann", "asker", "k7qp"} & set(one.folded.split()), one.phrase


def test_of_many_words_those_that_speak_of_the_kind_are_kept() -> None:
    said = (
        "hello there it is me again from the corner by the chapel hope you are all keeping well"
        " would somebody fetch my groceries from the shop as my knee is bad BS3 4QT"
    )
    kept = around(said, "shopping")
    assert "groceries" in kept
    assert len(kept.split()) == 8


class TestCustodians:
    def test_add_words_of_their_own(self, ann: BuiltMember, desk: Person) -> None:
        desk.send(phrase="  The Scran   Run ", category="shopping")
        assert taken() == [("The Scran Run", "shopping", True)]
        assert "The Scran Run Shopping. Written by staff." in desk.words
        assert Phone.of(ann).text(f"need the scran run {WHEN}") == ["need-confirm"]
        desk.send(phrase="the scran run", category="shopping")
        assert desk.error_at("phrase") == "These words count already for this kind of help."
        desk.send(phrase="tatties", category="")
        assert desk.error_at("category") == "Choose what it means."

    def test_keep_their_own_places_words_alone(self, place: BuiltPlace, ann: BuiltMember) -> None:
        other = a_texted_place("+447700900002", slug="otherton", west=450_000)
        own_wordings.add(
            actor=a_custodian(other).actor, phrase="scran run", category="shopping",
            language="en", key=a_key(), now=NOW,
        )  # fmt: skip
        assert Phone.of(ann).text(DOUBTFUL) == ["need-kind"]
        assert own_wordings.show(actor=a_custodian(place).actor).counting == ()

    def test_say_how_sure_we_must_be(self, place: BuiltPlace, ann: BuiltMember) -> None:
        new_rules(place, {"understood_from": 30}, NOW - timedelta(hours=2))
        assert takes_for_sure(Phone.of(ann), VAGUE)
        new_rules(place, {"understood_from": 95}, NOW - timedelta(hours=1))
        assert not takes_for_sure(Phone.of(a_member(place, "Bob Other", at=(800, 800))), VAGUE)
