"""When the database is gone: the page that says so stands in its frame, with whom to ring."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import event, update

from enabler.domain.errors import ProviderFailed
from enabler.persistence.database import db
from enabler.persistence.tables.places import PlaceRow
from enabler.persistence.unit_of_work import unit_of_work
from tests.builders import BuiltPlace, a_member
from tests.web.people import Person
from tests.web.signing import sign_in

CONTACT = {"name": "Elmford Council", "phone": "0117 496 0001"}


@pytest.fixture
def breaks(app: Flask, place: BuiltPlace) -> Iterator[Callable[[], None]]:
    """``breaks()``: from now on the database cannot be reached."""
    with app.app_context(), unit_of_work() as uow:
        uow.session.execute(update(PlaceRow).values(contact=CONTACT))
        uow.commit()

    def refuse(*_: object) -> None:
        raise ConnectionError("the database is gone")

    def cut() -> None:
        app.config["PROPAGATE_EXCEPTIONS"] = False
        with app.app_context():
            db.engine.dispose()
            event.listen(db.engine, "do_connect", refuse)

    yield cut
    with app.app_context():
        if event.contains(db.engine, "do_connect", refuse):
            event.remove(db.engine, "do_connect", refuse)


def test_pages_say_so_and_whom_to_ring(
    app: Flask, place: BuiltPlace, person: Callable[[], Person], breaks: Callable[[], None]
) -> None:
    with app.app_context():
        sam = a_member(place)
    stranger, member = person().open("/"), sign_in(app, person(), sam)
    breaks()
    for someone, path in ((stranger, "/needs/new"), (member, "/me"), (stranger, "/elmford/near")):
        someone.open(path)
        assert someone.answer.status_code == 500
        assert someone.heading == "Sorry, something is wrong on our side"
        assert "ring Elmford Council on 0117 496 0001" in someone.words
        assert "the database is gone" not in someone.answer.text


def test_so_does_a_page_of_something_else_that_fails(
    app: Flask, person: Callable[[], Person], breaks: Callable[[], None]
) -> None:
    def failing() -> str:
        breaks()
        raise ProviderFailed

    failing.enabler_access = app.view_functions["about.cookies"].enabler_access  # type: ignore[attr-defined]
    app.view_functions["about.cookies"] = failing
    someone = person().open("/cookies")
    assert someone.answer.status_code == 503
    assert "ring Elmford Council on 0117 496 0001" in someone.words
