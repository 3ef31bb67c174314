"""Headers and cookies of every answer (R31): pages, errors, files, other people's methods."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from flask import Flask

from enabler.app import create_app
from enabler.config import Settings
from enabler.persistence.database import db
from tests.builders import BuiltPlace, a_member, a_place
from tests.web.people import Person
from tests.web.signing import sign_in

ALL = ["/", "/sign-in", "/needs/new/what", "/nothing-here", "/static/place.css", "/place.css",
       "/health", "/me", "/desk", "/needs/K3M9", "/static/none.css"]  # fmt: skip


def test_every_answer_is_dressed(app: Flask, place: BuiltPlace) -> None:
    for path, method in product(ALL, ("GET", "POST", "DELETE")):
        answer = app.test_client().open(path, method=method)
        answer.close()
        headers, policy = answer.headers, answer.headers["Content-Security-Policy"]
        assert "unsafe-inline" not in policy
        assert "unsafe-eval" not in policy
        assert "frame-ancestors 'none'" in policy
        assert "default-src 'none'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert "Strict-Transport-Security" not in headers  # plain http has none


def test_a_page_that_broke_is_dressed_and_tells_nothing(app: Flask, place: BuiltPlace) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    access = app.view_functions["about.cookies"].enabler_access  # type: ignore[attr-defined]

    def broken() -> str:
        raise RuntimeError("a secret detail")

    broken.enabler_access = access  # type: ignore[attr-defined]
    app.view_functions["about.cookies"] = broken
    answer = app.test_client().get("/cookies")
    assert answer.status_code == 500
    assert "secret detail" not in answer.text
    assert "Traceback" not in answer.text
    assert "Sorry, something is wrong on our side" in answer.text
    assert "Elmford" in answer.text  # the council's contact is in the frame
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


class BrokenSecrets:
    """As when what is needed to know anybody cannot be reached."""

    def token(self) -> str:
        """A nonce can still be had."""
        return "a-token"

    def digest(self, _: str) -> str:
        raise OSError("a secret detail")


def test_even_before_anybody_is_known_a_failure_is_a_page(
    app: Flask, place: BuiltPlace, person: Callable[[], Person]
) -> None:
    with app.app_context():
        sam = a_member(place)
    someone = sign_in(app, person(), sam)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.extensions["enabler"] = replace(app.extensions["enabler"], secrets=BrokenSecrets())
    someone.open("/me")
    assert someone.answer.status_code == 500
    assert someone.heading == "Sorry, something is wrong on our side"
    assert "secret detail" not in someone.answer.text
    assert "frame-ancestors 'none'" in someone.answer.headers["Content-Security-Policy"]


def test_the_nonce_is_new_each_time_and_in_the_page(app: Flask, place: BuiltPlace) -> None:
    client = app.test_client()
    first, second = client.get("/"), client.get("/")
    nonce = first.headers["Content-Security-Policy"].split("'nonce-")[1].split("'")[0]
    assert f'nonce="{nonce}"' in first.text
    assert nonce not in second.headers["Content-Security-Policy"]


def test_pages_with_a_session_are_not_stored(app: Flask, place: BuiltPlace) -> None:
    for path in ("/sign-in", "/needs/new/what", "/me", "/sign-out"):
        assert app.test_client().get(path).headers["Cache-Control"] == "no-store"


@pytest.fixture
def secure_app(settings: Settings, tmp_path: Path) -> Iterator[Flask]:
    """The app as it is served over https."""
    made = create_app(replace(settings, public_base_url="https://help.example.org"))
    made.testing = True
    yield made
    with made.app_context():
        db.session.remove()
        db.engine.dispose()


def test_https_has_hsts_and_host_cookies(secure_app: Flask) -> None:
    with secure_app.app_context():
        a_place()
    answer = secure_app.test_client().get("/sign-in", base_url="https://help.example.org")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-enabler=")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie
    assert "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
