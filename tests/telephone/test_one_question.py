"""A text that holds what, where and when is asked one thing: whether that is right."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from enabler.persistence.unit_of_work import reading
from tests.builders import BuiltMember, BuiltPlace, a_member
from tests.telephone.phones import Phone, a_texted_place
from tests.telephone.test_acting_for_people import needs_of

MILL = "12 Mill Lane"
POSTED = {"posted", "posted_only", "held"}
"""Childcare is looked at by a person first."""
TUE = datetime(2026, 3, 10, tzinfo=UTC)


@dataclass(frozen=True)
class Told:
    """A text of real wording, with ``{}`` for a postcode; the kind that is meant, the hours (from
    Tuesday 0:00, in hours) and the door that it names. ``kind`` after ``+``: it is chosen."""

    words: str
    kind: str
    start: float
    end: float
    door: str = ""


DAY = {"tue": 0, "wed": 24, "thu": 48, "fri": 72, "sat": 96, "sun": 120, "mon": 144}


def told(words: str, kind: str, day: str, hours: tuple[float, float], door: str = "") -> Told:
    return Told(words, kind, DAY[day] + hours[0], DAY[day] + hours[1], door)


ELSEWHERE = [
    told("can someone get my shopping friday 10am to 12, {}", "shopping", "fri", (10, 12)),
    told("need shopping for mum {} friday 2pm", "shopping", "fri", (14, 15)),
    told("shopping 12 mill lane {} sat 11am pls", "shopping", "sat", (11, 12), "12 mill lane"),
    told("could someone pick up my prescription tomorrow at 3pm, 9 Park Rd {}", "prescriptions",
         "wed", (15, 16), "9 Park Rd"),
    told("dog walk thurs 9am {}", "dog-walking", "thu", (9, 10)),
    told("please can sb walk my dog on saturday at 10 am, flat 4, 9 Park Rd {}", "dog-walking",
         "sat", (10, 11), "flat 4, 9 Park Rd"),
    told("Lift to hospital weds 9.30am from 7 Elm Row {} thx", "transport", "wed", (9.5, 10.5),
         "7 Elm Row"),
    told("lift to the BRI fri 8.15am please, im at {}", "transport", "fri", (8.25, 9.25)),
    told("grass needs cutting sunday 2pm to 4pm {}", "gardening", "sun", (14, 16)),
    told("need someone to clean my flat mon 10am-12, Flat 2, 31 High Street, {}", "cleaning",
         "mon", (10, 12), "Flat 2, 31 High Street"),
    told("my tap is leaking can anyone fix it thurs 4pm {}", "repairs", "thu", (16, 17)),
    told("help moving a sofa sat 1pm, Rose Cottage, Mill Lane {}", "moving", "sat", (13, 15),
         "Rose Cottage, Mill Lane"),
    told("need help with filling in forms fri 11am {}", "paperwork", "fri", (11, 12)),
    told("my laptop wont start, can someone look at it sat 3pm at 12 Mill Lane {}", "tech-help",
         "sat", (15, 16), "12 Mill Lane"),
    told("can someone cook a meal for my dad sunday 12pm {} no 14", "meals", "sun", (12, 13),
         "14"),
    told("someone to chat to mum friday 2pm, shes lonely, 5 The Avenue {}", "befriending", "fri",
         (14, 15), "5 The Avenue"),
    told("feed my cat sat 8am to 9am {}", "pet-care", "sat", (8, 9)),
    told("borrow a drill tomorrow 5pm {}", "lending", "wed", (17, 18)),
    told("anyone got a spare cot, could collect it thurs 6pm {}", "goods", "thu", (18, 19)),
    told("babysitter wanted fri 7pm to 10pm 22 Church Road {}", "childcare", "fri", (19, 22),
         "22 Church Road"),
]  # fmt: skip
AT_HOME = [
    told("Can someone get my shopping Friday 10am?", "shopping", "fri", (10, 11)),
    told("need my prescription picked up thurs 2pm please", "prescriptions", "thu", (14, 15)),
    told("lift to the doctors weds 11.15am", "transport", "wed", (11.25, 12.25)),
    told("walk my dog sat 9am pls xx", "dog-walking", "sat", (9, 10)),
    told("hedge needs trimming sunday 10am to 1pm", "gardening", "sun", (10, 13)),
    told("i need help cleaning my house on monday at 9am", "cleaning", "mon", (9, 11)),
    told("shelf fell down can someone put it back up sat 2pm", "repairs", "sat", (14, 15)),
    told("need help carrying a wardrobe downstairs fri 5pm", "moving", "fri", (17, 19)),
    told("can somebody teach me guitar tomorrow at 2pm", "skills", "wed", (14, 15)),
    told("cant work my new phone, can someone show me how thurs 3pm", "tech-help", "thu", (15, 16)),
    told("id like somebody to have a chat with on the phone sunday 4pm", "phone-chat", "sun",
         (16, 17)),
    told("help reading a letter from the council fri 10.30am", "paperwork", "fri", (10.5, 11.5)),
    told("hi its joan, could u get me milk n bread tomoz 10am ta", "shopping", "wed", (10, 11)),
]  # fmt: skip
WELSH = [
    told("angen siopa ddydd Gwener 10am {}", "shopping", "fri", (10, 11)),
    told("all rhywun gerdded y ci ddydd Sadwrn am 9yb, 12 Heol y Bont {}", "dog-walking", "sat",
         (9, 10), "12 Heol y Bont"),
    told("angen lifft i'r ysbyty ddydd Mercher am 2yp {}", "transport", "wed", (14, 15)),
    told("all rhywun nôl fy mhresgripsiwn yfory am 3yp {}", "prescriptions", "wed", (15, 16)),
    told("angen torri'r gwair ddydd Sul 2yp, 4 Stryd Fawr {}", "gardening", "sun", (14, 16),
         "4 Stryd Fawr"),
    told("angen help i lanhau'r ty ddydd Llun am 10yb {}", "cleaning", "mon", (10, 12)),
    told("all rhywun drwsio'r tap ddydd Iau am 4yp {}", "repairs", "thu", (16, 17)),
]  # fmt: skip


@pytest.fixture
def place(app: Flask) -> Any:
    with app.app_context():
        yield a_texted_place()


def posted(who: BuiltMember, one: Told, spot: str) -> Any:
    """The need that comes of the text and of one answer: with the house, where none was said."""
    phone = Phone.of(who)
    assert phone.text(one.words.format(spot)) == ["need-confirm"]
    question = phone.questions()[-1]
    ways = [way for way in question.options if way.partition(":")[2] not in ("public", "online")]
    way = next((way for way in ways if way == f"kind:{one.kind}"), ways[0])
    way = question.options[0] if way == "so" else way
    nth = question.options.index(way) + 1
    house = f" {MILL}" if question.facts.get("doorless") else ""
    said = phone.text(f"{question.letter}{nth}{house}")
    assert len(said) == 1
    assert set(said) <= POSTED
    return needs_of(who)[-1]


def is_that(need: Any, one: Told, where: tuple[str, str]) -> None:
    """Kind, place and time are those that were meant; the door is in no words that others read."""
    with reading() as uow:
        (window,) = uow.needs.by_id(need.id).windows
        exact = uow.needs.exact(need.id)
    hours = [(each - TUE) / timedelta(hours=1) for each in (window.start, window.end)]
    assert (need.category, hours, exact) == (one.kind, [one.start, one.end], where)
    assert not one.door or one.door not in need.words or one.door.isdigit()


@pytest.mark.parametrize("one", [*ELSEWHERE, *WELSH], ids=lambda one: one.words)
def test_with_a_postcode_it_is_asked_once_and_posted_there(place: BuiltPlace, one: Told) -> None:
    ann, spot = a_member(place, "Ann Asker"), place.postcode_at(2500, 2500)
    is_that(posted(ann, one, spot), one, (spot, one.door or MILL))


@pytest.mark.parametrize("one", AT_HOME, ids=lambda one: one.words)
def test_without_one_it_is_asked_once_and_posted_at_home(place: BuiltPlace, one: Told) -> None:
    ann = a_member(place, "Ann Asker")
    with reading() as uow:
        home = uow.homes.where(ann.home_id or 0)
    is_that(posted(ann, one, ""), one, (home.postcode, home.address))
