"""A resident changes what they asked for: the questions filled in, a check page, two windows."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.builders import BuiltPlace
from tests.web.people import Person
from tests.web.scene import Scene, set_scene
from tests.web.signing import sign_in

Someone = Callable[[], Person]
FRIDAY = ["13", "3", "2026"]


@pytest.fixture
def scene(app: Flask, place: BuiltPlace) -> Scene:
    """Needs in each state."""
    with app.app_context():
        return set_scene(place)


@pytest.fixture
def asker(app: Flask, scene: Scene, person: Someone) -> Person:
    """Who asked."""
    return sign_in(app, person(), scene.asker)


def follow(person: Person, words: str) -> Person:
    """Follow the link that begins with these words."""
    links = person.page.find_all("a")
    link = next(a for a in links if " ".join(a.get_text(" ").split()).startswith(words))
    return person.open(str(link["href"]))


def test_every_question_is_filled_in_and_each_can_be_changed(scene: Scene, asker: Person) -> None:
    follow(asker.open(f"/needs/{scene.asked_need}"), "Change it")
    assert asker.heading == "Change what you asked for"
    assert "At my home" in asker.words
    assert "Wednesday 11 March, 2pm to 5pm" in asker.words
    follow(asker, "Change Your words")
    assert "eye clinic" in asker.typed()["words"]
    asker.send(words="To the ear clinic, please.")
    assert asker.heading == "Change what you asked for"
    follow(asker, "Change When")
    assert "Leave it as it is: Wednesday 11 March, 2pm to 5pm" in asker.words
    assert asker.typed().getlist("day") == ["11", "3", "2026"]
    asker.send(when="day", day=FRIDAY, start="9am", end="midday")
    asker.send()
    assert asker.path == f"/needs/{scene.asked_need}"
    assert "ear clinic" in asker.words
    assert "Friday 13 March, 9am to midday" in asker.words
    assert "What is asked for was changed" in asker.words


def test_nothing_that_was_typed_is_lost_where_another_window_was_quicker(
    scene: Scene, asker: Person
) -> None:
    path = f"/needs/{scene.asked_need}/edit"
    other = Person(asker.client).open(f"{path}/words?change=1")
    asker.open(f"{path}/words?change=1").send(words="From the first window.")
    first = asker.typed()
    other.send(words="From the second window.")
    asker.client.post(path, data=first)
    other.send()
    assert "changed in another window" in other.problems[0]
    assert "From the second window." in other.words
    assert "From the first window." in asker.open(f"/needs/{scene.asked_need}").words
    other.send()
    assert "From the second window." in other.words
    assert other.path == f"/needs/{scene.asked_need}"


def test_pressed_twice_it_is_one_change(scene: Scene, asker: Person) -> None:
    path = f"/needs/{scene.asked_need}/edit"
    asker.open(f"{path}/words?change=1").send(words="Once.")
    form = asker.typed()
    answers = [asker.client.post(path, data=form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    asker.open(f"/needs/{scene.asked_need}")
    assert asker.words.count("What is asked for was changed") == 1


def test_what_is_wrong_is_said_at_its_question(scene: Scene, asker: Person) -> None:
    asker.open(f"/needs/{scene.asked_need}/edit/when?change=1")
    asker.send(when="day", day=["1", "3", "2026"], start="9am", end="midday")
    assert asker.error_at("day") == "This day is past. Choose today or a day to come."
    asker.open(f"/needs/{scene.asked_need}/edit/how-much?change=1").send(slots="99")
    assert "from 1 to 20" in asker.error_at("slots")


def test_behind_a_yes_kind_and_place_are_asked_anew_with_the_words(
    scene: Scene, asker: Person
) -> None:
    asker.open(f"/needs/{scene.agreed_need}/edit")
    assert "Change Kind of help" not in asker.words
    follow(asker, "Take it back and ask again")
    assert "told that they are not needed" in asker.words
    asker.send("anew")
    assert asker.heading == "How will it happen?"  # nobody was asked then
    asker.send()
    assert asker.path == "/needs/new/check"
    assert "Milk, bread and a newspaper" in asker.words
    assert asker.send().heading == "You have asked for help"
    assert "Taken back" in asker.open(f"/needs/{scene.agreed_need}").words


def test_the_same_again_asks_for_the_time_alone(scene: Scene, asker: Person) -> None:
    asker.open(f"/needs/{scene.asked_need}/withdraw").send("withdraw")
    asker.send("again")
    assert asker.heading == "How will it happen?"  # nobody was asked then
    asker.send(alone="no", child="no", appointment="yes")
    assert asker.heading == "When do you need it?"
    asker.send(when="any")
    assert asker.heading == "Check your answers"
    assert "eye clinic" in asker.words
    assert asker.send().heading == "You have asked for help"


def test_more_and_fewer_helpers(scene: Scene, asker: Person) -> None:
    asker.open(f"/needs/{scene.agreed_need}").send("one-more")
    assert "1 of 2 helpers found" in asker.words
    asker.send("enough")
    assert "helpers found" not in asker.words
    assert "Time agreed" in asker.words


class TestTimes:
    def test_are_added_without_a_script(self, asker: Person) -> None:
        asker.open("/needs/new/when").send(
            when="day", day=FRIDAY, start="9am", end="midday", more="1"
        )
        assert asker.typed().getlist("day") == FRIDAY
        asker.send(day2=["14", "3", "2026"], start2="2pm", end2="4pm", more="1")
        asker.send(what="")
        for at, (name, said) in enumerate(
            {"category": "shopping", "words": "Bread.", "spot": "home"}.items()
        ):
            asker.open(f"/needs/new/{('what', 'words', 'where')[at]}").send(**{name: said})
        asker.open("/needs/new/meeting").send(setting="doorstep")
        asker.open("/needs/new/how-much").send(duration_minutes="60")
        asker.send(language="")
        assert "Friday 13 March, 9am to midday; Saturday 14 March, 2pm to 4pm" in asker.words

    def test_that_are_half_typed_are_asked_about(self, asker: Person) -> None:
        asker.open("/needs/new/when").send(
            when="day", day=FRIDAY, start="9am", end="midday", more="1"
        )
        asker.send(start2="2pm")
        assert asker.error_at("day2") == "Type the day, for example 24 11 2026."

    def test_are_seven_at_most(self, asker: Person) -> None:
        asker.open("/needs/new/when").send(when="day", rows="6", more="1")
        assert asker.page.find(id="start7") is not None
        assert asker.page.find("button", string="Add another time") is None

    def test_may_end_at_an_hour_of_a_day(self, asker: Person) -> None:
        asker.open("/needs/new/when").send(when="by", by=["10", "3", "2026"], by_time="9am")
        assert asker.error_at("by_time") == "This time is past. Choose a later one."
