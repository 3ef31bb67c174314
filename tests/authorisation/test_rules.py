"""The file of rules names every route by every method, and nothing else."""

import pytest
from werkzeug.routing import Map
from werkzeug.routing import Rule as Route

from tests.authorisation import turns
from tests.authorisation.people import PRINCIPALS
from tests.authorisation.rules import Book, RuleWrong, disagreements, read_book
from tests.authorisation.trying import cells
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


def test_a_day_tries_everybody_and_of_a_rule_both_who_may_and_who_may_not(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "ALL", True)
    full = {rule.name: cells(rule) for rule in book.rules}
    monkeypatch.setattr(turns, "ALL", False)
    tried = [cell for rule in book.rules for cell in cells(rule)]
    assert {cell.principal for cell in tried if cell.is_in} == set(PRINCIPALS)
    assert {cell.principal for cell in tried if not cell.is_in} == set(PRINCIPALS)
    answers = {(cell.rule.name, cell.relation, cell.is_in) for cell in tried}
    assert answers == {
        (name, cell.relation, cell.is_in) for name, all_of_it in full.items() for cell in all_of_it
    }
    assert len(tried) < sum(map(len, full.values())) / 2
