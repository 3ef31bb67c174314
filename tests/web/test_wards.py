"""Where staff begin, and what a councillor sees of the ward."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from enabler.domain.vocabulary import Role
from enabler.persistence.tables.needs import NeedRow
from enabler.persistence.unit_of_work import unit_of_work
from tests.builders import BuiltPlace
from tests.web.people import Person
from tests.web.scene import Scene, set_scene
from tests.web.signing import a_new_member_of_staff, sign_in, sign_in_staff

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


def _an_hour_ago(app: Flask) -> None:
    """All that waits was asked for some time ago."""
    with app.app_context(), unit_of_work() as uow:
        for row in uow.session.scalars(select(NeedRow)):
            row.posted_at -= timedelta(hours=1)
        uow.commit()


def test_a_councillor_sees_that_somebody_waits_and_not_who(
    app: Flask, place: BuiltPlace, scene: Scene, person: Someone
) -> None:
    _an_hour_ago(app)
    councillor = sign_in_staff(app, person(), place, Role.COUNCILLOR)
    assert councillor.heading == "My ward: West End"
    assert "In West End fewer than 5 people wait." in councillor.words
    assert "Gardening fewer than 5 people" in councillor.words
    seen = councillor.answer.text
    stranger = sign_in(app, person(), scene.helper)
    for one in (scene.unmet_need, scene.asked_need, scene.agreed_need, scene.held_need):
        assert one not in seen
        refused = councillor.open(f"/needs/{one}")
        assert refused.answer.status_code == 403
        if one == scene.unmet_need:
            assert refused.heading == stranger.open(f"/needs/{one}").heading
    for hidden in ("hedge", "Rosa", "12 North Street", place.postcode_at(500, 500)):
        assert hidden not in seen


def test_whoever_it_is_that_waits_and_since_when_the_page_is_the_same(
    app: Flask, place: BuiltPlace, scene: Scene, person: Someone
) -> None:
    _an_hour_ago(app)
    councillor = sign_in_staff(app, person(), place, Role.COUNCILLOR)
    before = councillor.open("/ward").words
    with app.app_context(), unit_of_work() as uow:
        need = uow.needs.by_ref(place.id, scene.unmet_need)
        row = uow.session.get_one(NeedRow, need.id)
        row.asker_id = row.posted_by = scene.helper.id
        row.words, row.posted_at = "Ivy on the wall.", row.posted_at - timedelta(days=9)
        uow.commit()
    assert councillor.open("/ward").words == before


def test_with_leave_the_case_is_on_the_councillors_page_and_nowhere_else(
    app: Flask, place: BuiltPlace, scene: Scene, person: Someone
) -> None:
    councillor = sign_in_staff(app, person(), place, Role.COUNCILLOR)
    asker = sign_in(app, person(), scene.asker).open(f"/needs/{scene.unmet_need}")
    assert "see how many people wait here, and not that you do" in asker.words
    asker.open(f"/needs/{scene.unmet_need}/councillor").send()
    seen = councillor.open("/ward")
    assert "The hedge has grown over the path." in seen.words
    assert scene.unmet_need in seen.words
    assert "give them the reference of the case" in seen.words
    assert councillor.open(f"/needs/{scene.unmet_need}").answer.status_code == 403


def test_another_ward_is_not_a_councillors_to_count(
    app: Flask, place: BuiltPlace, scene: Scene, person: Someone
) -> None:
    _an_hour_ago(app)
    typed = a_new_member_of_staff(app, place, Role.COUNCILLOR, ward="W1")
    councillor = person().open("/sign-in/staff").send(**typed)
    assert councillor.heading == "My ward: East End"
    assert "Everybody has somebody, or is still being asked about." in councillor.words
    assert "West End" not in councillor.words


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
