"""Lists and pages ask the database as often for twenty as for two, and never more than 13 times."""

import pytest
from flask import Flask

from bench.bare_doors import recorded
from enabler.domain.vocabulary import NeedState, NextStep, OfferState
from tests.builders import NOW, BuiltMember, BuiltPlace, a_helper, a_member, a_need, an_offer
from tests.web.people import Person
from tests.web.signing import sign_in

MOST = 13
LISTS = ("/api/v1/needs?limit=50", "/api/v1/offers?limit=50", "/", "/me", "/api/v1/me")


def some_of_each(rosa: BuiltMember) -> None:
    """A need and an offer of each kind that a list reads something more about."""
    a_need(rosa, next_step=NextStep.AWAIT_ANSWERS, next_step_at=NOW)
    first = a_need(rosa, state=NeedState.REFUSED, next_step=None, next_step_at=None)
    assert first
    an_offer(rosa, "meals", "transport")
    an_offer(rosa, "moving", state=OfferState.REFUSED)


@pytest.mark.parametrize("path", LISTS)
def test_queries_do_not_grow_with_rows(app: Flask, place: BuiltPlace, path: str) -> None:
    with app.app_context():
        rosa = a_helper(place, "Rosa Long")
        some_of_each(rosa)
    client = sign_in(app, Person(app.test_client()), rosa).client
    with recorded(app) as few:
        assert client.get(path).status_code == 200
    with app.app_context():
        sam = a_member(place, "Sam Green")
        for _ in range(6):
            some_of_each(rosa)
            a_need(sam)
    with recorded(app) as many:
        assert client.get(path).status_code == 200
    assert 0 < len(few) == len(many) <= MOST, [statement for statement, _ in many]


def test_a_list_says_what_each_page_says(app: Flask, place: BuiltPlace) -> None:
    with app.app_context():
        rosa = a_helper(place, "Rosa Long")
        some_of_each(rosa)
    client = sign_in(app, Person(app.test_client()), rosa).client
    in_no_list = {"address", "postcode", "asker_name", "giver_name", "matches", "exceptions"}
    for noun in ("needs", "offers"):
        for listed in client.get(f"/api/v1/{noun}").json[noun]:  # type: ignore[index]
            alone = client.get(f"/api/v1/{noun}/{listed['ref']}").json
            assert alone is not None
            assert {name: value for name, value in listed.items() if name not in in_no_list} == {
                name: value for name, value in alone.items() if name not in in_no_list
            }
