"""Taking back, closing, pausing, ending, saying no: each says what it means and does it."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.builders import BuiltPlace, an_organisation
from tests.web.people import Person
from tests.web.scene import Scene, set_scene
from tests.web.signing import sign_in

Someone = Callable[[], Person]


@pytest.fixture
def scene(app: Flask, place: BuiltPlace) -> Scene:
    """Needs, offers and matches in each state."""
    with app.app_context():
        return set_scene(place)


@pytest.fixture
def asker(app: Flask, scene: Scene, person: Someone) -> Person:
    """Who asked."""
    return sign_in(app, person(), scene.asker)


@pytest.fixture
def helper(app: Flask, scene: Scene, person: Someone) -> Person:
    """Who helps."""
    return sign_in(app, person(), scene.helper)


def test_a_need_is_taken_back_after_a_page_that_says_what_that_means(
    scene: Scene, asker: Person
) -> None:
    asker.open(f"/needs/{scene.asked_need}/withdraw")
    assert "We stop looking." in asker.words
    assert "Taken back" in asker.send("withdraw").words
    assert asker.path == f"/needs/{scene.asked_need}"


def test_a_need_is_closed_with_its_outcome(scene: Scene, asker: Person) -> None:
    asker.open(f"/needs/{scene.unmet_need}/close")
    assert asker.send().error_at("outcome") == "Choose how it ended."
    asker.send(outcome="helped-elsewhere", words="My nephew did it.")
    assert "I found help somewhere else" in asker.words


def test_why_nobody_is_found_is_said(scene: Scene, asker: Person) -> None:
    asker.open(f"/needs/{scene.unmet_need}")
    assert "Nobody near here offers this kind of help yet." in asker.words


def test_no_is_no(scene: Scene, helper: Person, asker: Person) -> None:
    helper.open(f"/matches/{scene.asked}/decline").send(words="I am away.")
    assert helper.path == "/me"
    assert "Waiting for your answer" not in helper.words
    assert "A helper could not this time" in asker.open(f"/needs/{scene.asked_need}").words


def test_a_promise_is_given_back_and_the_address_goes(scene: Scene, helper: Person) -> None:
    assert "12 North Street" in helper.open(f"/matches/{scene.agreed}").words
    helper.open(f"/matches/{scene.agreed}/release").send(words="")
    assert "12 North Street" not in helper.open(f"/matches/{scene.agreed}").answer.text
    assert "Given back" in helper.words


def test_an_asker_sends_a_helper_away_in_words_of_their_own(
    scene: Scene, helper: Person, asker: Person
) -> None:
    asker.open(f"/matches/{scene.agreed}/release")
    assert asker.heading == "I do not want this helper to come"
    assert "You will not see the address" not in asker.words
    asker.send(words="")
    assert "Not coming after all" in asker.open(f"/matches/{scene.agreed}").words
    assert "12 North Street" not in helper.open(f"/matches/{scene.agreed}").answer.text


def test_who_comes_too_late_is_told_politely(
    app: Flask, scene: Scene, helper: Person, asker: Person
) -> None:
    helper.open(f"/matches/{scene.asked}")
    asker.open(f"/needs/{scene.asked_need}/withdraw").send("withdraw")
    helper.send("accept")
    assert helper.answer.status_code == 409
    assert helper.heading == "That cannot be done now"


def test_an_offer_is_paused_resumed_and_ended(scene: Scene, helper: Person) -> None:
    path = f"/offers/{scene.offer}"
    assert "Paused" in helper.open(path).send("pause").words
    assert "Ready to help" in helper.open(path).send("resume").words
    assert "Nobody will be brought to you" in helper.open(f"{path}/end").words
    assert "Ended" in helper.send("end").words


def test_something_went_wrong(scene: Scene, asker: Person) -> None:
    asker.open(f"/matches/{scene.done}/report")
    assert asker.send().error_at("kind") == "Choose what it is about."
    asker.send(kind="went-wrong", words="Nobody came.")
    assert asker.heading == "Thank you for telling us"
    assert "Something went wrong" in asker.open(f"/matches/{scene.done}").words


def test_an_organisation_offers_in_its_own_name(
    app: Flask, place: BuiltPlace, person: Someone
) -> None:
    with app.app_context():
        pantry = an_organisation(place)
    giver = sign_in(app, person(), pantry.owner).open("/offers/new/what")
    giver.send(categories=["meals"]).send(words="A hot meal on Sundays.")
    giver.send(reach_metres="1600").send(mostly="any", capacity="9").send(terms="free")
    giver.send(languages=["en"], organisation=pantry.ref)
    assert giver.heading == "Check your answers", giver.problems
    assert "Elmford Pantry" in giver.words
    assert giver.send().heading == "Thank you for offering help"
    assert "Offers of organisations are looked at by a person." in giver.words
