"""The session's cookie is sent when it changed, and often enough to outlive every session."""

import time
from datetime import timedelta

import pytest
from flask import Flask
from itsdangerous import TimestampSigner

from enabler.domain.sign_in import RESIDENT_LIFETIME
from enabler.web.cookie import SENT_AGAIN_AFTER
from tests.builders import BuiltPlace, a_member
from tests.web.people import Person
from tests.web.signing import sign_in


@pytest.fixture
def signed_in(app: Flask, place: BuiltPlace) -> Person:
    with app.app_context():
        rosa = a_member(place, "Rosa Long")
    return sign_in(app, Person(app.test_client()), rosa)


def kept(app: Flask, person: Person) -> str:
    cookie = person.client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    assert cookie is not None
    return cookie.value


def sent_ago(app: Flask, person: Person, seconds: float, monkeypatch: pytest.MonkeyPatch) -> str:
    """The browser's cookie as if it had been sent so long ago; what the browser holds now."""
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    values = signer.loads(kept(app, person))
    with monkeypatch.context() as past:
        past.setattr(TimestampSigner, "get_timestamp", lambda _: int(time.time() - seconds))
        old = str(signer.dumps(values))
    person.client.set_cookie(app.config["SESSION_COOKIE_NAME"], old)
    return old


def test_is_not_sent_while_nothing_changes(app: Flask, signed_in: Person) -> None:
    signed_in.open("/me")
    for path in ("/me", "/", "/api/v1/needs"):
        answer = signed_in.client.get(path)
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" in answer.headers["Vary"]


def test_is_sent_again_after_a_day(
    app: Flask, signed_in: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = SENT_AGAIN_AFTER.total_seconds()
    sent_ago(app, signed_in, day - 60, monkeypatch)
    assert "Set-Cookie" not in signed_in.client.get("/me").headers
    old = sent_ago(app, signed_in, day + 60, monkeypatch)
    assert "Expires=" in signed_in.client.get("/me").headers["Set-Cookie"]
    assert kept(app, signed_in) != old
    assert signed_in.client.get("/me").status_code == 200


def test_outlives_every_session(app: Flask) -> None:
    assert app.permanent_session_lifetime >= RESIDENT_LIFETIME.idle + SENT_AGAIN_AFTER
    assert timedelta(hours=1) <= SENT_AGAIN_AFTER


def test_of_another_key_or_too_old_is_nobodys(
    app: Flask, signed_in: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent_ago(app, signed_in, app.permanent_session_lifetime.total_seconds() + 60, monkeypatch)
    assert signed_in.client.get("/me").status_code == 302
    sent_ago(app, signed_in, 0, monkeypatch)
    forged = kept(app, signed_in)[:-3] + "abc"
    signed_in.client.set_cookie(app.config["SESSION_COOKIE_NAME"], forged)
    assert signed_in.client.get("/me").status_code == 302
