"""Every route declares what it is for; a stranger gets no further than the declaration allows."""

from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.routing import Rule

from enabler.app import create_app
from enabler.config import Settings
from enabler.domain.permissions import OF_ANYONE
from enabler.domain.vocabulary import Role
from enabler.doors.access import declared
from tests.application import close
from tests.builders import BuiltPlace, a_member, a_need
from tests.web.people import Person
from tests.web.signing import sign_in, sign_in_staff

SOMETHING = {
    "ref": "K3M9", "who": "K3M9", "name": "what", "filename": "place.css", "token": "none",
    "spot": "W0-7", "slug": "elmford", "number": 1, "kind": "need", "part": "looks",
    "code": "sign-up", "nth": 1,
}  # fmt: skip


def address(app: Flask, rule: Rule) -> str:
    """An address that the rule takes."""
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        return adapter.build(rule.endpoint, {name: SOMETHING[name] for name in rule.arguments})


def verbs(rule: Rule) -> set[str]:
    """The methods of a rule that a view answers itself."""
    return set(rule.methods or ()) - {"HEAD", "OPTIONS"}


def test_every_route_declares_its_action(app: Flask) -> None:
    undeclared = [rule.rule for rule in app.url_map.iter_rules()
                  if declared(app, rule.endpoint) is None]  # fmt: skip
    assert undeclared == []


def test_a_route_that_declares_nothing_is_closed(settings: Settings, place: BuiltPlace) -> None:
    app = create_app(settings)
    app.add_url_rule("/forgotten", "forgotten", lambda: "anybody can read this")
    answer = app.test_client().get("/forgotten")
    close(app)
    assert answer.status_code == 403
    assert b"anybody can read this" not in answer.data


def test_a_stranger_is_let_in_only_where_all_are(app: Flask, place: BuiltPlace) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    wrong = []
    for rule in app.url_map.iter_rules():
        access = declared(app, rule.endpoint)
        assert access is not None
        for verb in verbs(rule):
            answer = app.test_client().open(address(app, rule), method=verb)
            answer.close()
            # What a stranger wrote to the council is shown to them alone, to be sent without an
            # account.
            elsewhere = ("/sign-in", "/report?again=1")
            sent = answer.status_code == 302 and answer.headers["Location"]
            to_sign_in = bool(sent) and any(each in str(sent) for each in elsewhere)
            closed = to_sign_in or answer.status_code in (401, 403, 404)
            if access.action not in OF_ANYONE and not closed:
                wrong.append((verb, rule.rule, answer.status_code))
            if answer.status_code >= 500:
                wrong.append((verb, rule.rule, answer.status_code))
    assert wrong == []


@pytest.mark.parametrize("path", ["/desk", "/desk/held/K3M9", "/desk/credentials/new"])
def test_a_resident_is_kept_from_the_desk(
    app: Flask, place: BuiltPlace, person: Callable[[], Person], path: str
) -> None:
    with app.app_context():
        sam = a_member(place)
    someone = sign_in(app, person(), sam).open(path)
    assert someone.answer.status_code == 403
    assert someone.heading == "You cannot see this page"


def test_a_custodian_sits_at_the_desk(
    app: Flask, place: BuiltPlace, person: Callable[[], Person]
) -> None:
    staff = sign_in_staff(app, person(), place).open("/desk")
    assert staff.heading == "Desk"


def test_a_councillor_does_not_moderate(
    app: Flask, place: BuiltPlace, person: Callable[[], Person]
) -> None:
    staff = sign_in_staff(app, person(), place, Role.COUNCILLOR).open("/desk/credentials/new")
    assert staff.answer.status_code == 403


def test_what_is_another_members_is_not_shown(
    app: Flask, place: BuiltPlace, person: Callable[[], Person]
) -> None:
    with app.app_context():
        sam = a_member(place)
        other = Person(app.test_client())
        mine = a_need(a_member(place, "Una Other"))
    other = sign_in(app, other, sam).open(f"/needs/{mine}")
    assert other.answer.status_code in (403, 404)
    assert "A few things from the shop" not in other.words
