"""A form that comes twice at the very same moment, as by two fingers: it makes one thing."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.builders import BuiltPlace
from tests.strings.twice import counts_of
from tests.web.conftest import clock, person, place
from tests.web.people import Person
from tests.web.scene import set_scene
from tests.web.signing import sign_in

__all__ = ["clock", "person", "place"]


def at_once(app: Flask, who: Person, path: str, typed: dict[str, Any]) -> list[TestResponse]:
    """What two presses of the same button in the same browser are answered."""
    name = app.config["SESSION_COOKIE_NAME"]
    cookie, start = who.client.get_cookie(name), Barrier(2)
    assert cookie is not None

    def press(_: int) -> TestResponse:
        client = app.test_client()
        client.set_cookie(name, cookie.value)
        start.wait()
        return client.post(path, data=typed)

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(press, range(2)))


@pytest.mark.prove("4.11")
def test_a_form_that_comes_twice_at_once_makes_one_thing(
    app: Flask, place: BuiltPlace, person: Callable[[], Person]
) -> None:
    with app.app_context():
        scene = set_scene(place)
    asker, helper = (sign_in(app, person(), each) for each in (scene.asker, scene.helper))
    for who, page, action, typed, table in (
        (asker, f"/matches/{scene.agreed}", "say", {"words": "On Tuesday?"}, "conversation_line"),
        (asker, "/report", None, {"kind": "worried", "words": "Look."}, "report"),
        (helper, f"/matches/{scene.asked}", "accept", {}, None),
        (asker, f"/needs/{scene.unmet_need}/withdraw", None, {}, None),
    ):
        who.open(page)
        path = who.form(action).get("action") or who.path
        with app.app_context():
            before = counts_of(table)
        answers = at_once(app, who, str(path), {**who.typed(action).to_dict(), **typed})
        assert [answer.status_code for answer in answers] == [302, 302], page
        assert answers[0].location == answers[1].location, page
        with app.app_context():
            assert counts_of(table) == before + (0 if table is None else 1), page
