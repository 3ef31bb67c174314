"""A member's hours: the balance in words, what moved, giving some, files, a year in a picture."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask

from enabler.services import hours
from tests.builders import (
    NOW,
    BuiltMember,
    BuiltPlace,
    a_helper,
    a_member,
    an_organisation,
    new_rules,
)
from tests.services.deeds import a_key, accept, earn, post
from tests.services.test_giving_hours import sights
from tests.web.people import Person
from tests.web.signing import deliver, phone_of, sign_in, texts


@dataclass(frozen=True)
class Two:
    """An asker and a helper whom a match brought together."""

    asker: BuiltMember
    helper: BuiltMember


@pytest.fixture
def scene(app: Flask, place: BuiltPlace) -> Two:
    with app.app_context():
        two = Two(a_member(place, "Rosa Long"), a_helper(place, "Ben Near"))
        earn(two.asker, 300)
        post(two.asker)
        accept(two.helper)
    return two


@pytest.fixture
def rosa(app: Flask, scene: Two, person: Callable[[], Person]) -> Person:
    return sign_in(app, person(), scene.asker)


def gave(app: Flask, giver: BuiltMember, to: str, minutes: int, **more: Any) -> None:
    with app.app_context():
        said = {"words": None, "key": a_key(), "now": NOW} | more
        hours.give(actor=giver.actor, to=to, minutes=minutes, **said)


def through(person: Person, to: dict[str, Any], length: dict[str, Any]) -> Person:
    """The questions up to the check page."""
    person.open("/hours/give").open("/hours/give/to").send(**to)
    return person.send(**length).send(words="=For the soup")


def test_a_member_gives_and_both_read_it_in_words(
    app: Flask, place: BuiltPlace, scene: Two, rosa: Person, person: Callable[[], Person]
) -> None:
    through(rosa, {"to": scene.helper.ref}, {"length": "90"})
    assert rosa.heading == "Check before you give"
    assert "Ben" in rosa.words
    rosa.send()
    assert "The hours have been given." in rosa.words
    assert "You gave 1 hour 30 minutes to Ben on Tuesday 10 March" in rosa.words
    assert "You have 3 hours 30 minutes" in rosa.words
    assert "After that: 3 hours 30 minutes" in rosa.words
    assert "have been given" not in rosa.open("/hours").words
    ben = sign_in(app, person(), scene.helper).open("/hours")
    assert "Rosa gave you 1 hour 30 minutes on Tuesday 10 March" in ben.words
    assert "=For the soup" in ben.words


def test_a_help_that_took_longer_than_promised_is_said_step_by_step_and_reads_as_one_movement(
    app: Flask, place: BuiltPlace, scene: Two, rosa: Person, person: Callable[[], Person]
) -> None:
    rosa.open("/hours")
    assert "30 minutes to Ben Shopping See this help" in rosa.words
    path = str(rosa.page.select("main .card a")[0]["href"])
    ben = sign_in(app, person(), scene.helper).open(f"{path}/done").send(minutes="90")
    said = "You said that it took 1 hour 30 minutes. We have asked Rosa whether that is right."
    assert said in ben.words
    assert "Ben says that it took 1 hour 30 minutes." in rosa.open(path).words
    assert "the helper is given about 1 hour 30 minutes" in rosa.words
    rosa.send("confirm")
    assert "Ben was given 1 hour 30 minutes for this." in rosa.words
    rosa.open("/hours")
    assert rosa.words.count("You gave 1 hour 30 minutes to Ben for help") == 2  # one is unseen
    assert "You gave 30 minutes" not in rosa.words
    assert re.search(r"After that: 3 hours 30 minutes .* Numbers \d+, \d+ ", rosa.words)
    assert "In this month 1 hour 30 minutes went to others." in rosa.words


def test_where_the_two_disagree_both_read_that_nothing_moves_and_who_looks_at_it(
    app: Flask, place: BuiltPlace, scene: Two, rosa: Person, person: Callable[[], Person]
) -> None:
    path = str(rosa.open("/hours").page.select("main .card a")[0]["href"])
    ben = sign_in(app, person(), scene.helper).open(f"{path}/done").send(minutes="90")
    rosa.open(f"{path}/report").send(kind="went-wrong", words="It was one hour.")
    for each in (rosa.open(path), ben.open(path)):
        assert "Somebody at the council looks at it and talks with you both." in each.words
        assert "Until somebody at the council has decided, no hours move." in each.words
        assert "once you both say" not in each.words


def test_the_receiver_gets_a_text_with_the_givers_name(
    app: Flask, place: BuiltPlace, scene: Two
) -> None:
    gave(app, scene.asker, scene.helper.ref, 90)
    deliver(app)
    said = texts(app, place, phone_of(app, scene.helper))
    assert any("Rosa gave you 1 hour 30 minutes of their time." in each for each in said)
    with app.app_context():
        assert (scene.asker.id, "message") in sights(scene.helper)


def test_somebody_whom_one_has_not_met_is_given_to_by_reference_and_not_named(
    app: Flask, place: BuiltPlace, rosa: Person
) -> None:
    with app.app_context():
        cara = a_member(place, "Caradoc Far")
    through(rosa, {"to": "other", "other": cara.ref.lower()},
            {"length": "other", "hours": "1", "minutes": "5"})  # fmt: skip
    assert f"({cara.ref})" in rosa.words
    assert "1 hour 5 minutes" in rosa.words
    assert "Caradoc" not in rosa.send().words
    assert "to a neighbour" in rosa.words


@pytest.mark.parametrize(
    ("answers", "field", "said"),
    [
        ({}, "to", "Choose who you"),
        ({"to": "other", "other": ""}, "other", "Type the reference"),
        ({"to": "other", "other": "ZZZZ"}, "other", "We cannot find anybody"),
    ],
)
def test_a_wrong_receiver_is_said_where_it_was_typed(
    rosa: Person, answers: dict[str, str], field: str, said: str
) -> None:
    rosa.open("/hours/give/to").send(**answers)
    assert said in rosa.error_at(field)
    assert rosa.typed()["other"] == answers.get("other", "")


def test_more_than_there_is_comes_back_with_what_was_typed(
    app: Flask, scene: Two, rosa: Person
) -> None:
    rosa.open("/hours/give/to").send(to=scene.helper.ref)
    gave(app, scene.asker, scene.helper.ref, 180)
    offered = rosa.open("/hours/give/length").page.select("input[name=length]")
    assert [each["value"] for each in offered] == ["15", "30", "60", "90", "other"]
    rosa.send(length="other", hours="9", minutes="")
    assert "The most you can give is 1 hour 30 minutes." in rosa.error_at("hours")
    assert rosa.typed()["hours"] == "9"


def test_whoever_has_none_to_give_reads_why(
    app: Flask, place: BuiltPlace, person: Callable[[], Person]
) -> None:
    with app.app_context():
        una = a_member(place, "Una New")
    page = sign_in(app, person(), una).open("/hours")
    assert page.page.find("a", string="Give hours to somebody") is None
    assert f"Your reference is {una.ref}." in page.words
    assert "Nothing has moved in 2026 yet." in page.open("/hours/year").words
    page.open("/hours/give")
    assert "You have no hours to give away yet." in page.words
    assert page.page.select_one("a.govuk-button") is None
    assert "Give hours to somebody" not in page.open("/hours").words
    assert "You can give some once you have helped somebody." in page.words
    with app.app_context():
        other = a_member(place, "Cara Far")
    page.open("/hours/give/to").send(to="other", other=other.ref)
    page.send(length="other", hours="1", minutes="5")
    assert "Hours that you borrow are for help that you need." in page.error_at("hours")
    assert page.typed()["hours"] == "1"


def test_the_spreadsheet_has_every_line_and_no_formula(
    app: Flask, scene: Two, rosa: Person
) -> None:
    gave(app, scene.asker, scene.helper.ref, 30, words="=1+1")
    gave(app, scene.helper, scene.asker.ref, 10)
    answer = rosa.client.get("/hours.csv")
    assert answer.content_type == "text/csv; charset=utf-8"
    _, _, first, second = answer.text.strip().splitlines()
    assert first.startswith("2026-03-10,You gave 30 minutes to Ben,'=1+1,0,30,270,")
    assert ",10,0,280," in second


def test_a_year_is_a_picture_and_a_list(app: Flask, scene: Two, rosa: Person) -> None:
    gave(app, scene.asker, scene.helper.ref, 45)
    rosa.open("/hours/year")
    assert len(rosa.page.select("svg.bars__picture rect")) == 24
    rows = [row.get_text(" ", strip=True) for row in rosa.page.select("dl > div")]
    assert rows[-1] == "March 2026 45 minutes went to others."
    assert len(rows) == 2  # in the others nothing moved
    rosa.open(str(rosa.page.select("dl > div a")[-1]["href"]))
    assert "You gave 45 minutes to Ben" in rosa.words


def test_an_organisations_hours_are_for_those_who_lead_it(
    app: Flask, place: BuiltPlace, scene: Two, rosa: Person, person: Callable[[], Person]
) -> None:
    with app.app_context():
        pantry = an_organisation(place)
    gave(app, scene.asker, pantry.ref, 60)
    lead = sign_in(app, person(), pantry.owner).open(f"/hours?for={pantry.ref}")
    assert lead.heading == "The hours of Elmford Pantry"
    assert "Rosa gave you 1 hour" in lead.words
    assert rosa.client.get(f"/hours?for={pantry.ref}").status_code == 404


def test_a_place_without_a_time_bank_says_so(app: Flask, place: BuiltPlace, rosa: Person) -> None:
    assert 'href="/market/hours"' in rosa.client.get("/").text
    with app.app_context():
        new_rules(place, {"hours": False})
    assert 'href="/market/hours"' not in rosa.client.get("/").text
    for path in ("/hours", "/hours/year", "/hours/give", "/hours/give/to", "/hours.csv"):
        answer = rosa.client.get(path)
        assert answer.status_code == 404
        assert "There is no time bank here" in answer.text
