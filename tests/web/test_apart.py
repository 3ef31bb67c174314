"""A helper asks not to be brought together with somebody again, and takes it back."""

from collections.abc import Callable

import pytest
from flask import Flask

from enabler.services import keeping_apart
from tests.builders import NOW, BuiltPlace, a_member, an_offer, an_organisation
from tests.services.acting import assign, goes_to, refreshed, said_yes, staffed
from tests.services.deeds import a_key
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


def test_stands_on_a_page_of_mine_and_is_taken_back_there(
    app: Flask, scene: Scene, person: Callable[[], Person]
) -> None:
    helper = sign_in(app, person(), scene.helper).open("/me/apart")
    assert "Nobody." in helper.words
    helper.open(f"/matches/{scene.agreed}/apart").send()
    helper.open("/me")
    assert helper.page.select_one('a[href="/me/apart"]') is not None
    helper.open("/me/apart")
    assert "Rosa" in helper.words
    helper.send("/together")
    assert helper.path == "/me/apart"
    assert "Nobody." in helper.words


def test_a_former_helper_of_an_organisation_lets_them_back(
    app: Flask, place: BuiltPlace, person: Callable[[], Person]
) -> None:
    with app.app_context():
        pantry, asker = an_organisation(place), a_member(place, "Rosa Long")
        an_offer(pantry)
        people = staffed(place, pantry)
        ref = said_yes(asker, pantry)
        assign(pantry.owner, ref, people["helper"])
        hetty = refreshed(people["helper"])
        keeping_apart.keep_apart(actor=hetty.actor, match_ref=ref, key=a_key(), now=NOW)
        assert goes_to(ref) is None
    page = sign_in(app, person(), hetty).open("/me/apart")
    assert "Rosa" in page.words
    page.send("/together")
    assert "Nobody." in page.words


def test_is_not_offered_before_the_two_have_met(
    app: Flask, scene: Scene, person: Callable[[], Person]
) -> None:
    helper = sign_in(app, person(), scene.helper).open(f"/matches/{scene.asked}")
    assert "together again" not in helper.words
