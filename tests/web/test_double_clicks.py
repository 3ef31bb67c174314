"""A button that is pressed twice: the same thing is done once, and the second press sees it."""

from collections.abc import Callable

from flask import Flask

from enabler.persistence.tables.matches import MatchRow, ReportRow
from enabler.persistence.unit_of_work import reading
from tests.builders import BuiltPlace
from tests.web.people import Person
from tests.web.scene import set_scene
from tests.web.signing import newest_code, sign_in

Someone = Callable[[], Person]


def test_on_the_code_goes_to_the_same_page(app: Flask, place: BuiltPlace, person: Someone) -> None:
    someone = person().open("/sign-in").send(phone="07700 900123")
    code = newest_code(app, place, "+447700900123")
    form = {**someone.typed().to_dict(), "code": code}
    first = someone.client.post("/sign-in/code", data=form)
    second = someone.client.post("/sign-in/code", data=form)
    assert (first.status_code, second.status_code) == (302, 302)
    assert someone.open(second.location).path == "/sign-up"


def test_on_something_went_wrong_is_one_report(
    app: Flask, place: BuiltPlace, person: Someone
) -> None:
    with app.app_context():
        scene = set_scene(place)
        with reading() as uow:
            before = uow.session.query(ReportRow).count()
    asker = sign_in(app, person(), scene.asker)
    typed = asker.open(f"/matches/{scene.done}/report").typed().to_dict()
    form = {**typed, "kind": "went-wrong", "words": "Nobody came."}
    for _ in range(2):
        answer = asker.client.post(f"/matches/{scene.done}/report", data=form)
        assert answer.status_code == 302, answer.get_data(as_text=True)
    with app.app_context(), reading() as uow:
        assert uow.session.query(ReportRow).count() == before + 1
        assert uow.session.query(MatchRow).filter_by(ref=scene.done).one().state == "disputed"


def test_on_something_went_wrong_where_nothing_is_said_to_be_done_is_one_report(
    app: Flask, place: BuiltPlace, person: Someone
) -> None:
    with app.app_context():
        scene = set_scene(place)
        with reading() as uow:
            before = uow.session.query(ReportRow).count()
    helper = sign_in(app, person(), scene.helper)
    for match in (scene.agreed, scene.done):
        typed = helper.open(f"/matches/{match}/report").typed().to_dict()
        form = {**typed, "kind": "went-wrong", "words": "The dog bit me."}
        for _ in range(2):
            assert helper.client.post(f"/matches/{match}/report", data=form).status_code == 302
    with app.app_context(), reading() as uow:
        assert uow.session.query(ReportRow).count() == before + 2
