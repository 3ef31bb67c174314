"""A helper says when they are away, and that they are back."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.builders import BuiltPlace, a_member, an_offer
from tests.web.people import Person
from tests.web.signing import sign_in

FIRST, LAST = ["12", "3", "2026"], ["20", "3", "2026"]


@pytest.fixture
def helper(app: Flask, place: BuiltPlace, person: Callable[[], Person]) -> Person:
    """Somebody with an offer, on its page."""
    with app.app_context():
        member = a_member(place, "Hal")
        ref = an_offer(member)
    return sign_in(app, person(), member).open(f"/offers/{ref}")


def to_the_form(helper: Person) -> Person:
    link = helper.page.find("a", string="Say when you are away")
    return helper.open(str(link["href"]))  # type: ignore[index]


def test_days_are_said_shown_and_taken_back(helper: Person) -> None:
    to_the_form(helper).send(first=FIRST, last=LAST)
    assert helper.path.startswith("/offers/")
    assert "Away Thursday 12 March to Friday 20 March" in helper.words
    helper.send("/back")
    assert "Friday 20 March" not in helper.words
    assert "I am not away" not in helper.words


def test_what_began_before_today_begins_today(helper: Person) -> None:
    to_the_form(helper).send(first=["1", "1", "1"], last=["10", "3", "2026"])
    assert "Tuesday 10 March, any time" in helper.words


@pytest.mark.parametrize(
    ("first", "last", "field", "said"),
    [
        (["", "", ""], LAST, "first", "Type the first day you are away"),
        (FIRST, ["", "", ""], "last", "Type the last day you are away"),
        (FIRST, ["11", "3", "2026"], "last", "must come after the start"),
        (FIRST, ["9", "3", "2026"], "last", "This day is past."),
        (FIRST, ["31", "12", "2099"], "last", "too far ahead"),
        (FIRST, ["31", "2", "2026"], "last", "This is not a day."),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    helper: Person, first: list[str], last: list[str], field: str, said: str
) -> None:
    to_the_form(helper).send(first=first, last=last)
    assert said in helper.error_at(field)
