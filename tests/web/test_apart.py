"""A helper asks not to be brought together with somebody again, and takes it back."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.builders import BuiltPlace
from tests.web.people import Person
from tests.web.scene import Scene, set_scene
from tests.web.signing import sign_in


@pytest.fixture
def scene(app: Flask, place: BuiltPlace) -> Scene:
    with app.app_context():
        return set_scene(place)


def test_is_said_on_a_page_of_its_own_and_taken_back_on_the_matchs(
    app: Flask, scene: Scene, person: Callable[[], Person]
) -> None:
    helper = sign_in(app, person(), scene.helper).open(f"/matches/{scene.agreed}")
    link = helper.page.find("a", string="Do not bring us together again")
    helper.open(str(link["href"])).send()  # type: ignore[index]
    assert helper.path == f"/matches/{scene.agreed}"
    assert "We do not bring the two of you together again." in helper.words
    helper.send("/together")
    assert "We do not bring" not in helper.words
    assert "Do not bring us together again" in helper.words


def test_is_not_offered_before_the_two_have_met(
    app: Flask, scene: Scene, person: Callable[[], Person]
) -> None:
    helper = sign_in(app, person(), scene.helper).open(f"/matches/{scene.asked}")
    assert "together again" not in helper.words
