"""Which house: said with the text or with the answer, asked alone only where neither says it."""

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from enabler.persistence.tables.members import HomeRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from sms.houses import house_alone, house_in, house_of
from sms.reading import read
from tests.builders import BuiltMember, BuiltPlace, a_member
from tests.telephone.phones import Phone, a_texted_place, number_of
from tests.telephone.street import Street, a_street
from tests.telephone.test_acting_for_people import needs_of

WALK, SHOPPING = "walk my dog fri 2pm {}", "shopping fri 2pm {}"


@pytest.fixture
def place(app: Flask) -> Any:
    with app.app_context():
        yield a_texted_place()


@pytest.fixture
def ann(place: BuiltPlace) -> BuiltMember:
    return a_member(place, "Ann Asker")


def exact(who: BuiltMember) -> tuple[str, str]:
    """Where the one need of somebody is."""
    (need,) = needs_of(who)
    with reading() as uow:
        return uow.needs.exact(need.id)


def without_a_door(who: BuiltMember) -> str:
    """Their home is as that of somebody who joined by text; its postcode."""
    with unit_of_work() as uow:
        uow.session.execute(update(HomeRow).where(HomeRow.id == who.home_id).values(address=""))
        uow.commit()
    with reading() as uow:
        return uow.homes.where(who.home_id or 0).postcode


class TestOfAnotherPostcode:
    def test_is_said_with_the_answer(self, ann: BuiltMember) -> None:
        phone, spot = Phone.of(ann), ann.place.postcode_at(2500, 2500)
        phone.text(WALK.format(spot))
        phone.text(f"{phone.letter()}1 12 Mill Lane, no eggs please")
        assert exact(ann) == (spot, "12 Mill Lane")
        assert needs_of(ann)[0].words == "walk my dog fri 2pm / no eggs please"

    @pytest.mark.parametrize("door", ["flat {0} 2 Elm Row", "flat {0}2, 9 Park Rd"])
    def test_in_a_flat_is_no_second_answer(self, ann: BuiltMember, door: str) -> None:
        phone, spot = Phone.of(ann), ann.place.postcode_at(2500, 2500)
        phone.text(WALK.format(spot))
        letter = phone.letter()
        phone.text(f"{letter}1 {door.format(letter)}")
        assert exact(ann) == (spot, door.format(letter))

    @pytest.mark.parametrize("yes", ["{}1", "yes", "{}1 no hurry", "{}2 my grandson is there"])
    def test_is_asked_alone_after_a_bare_yes_and_posts(self, ann: BuiltMember, yes: str) -> None:
        phone, spot = Phone.of(ann), ann.place.postcode_at(2500, 2500)
        phone.text(WALK.format(spot))
        assert phone.text(yes.format(phone.letter())) == ["need-address"]
        assert phone.text("the blue door by the shop") in (["posted"], ["posted_only"])
        assert exact(ann) == (spot, "the blue door by the shop")

    def test_is_not_asked_where_they_meet_in_public(self, ann: BuiltMember) -> None:
        phone, spot = Phone.of(ann), ann.place.postcode_at(2500, 2500)
        phone.text(SHOPPING.format(spot))
        assert phone.text(f"{phone.letter()}3") in (["posted"], ["posted_only"])
        assert exact(ann) == (spot, "")

    @pytest.mark.parametrize("alone", ["12 Mill Lane", "no 12 Mill Lane", "4 Mill Lane pls"])
    def test_said_alone_is_no_yes_and_is_said_back(self, ann: BuiltMember, alone: str) -> None:
        phone, spot = Phone.of(ann), ann.place.postcode_at(2500, 2500)
        phone.text(WALK.format(spot))
        assert phone.text(alone) == ["need-confirm"]
        assert needs_of(ann) == []
        phone.text("yes")
        assert exact(ann)[1] in ("12 Mill Lane", "4 Mill Lane")

    def test_with_another_postcode_is_said_back(self, ann: BuiltMember) -> None:
        phone, spot = Phone.of(ann), ann.place.postcode_at(2500, 2500)
        other = ann.place.postcode_at(500, 500)
        phone.text(WALK.format(spot))
        assert phone.text(f"{phone.letter()}1 12 Mill Lane {other}") == ["need-confirm"]
        phone.text("yes")
        assert exact(ann) == (other, "12 Mill Lane")

    def test_is_asked_in_the_same_words_whoever_lives_there(self, app: Flask) -> None:
        """Whoever sends with Ann's number learns of no postcode that it is hers."""
        with app.app_context():
            self.reads_alike(a_street())

    def reads_alike(self, street: Street) -> None:
        street.deliver()
        with reading() as uow:
            own = uow.homes.where(street.ann.home_id or 0).postcode
        number, read_ones = number_of(street.ann), []
        for code in (own, street.ann.place.postcode_at(2500, 2500)):
            found = []
            for need in (WALK, SHOPPING):
                asked = street.text(number, need.format(code))[-1]
                letter = asked.rpartition("Text ")[2].partition("1 ")[0]
                alone = street.text(number, f"{letter}1")[-1]
                street.text(number, "12 Mill Lane")
                found += [re.sub(rf"\b{letter}(?=\d)", "", asked).replace(code, ""),
                          alone.replace(code, "")]  # fmt: skip
            read_ones.append(found)
        assert read_ones[0] == read_ones[1]
        assert "Which house?" in read_ones[0][0]
        assert "What are the house number and the street at" in read_ones[0][1]


