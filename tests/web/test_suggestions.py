"""What words sound like is suggested: to the script of the page, and to whoever has none."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import update
from werkzeug.test import TestResponse

from enabler.doors.pace import Pace
from enabler.persistence.tables.places import PlaceRow
from enabler.persistence.unit_of_work import unit_of_work
from enabler.services import own_wordings
from tests.builders import NOW, BuiltPlace, a_custodian, a_member
from tests.services.deeds import a_key
from tests.strings.twice import counts_of
from tests.web.people import Person
from tests.web.signing import sign_in

Someone = Callable[[], Person]
TWO = "I need some milk, and my prescription picked up"
AFRAID = "My husband hits me and I am afraid of him"
SOUNDS = "Which kind of help? It sounds like:"
BANNER = "If somebody is in danger, ring 999 now. Do not wait for us."


def ask(person: Person, words: str, language: str = "en") -> TestResponse:
    """As the script of the page asks."""
    person.open(f"/needs/new/what?lang={language}")
    token = person.typed().get("csrf_token", "")
    return person.client.post("/suggestions", data={"words": words, "csrf_token": token})


def names(answer: TestResponse) -> list[str]:
    return [one["name"] for one in answer.json["kinds"]]  # type: ignore[index]


def first_choices(person: Person, name: str, number: int) -> list[str]:
    return [str(one["value"]) for one in person.page.find_all(attrs={"name": name})[:number]]


def test_the_likely_kinds_are_named(place: BuiltPlace, person: Someone) -> None:
    answer = ask(person(), TWO)
    assert names(answer) == ["Collecting medicine", "Shopping"]
    assert answer.json["danger"] is False  # type: ignore[index]
    assert answer.headers["Cache-Control"] == "no-store"


def test_in_the_language_of_the_page(app: Flask, place: BuiltPlace, person: Someone) -> None:
    with app.app_context(), unit_of_work() as uow:
        uow.session.execute(update(PlaceRow).values(languages=["en", "cy"]))
        uow.commit()
    assert names(ask(person(), "Rwy angen help gyda siopa", "cy")) == ["Siopa"]


@pytest.mark.parametrize("words", ["milk", "  milk   ", "", "asdf qwer zxcv"])
def test_what_says_nothing_suggests_nothing(place: BuiltPlace, person: Someone, words: str) -> None:
    assert ask(person(), words).json == {"kinds": [], "danger": False}


def test_the_places_own_phrases_count(
    app: Flask, place: BuiltPlace, person: Someone
) -> None:  # fmt: skip
    words = "I would like to go to the Blue Hut again"
    somebody = person()
    before = names(ask(somebody, words))
    with app.app_context():
        own_wordings.add(
            actor=a_custodian(place).actor, phrase="blue hut", category="gardening", language="en",
            key=a_key(), now=NOW,
        )  # fmt: skip
    assert "Gardening" not in before
    assert "Gardening" in names(ask(somebody, words))


def test_danger_is_heard(place: BuiltPlace, person: Someone) -> None:
    assert ask(person(), AFRAID).json["danger"] is True  # type: ignore[index]


def test_nothing_of_the_words_is_kept(
    app: Flask, place: BuiltPlace, person: Someone, caplog: pytest.LogCaptureFixture
) -> None:
    who = person()
    with app.app_context():
        before = counts_of("draft"), counts_of("service_call"), counts_of("audit")
    assert ask(who, AFRAID).status_code == 200
    with app.app_context():
        assert (counts_of("draft"), counts_of("service_call"), counts_of("audit")) == before
    assert "husband" not in caplog.text


def test_a_forged_call_is_refused_and_keeps_nothing(
    app: Flask, place: BuiltPlace, person: Someone
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    answer = person().client.post("/suggestions", data={"words": AFRAID, "csrf_token": "forged"})
    assert answer.status_code == 400
    with app.app_context():
        assert counts_of("draft") == 0


def test_there_is_a_limit_of_a_minute(app: Flask, place: BuiltPlace, person: Someone) -> None:
    paced = replace(app.extensions["enabler"], listening=Pace(most=2))
    app.extensions["enabler"] = paced
    who = person()
    assert [ask(who, TWO).status_code for _ in range(3)] == [200, 200, 429]
    app.extensions["enabler"] = replace(paced, clock=lambda: paced.clock().replace(minute=59))
    assert ask(who, TWO).status_code == 200


def test_without_scripts_the_page_comes_back_with_the_likely_kinds_first(
    place: BuiltPlace, person: Someone
) -> None:
    who = person().open("/needs/new/what").send(said=TWO)
    assert who.path == "/needs/new/what"
    assert (
        who.error_at("category")
        == "Which kind of help? It sounds like: Collecting medicine, Shopping."
    )
    assert first_choices(who, "category", 2) == ["prescriptions", "shopping"]
    choices = first_choices(who, "category", 99)
    assert len(choices) == len(set(choices))
    assert who.typed()["said"].strip() == TWO
    assert "category" not in who.typed()  # nothing is chosen for anybody
    who.send(category="shopping")
    assert who.path == "/needs/new/words"
    assert who.typed()["words"].strip() == TWO  # and it need not be typed again


def test_an_offer_likewise(app: Flask, place: BuiltPlace, person: Someone) -> None:
    with app.app_context():
        ben = a_member(place, "Ben Near")
    who = sign_in(app, person(), ben).open("/offers/new/what")
    who.send(said="I have a van and can move sofas")
    assert (
        who.error_at("categories")
        == "Which kind of help? It sounds like: Moving or carrying things."
    )
    assert first_choices(who, "categories", 1) == ["moving"]
    who.send(categories=["moving", "transport"])
    assert who.typed()["words"].strip() == "I have a van and can move sofas"


def test_words_that_say_nothing_are_kept_and_asked_about_as_ever(
    place: BuiltPlace, person: Someone
) -> None:
    who = person().open("/needs/new/what").send(said="asdf qwer zxcv")
    assert who.error_at("category") == "Choose what you need help with."
    assert who.typed()["said"].strip() == "asdf qwer zxcv"
    assert BANNER not in shown(who)


def test_words_that_stand_are_not_asked_for_twice(place: BuiltPlace, person: Someone) -> None:
    who = person().open("/needs/new/what").send(category="shopping")
    who.send(words="Milk and bread, please.").open("/needs/new/what")
    assert "said" not in who.typed()
    who.send(category="meals").open("/needs/new/words")
    assert who.typed()["words"].strip() == "Milk and bread, please."


def shown(who: Person) -> str:
    """What can be read without scripts."""
    for hidden in who.page.select("main [hidden]"):
        hidden.decompose()
    return who.words


def test_words_of_danger_show_whom_to_ring_on_the_next_page(
    place: BuiltPlace, person: Someone
) -> None:
    who = person().open("/needs/new/what")
    assert BANNER not in shown(who)
    who.open("/needs/new/what").send(said=AFRAID)  # no kind was chosen: it comes back
    assert BANNER in shown(who)
    assert "Or ring 0117 496 0000" in who.words
    assert "Tell the people who look after safety" in who.words
    who.send(category="advice")
    assert who.path == "/needs/new/words"
    assert BANNER in shown(who)
    who.open("/needs/new/words").send()
    assert who.path == "/needs/new/where"
    assert BANNER in shown(who)
    link = who.page.select_one('.danger a[target="_blank"]')
    assert link is not None
    assert link["href"] == "/report"


def test_the_page_of_all_answers_shows_it_too(
    app: Flask, place: BuiltPlace, person: Someone
) -> None:
    with app.app_context():
        rosa = a_member(place, "Rosa Long")
    who = sign_in(app, person(), rosa)
    who.open("/needs/new/what").send(category="advice")
    who.send(words="There is smoke coming from the kitchen").send(spot="home")
    who.open("/needs/new/meeting").send(setting="public")
    who.open("/needs/new/when").send(when="any")
    who.send(duration_minutes="60", slots="1").send(language="")
    assert who.path == "/needs/new/check"
    assert BANNER in who.words
