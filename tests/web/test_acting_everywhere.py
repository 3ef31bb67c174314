"""Whoever acts for somebody opens every page there is: it is theirs to see, or it is refused; none
tells how the person is reached, or where they live."""

from collections.abc import Callable

from flask import Flask

from enabler.persistence.tables.members import ContactRow, HomeRow
from enabler.persistence.unit_of_work import reading
from tests.builders import BuiltPlace
from tests.web.people import Person
from tests.web.signing import sign_in
from tests.web.supporters_scene import set_supporters_scene

OF_ONESELF = ("/me", "/hours", "/desk", "/decisions", "/calendar")
"""Pages whose address says that they are one's own, or staff's."""


def test_opens_what_it_may_and_no_more(
    app: Flask, place: BuiltPlace, person: Callable[[], Person]
) -> None:
    with app.app_context():
        scene = set_supporters_scene(place)
        with reading() as uow:
            row = uow.session.query(ContactRow).filter_by(member_id=scene.rose.id, kind="phone")
            number = row.one().value
            home = uow.homes.member(scene.rose.id).home_id
            address = uow.session.query(HomeRow).filter_by(id=home).one().address
    page = sign_in(app, person(), scene.daughter).open("/for").send(f"/for/{scene.mandate}")
    refs = {"need": scene.need, "match": scene.match}
    paths = [f"/needs/{refs['need']}", f"/matches/{refs['match']}", f"/needs/{refs['need']}/change"]
    paths += [
        rule.rule for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.arguments
        and not rule.rule.startswith(("/api", "/static", "/sign-out", "/simulator"))
    ]  # fmt: skip
    wrong = []
    for path in paths:
        answer = page.client.get(path)
        body = answer.get_data(as_text=True)
        if answer.status_code >= 500:
            wrong.append((path, answer.status_code))
        if number[3:] in body or address in body:
            wrong.append((path, "tells how to reach her, or where"))
        if path.startswith(OF_ONESELF) and answer.status_code == 200:
            wrong.append((path, "let in"))
    assert wrong == [], wrong