class TestOfAHomeWhoseDoorIsNotKnown:
    def test_is_said_with_the_answer_for_this_need_alone(self, ann: BuiltMember) -> None:
        home = without_a_door(ann)
        phone = Phone.of(ann)
        phone.text(WALK.format(""))
        phone.text(f"{phone.letter()}1 12 Mill Lane")
        assert exact(ann) == (home, "12 Mill Lane")
        with reading() as uow:
            assert uow.homes.where(ann.home_id or 0).address == ""

    def test_said_at_first_is_said_back(self, ann: BuiltMember) -> None:
        home = without_a_door(ann)
        phone = Phone.of(ann)
        phone.text("walk my dog fri 2pm at 12 Mill Lane")
        phone.text("yes")
        assert exact(ann) == (home, "12 Mill Lane")
        assert needs_of(ann)[0].words == "walk my dog fri 2pm at"

    def test_is_not_asked_of_help_that_comes_to_no_door(self, ann: BuiltMember) -> None:
        home = without_a_door(ann)
        phone = Phone.of(ann)
        phone.text("can someone teach me guitar fri 2pm")
        assert phone.text(f"{phone.letter()}1") in (["posted"], ["posted_only"])
        assert exact(ann) == (home, "")


class TestWithTheKind:
    def test_is_answered_together(self, ann: BuiltMember) -> None:
        phone, spot = Phone.of(ann), ann.place.postcode_at(2500, 2500)
        phone.text(f"shopping, prescription {spot} tomorrow")
        nth = phone.questions()[-1].options.index("kind:shopping") + 1
        phone.text(f"{phone.letter()}{nth} 12 Mill Lane")
        assert (needs_of(ann)[0].category, exact(ann)) == ("shopping", (spot, "12 Mill Lane"))

    def test_is_asked_after_one_of_these_is_so(self, ann: BuiltMember) -> None:
        phone, spot = Phone.of(ann), ann.place.postcode_at(2500, 2500)
        phone.text(f"shopping, prescription {spot} tomorrow")
        nth = phone.questions()[-1].options.index("so") + 1
        assert phone.text(f"{phone.letter()}{nth} 12 Mill Lane") == ["need-kind"]
        assert phone.text("shopping")[0] in ("posted", "posted_only")
        (need,) = needs_of(ann)
        assert (need.category, need.circumstances) == ("shopping", ())
        assert exact(ann) == (spot, "12 Mill Lane")


@pytest.mark.parametrize(("words", "door"), [
    ("shopping at 12 Mill Lane BS3 4QT", "12 Mill Lane"),
    ("flat 4, 9 Park Rd", "flat 4, 9 Park Rd"),
    ("flat 2 Elm House, 9 park road bs3 4qt", "flat 2 Elm House, 9 park road"),
    ("12-14 High Street", "12-14 High Street"), ("9 Park Rd flat 4 BS34QT", "9 Park Rd flat 4"),
    ("fri 2pm BS3 4QT no 12", "12"), ("fri 2pm 12 BS3 4QT", "12"), ("fri 12 BS3 4QT", None),
    ("the old rectory BS3 4QT", "the old rectory"), ("clean my house BS3 4QT", None),
    ("come to 12 mill lane fri 2pm", "12 mill lane"), ("lift to 4 Park Road fri", None),
    ("from 12 mill lane to 4 Park Road BS5 1AA", "12 mill lane"), ("2 dog walks", None),
    ("siopa yn 12 Heol y Bont BS3 4QT", "12 Heol y Bont"), ("3 eggs BS3 4QT", None),
    ("walk 1 hour drive bs3 4qt", None), ("12 Cheapside BS3 4QT", "12 Cheapside"),
])  # fmt: skip
def test_a_door_is_read_right_before_a_street_or_beside_the_postcode(
    words: str, door: str | None
) -> None:
    found = house_in(read(words))
    assert (found and found.typed) == door


@pytest.mark.parametrize(("words", "door", "beside"), [
    ("12", "12", ""), ("no 12", "12", ""), ("Rose Cottage", "Rose Cottage", ""),
    ("12 mill lane, no eggs please", "12 mill lane", "no eggs please"),
    ("9 Glanrafon", "9 Glanrafon", ""), ("Tŷ Gwyn", "Tŷ Gwyn", ""), ("flat 4", "flat 4", ""),
    ("12 gydag Ann", None, "12 gydag Ann"), ("12 gyda mam", None, "12 gyda mam"),
    ("no eggs please", None, "no eggs please"), ("2 bags please", None, "2 bags please"),
    ("after 3pm", None, "after 3pm"), ("my grandson is there", None, "my grandson is there"),
])  # fmt: skip
def test_an_answer_needs_no_street(words: str, door: str | None, beside: str) -> None:
    found, left = house_of(words)
    assert (found and found.typed, left) == (door, beside)


@pytest.mark.parametrize("words", ["2", "12", "need shopping", "12 Mill Lane and some milk", "yes"])
def test_what_says_more_or_less_is_no_door_alone(words: str) -> None:
    assert house_alone(read(words)) is None
