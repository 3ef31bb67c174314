"""The file of rules names every route by every method, and nothing else."""

import pytest
from werkzeug.routing import Map
from werkzeug.routing import Rule as Route

from tests.authorisation.rules import Book, RuleWrong, disagreements, read_book
from tests.authorisation.worlds import World

ONE = '[[rule]]\nroute = "/me"\nmethods = "GET"\n'


@pytest.mark.prove("4.1")
def test_every_route_has_a_rule_and_every_rule_a_route(world: World, book: Book) -> None:
    assert disagreements(book.rules, world.app.url_map) == []


def test_a_new_route_fails_until_a_rule_names_it() -> None:
    routes = Map([Route("/me", methods=["GET"]), Route("/me/pets", methods=["GET", "POST"])])
    assert disagreements(read_book(ONE + "may = []").rules, routes) == [
        "no rule for GET /me/pets", "no rule for POST /me/pets",
    ]  # fmt: skip


def test_a_rule_of_a_route_that_has_gone_fails() -> None:
    assert disagreements(read_book(ONE + "may = []").rules, Map([])) == ["no route for GET /me"]


@pytest.mark.parametrize(
    "said",
    [
        'may = ["residents"]', 'of = "house"\nown = []', 'of = "need"\nmay = []', "own = []",
        "mayy = []",
    ],
)  # fmt: skip
def test_a_rule_that_means_nothing_is_refused(said: str) -> None:
    with pytest.raises(RuleWrong):
        read_book(ONE + said)


def test_whoever_is_not_named_may_not() -> None:
    (rule,) = read_book(ONE + 'of = "need"\nown = ["resident"]').rules
    assert rule.is_in("resident", "own")
    assert not rule.is_in("resident", "ward")
    assert not rule.is_in("custodian", "own")


def test_a_form_can_name_another_thing_of_the_same_owner(world: World) -> None:
    said = world.filled({"who": "$member", "words": "Hello"}, "beyond")
    assert said == {"who": world.refs["member", "beyond"], "words": "Hello"}
