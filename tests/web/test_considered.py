"""Who was considered for a need, for custodians; why they were asked, for helpers."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from enabler.domain.windows import Weekly, Window
from tests.builders import NOW, BuiltPlace, a_member, a_place, an_offer, share
from tests.services.deeds import post
from tests.web.people import Person
from tests.web.scene import Scene, set_scene
from tests.web.signing import sign_in, sign_in_staff

Someone = Callable[[], Person]


@pytest.fixture
def scene(app: Flask, place: BuiltPlace) -> Scene:
    with app.app_context():
        return set_scene(place)


@pytest.fixture
def staff(app: Flask, place: BuiltPlace, scene: Scene, person: Someone) -> Person:
    return sign_in_staff(app, person(), place)


def test_says_who_was_asked_and_why_others_were_not(scene: Scene, staff: Person) -> None:
    staff.open(f"/needs/{scene.asked_need}")
    link = staff.page.find("a", string="See who was considered, and why")
    staff.open(str(link["href"]))  # type: ignore[index]
    assert staff.heading == f"Who was considered for {scene.asked_need}"
    assert f"{scene.offer} , within a mile. It was asked." in staff.words
    assert "Tuesday 10 March, 10am, wave 1" in staff.words
    for name in ("Rosa", "Ben", "North Street"):
        assert name not in staff.words


def test_says_of_one_offer_what_became_of_it(scene: Scene, staff: Person) -> None:
    staff.open(f"/needs/{scene.asked_need}/considered?offer={scene.offer.lower()}")
    assert "It was number 1 of 1 who could be asked. It was asked." in staff.words
    staff.open(f"/needs/{scene.asked_need}/considered?offer={scene.held_offer}")
    assert "It was not open." in staff.words


def test_does_not_take_whoever_reads_it_for_whoever_asks(
    app: Flask, place: BuiltPlace, staff: Person
) -> None:
    with app.app_context():
        asker = a_member(place, "Una")
        an_offer(asker)
        an_offer(a_member(place, "Pat", home_id=asker.home_id))
        need = post(asker)
    staff.open(f"/needs/{need.ref}/considered")
    assert "1 offer is of the person who asks." in staff.words
    assert "1 offer is from the same home." in staff.words
    assert "your own" not in staff.words


@pytest.mark.parametrize("typed", ["NONE", "?", "0" * 30])
def test_says_at_the_field_that_there_is_no_such_offer(
    scene: Scene, staff: Person, typed: str
) -> None:
    staff.open(f"/needs/{scene.asked_need}/considered?offer={typed}")
    assert staff.answer.status_code == 200
    assert staff.error_at("offer") == "We cannot find that. Check the reference and try again."


def test_of_a_need_that_was_not_worked_says_so(scene: Scene, staff: Person) -> None:
    staff.open(f"/needs/{scene.held_need}/considered?offer={scene.offer}")
    assert "We have not looked for helpers yet." in staff.words


def test_leads_to_the_offers_of_this_place_only(
    app: Flask, place: BuiltPlace, person: Someone
) -> None:
    staff = sign_in_staff(app, person(), place)
    with app.app_context():
        other = a_place("overham", area="NE")
        share(place, other)
        here, over = an_offer(a_member(place, "Here")), an_offer(a_member(other, "Over"))
        need = post(a_member(place))
    staff.open(f"/needs/{need.ref}/considered")
    assert here in staff.words
    assert over in staff.words
    links = {str(link["href"]) for link in staff.page.find("main").find_all("a")}  # type: ignore[union-attr]
    assert links == {f"/offers/{here}"}


def test_is_not_for_those_who_ask_or_help(
    app: Flask, scene: Scene, place: BuiltPlace, person: Someone
) -> None:
    for member in (scene.asker, scene.helper):
        someone = sign_in(app, person(), member)
        assert someone.open(f"/needs/{scene.asked_need}/considered").answer.status_code == 403
    assert "who was considered" not in someone.open(f"/needs/{scene.asked_need}").words


def test_a_helper_can_read_why_they_were_asked_when_they_have_answered(
    app: Flask, scene: Scene, person: Someone
) -> None:
    helper = sign_in(app, person(), scene.helper)
    for ref in (scene.asked, scene.agreed):
        assert "You were asked because you are close by" in helper.open(f"/matches/{ref}").words
    asker = sign_in(app, person(), scene.asker)
    assert "You were asked" not in asker.open(f"/matches/{scene.agreed}").words


def test_an_asker_for_whom_nobody_is_found_reads_what_would_help(
    app: Flask, place: BuiltPlace, person: Someone
) -> None:
    with app.app_context():
        for name in ("Mia", "Max"):
            an_offer(a_member(place, name), weekly=[Weekly(3, 540, 1020)])
        an_offer(a_member(place, "Far", at=(2500, 500)))
        asker = a_member(place, "Rosa")
        tomorrow = Window(NOW + timedelta(hours=28), NOW + timedelta(hours=31))
        need = post(asker, windows=(tomorrow,), reach_metres=800)
    someone = sign_in(app, person(), asker).open(f"/needs/{need.ref}")
    assert "2 helpers could come if you can also do Thursday 12 March." in someone.words
    assert "1 helper could come if they may live up to 2 miles away." in someone.words
