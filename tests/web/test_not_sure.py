"""Inside a home or a car each question that raises what is asked has an answer, also "not sure";
what nobody said counts as so."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from enabler.domain.demands import demands
from enabler.domain.ruleset import Ruleset
from enabler.persistence.unit_of_work import reading
from tests.builders import BuiltPlace, a_member
from tests.web.people import Person
from tests.web.signing import sign_in

Someone = Callable[[], Person]


@pytest.fixture
def asker(app: Flask, place: BuiltPlace, person: Someone) -> Person:
    """Somebody who asks for help with cleaning or shopping, up to where they meet."""
    with app.app_context():
        rosa = a_member(place, "Rosa Long")
    return sign_in(app, person(), rosa)


def begin(asker: Person, category: str) -> Person:
    asker.open("/needs/new/what").send(category=category)
    asker.send(words="A hand with it, please.")
    return asker.send(spot="home")


def post(asker: Person, **said: Any) -> Person:
    """Answer where they meet, and all the rest."""
    asker.send(**said)
    asker.open("/needs/new/when").send(when="any")
    asker.open("/needs/new/how-much").send(duration_minutes="60", slots="1")
    return asker.open("/needs/new/anything-else").send(language="")


def kept(app: Flask, place: BuiltPlace, asker: Person) -> tuple[str, ...]:
    with app.app_context(), reading() as uow:
        return uow.needs.by_ref(place.id, asker.path.rsplit("/", 1)[-1]).circumstances


def test_at_the_door_one_press_is_enough(app: Flask, place: BuiltPlace, asker: Person) -> None:
    begin(asker, "shopping").send()  # the usual place is chosen
    assert asker.path.endswith("/when")
    asker.send(when="any")
    asker.send(duration_minutes="60", slots="1")
    asker.send(language="")
    assert "Not sure yet" not in asker.words
    asker.send()
    assert "not-money" in kept(app, place, asker)


def test_inside_a_home_nothing_is_left_unsaid(asker: Person) -> None:
    begin(asker, "cleaning").send(setting="home", alone="no")
    assert asker.path.endswith("/meeting")
    assert (asker.error_at("child") or "").endswith(
        "be there? Choose yes, no, or that you are not sure."
    )
    assert asker.typed()["alone"] == "no"
    assert asker.page.find(attrs={"name": "care"}) is None  # only what matters for cleaning


def test_not_sure_counts_as_yes_and_the_page_says_so(
    app: Flask, place: BuiltPlace, asker: Person
) -> None:
    begin(asker, "cleaning")
    post(asker, setting="home", alone="unsure", child="no")
    assert "Not sure yet The helper and the person helped are by themselves" in asker.words
    assert "What you are not sure of counts as so, to keep you safe." in asker.words
    assert "Somebody at the council can help you to put it right." in asker.words
    asker.send()
    said = kept(app, place, asker)
    assert "alone" not in said
    assert "not-alone" not in said
    yes = demands("cleaning", "home", ("alone", "not-child"), Ruleset(1, 1))
    assert demands("cleaning", "home", said, Ruleset(1, 1)) == yes
    assert yes.check_in


def test_it_is_put_right_later(asker: Person) -> None:
    begin(asker, "cleaning")
    post(asker, setting="home", alone="unsure", child="no").send()
    ref = asker.path.rsplit("/", 1)[-1]
    asker.open(f"/needs/{ref}")
    assert "Not known, so it counts as so The helper and the person" in asker.words
    asker.open(f"/needs/{ref}/edit/meeting?change=1")
    assert asker.typed()["alone"] == "unsure"
    asker.send(alone="no").send()
    assert "Not known" not in asker.open(f"/needs/{ref}").words
