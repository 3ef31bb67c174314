"""What is told of others is seen in a page, and nobody may read it who is not named for it."""

import pytest

from tests.authorisation.people import FROM_ELSEWHERE
from tests.authorisation.reading import Canary, told, too_much
from tests.authorisation.rules import RuleWrong, read_book
from tests.authorisation.things import FIELDS
from tests.authorisation.worlds import World

BIRDS = (
    Canary("ward", "first name", "AskWardq"), Canary("resident", "home", "1 Long Lane"),
    Canary("elsewhere", "phone", "07700 900123"),
)  # fmt: skip
PAGE = "<p>AskWardq, 1 Long Lane, 07700 900123"
ONE = '[[reads]]\nwho = ["custodian"]\nof = ["ward"]\nfields = ["first name"]\n'


def test_what_is_of_others_is_found_in_a_page_and_what_is_ones_own_is_not() -> None:
    assert told("resident", PAGE, BIRDS) == {("ward", "first name"), ("elsewhere", "phone")}
    assert told("custodian", PAGE, BIRDS) == {
        ("ward", "first name"), ("others", "home"), ("elsewhere", "phone"),
    }  # fmt: skip
    assert told(FROM_ELSEWHERE, PAGE, BIRDS) == {
        ("elsewhere", "first name"), ("elsewhere", "home"), ("ward", "phone"),
    }  # fmt: skip


def test_nobody_reads_what_nobody_is_named_for() -> None:
    readings = read_book(ONE).readings
    assert too_much("custodian", [("ward", "first name")], readings) == []
    assert too_much("custodian", [("beyond", "first name")], readings) == ["first name of beyond"]
    assert too_much("custodian", [("ward", "phone")], readings) == ["phone of ward"]
    assert too_much("resident", [("ward", "first name")], readings) == ["first name of ward"]


@pytest.mark.parametrize("wrong", [ONE.replace("ward", "town"), ONE.replace("first", "last")])
def test_a_reading_of_what_there_is_not_is_refused(wrong: str) -> None:
    with pytest.raises(RuleWrong):
        read_book(wrong)


@pytest.mark.prove("4.1")
def test_every_field_of_every_neighbour_is_planted_and_stands_for_nobody_else(world: World) -> None:
    birds = world.canaries
    for whose in ("ward", "beyond", "elsewhere", "party"):
        assert {one.field for one in birds if one.whose == whose} == set(FIELDS)
    for one in birds:
        same = {other.whose for other in birds if one.letters in other.letters}
        assert same == {one.whose}, one
