"""Where staff begin, and what a councillor sees of the ward."""

from collections.abc import Callable

import pytest
from flask import Flask

from enabler.domain.vocabulary import Role
from tests.builders import BuiltPlace
from tests.web.people import Person
from tests.web.scene import Scene, set_scene
from tests.web.signing import a_new_member_of_staff, sign_in_staff

Someone = Callable[[], Person]


@pytest.fixture
def scene(app: Flask, place: BuiltPlace) -> Scene:
    """An ordinary morning; the hedge of the scene is with people, for nobody does gardens."""
    with app.app_context():
        return set_scene(place)


@pytest.mark.parametrize(
    ("role", "path"),
    [(Role.CUSTODIAN, "/desk"), (Role.SAFEGUARDING_LEAD, "/desk"), (Role.ADMINISTRATOR, "/desk"),
     (Role.COUNCILLOR, "/ward"), (Role.CALL_HANDLER, "/me")],
)  # fmt: skip
def test_staff_begin_where_they_work(
    app: Flask, place: BuiltPlace, person: Someone, role: Role, path: str
) -> None:
    staff = sign_in_staff(app, person(), place, role)
    assert (staff.path, staff.answer.status_code) == (path, 200)
    assert ("call handler" in staff.words) == (role is Role.CALL_HANDLER)


def test_a_councillor_sees_what_nobody_has_taken_and_not_whose_it_is(
    app: Flask, place: BuiltPlace, scene: Scene, person: Someone
) -> None:
    councillor = sign_in_staff(app, person(), place, Role.COUNCILLOR)
    assert councillor.heading == "My ward: West End"
    assert scene.unmet_need in councillor.words
    for other in (scene.asked_need, scene.agreed_need, scene.held_need):
        assert other not in councillor.words
        assert councillor.open(f"/needs/{other}").answer.status_code == 403
    shown = councillor.open(f"/needs/{scene.unmet_need}")
    assert "The hedge has grown over the path." in shown.words
    assert "Why nobody is found yet" in shown.words
    assert f"give them this reference: {scene.unmet_need}." in shown.words, "what they can do"
    for hidden in ("Rosa", "12 North Street", place.postcode_at(500, 500)):
        assert hidden not in shown.answer.text


def test_another_ward_is_not_a_councillors_to_see(
    app: Flask, place: BuiltPlace, scene: Scene, person: Someone
) -> None:
    typed = a_new_member_of_staff(app, place, Role.COUNCILLOR, ward="W1")
    councillor = person().open("/sign-in/staff").send(**typed)
    assert scene.unmet_need not in councillor.words
    assert councillor.open(f"/needs/{scene.unmet_need}").answer.status_code == 403


def test_a_resident_has_no_ward(app: Flask, place: BuiltPlace, person: Someone) -> None:
    custodian = sign_in_staff(app, person(), place)
    assert custodian.open("/ward").answer.status_code == 403


def test_an_administrator_sees_the_desk_and_decides_nothing(
    app: Flask, place: BuiltPlace, scene: Scene, person: Someone
) -> None:
    desk = sign_in_staff(app, person(), place, Role.ADMINISTRATOR)
    targets = [str(link.get("href")) for link in desk.page.select("main a")]
    assert targets, "there is nothing on the desk"
    for target in targets:
        assert desk.open(target).answer.status_code == 200, target
