"""What somebody typed and has not sent they read among what is kept, as its pages ask it: none of
the names that a form has for its fields."""

import re
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from enabler.persistence.tables.drafts import DraftRow
from enabler.persistence.unit_of_work import unit_of_work
from enabler.services.views.my_data import RowView, ValueView
from enabler.web import drafted
from tests.builders import BuiltPlace, a_member
from tests.web.people import Person
from tests.web.signing import sign_in

NAME_OF_A_FIELD = re.compile(r"\b[a-z]+_[a-z_]+\b")


@pytest.fixture
def page(app: Flask, place: BuiltPlace, person: Any) -> Person:
    with app.app_context():
        ada = a_member(place, "Ada Own")
    signed: Person = sign_in(app, person(), ada)
    return signed


def typed_of(page: Person) -> str:
    """What stands beside *What you typed*."""
    said = page.page.select('dt:-soup-contains("What you typed") + dd')
    return "\n".join(one.get_text() for one in said)


def put(app: Flask, answers: dict[str, Any]) -> None:
    """As if this had been typed instead."""
    with app.app_context(), unit_of_work() as uow:
        for row in uow.session.query(DraftRow).all():
            row.answers = answers
        uow.commit()


def test_a_need_that_was_begun(page: Person) -> None:
    page.open("/needs/new/what").send(category="shopping")
    page.send(words="Milk and bread")
    page.open("/needs/new/when").send(when="day", day=["11", "3", "2026"], start="2pm", end="5pm")
    page.open("/needs/new/how-much").send(duration_minutes="30", slots="2")
    page.open("/me/data")
    for line in (
        "What do you need help with? Shopping", "Tell helpers what you need: Milk and bread",
        "When do you need it? At one or more times that I choose", "Which day? 11 3 2026",
        "From: 2pm", "About how long will it take? 30 minutes", "How many helpers do you need? 2",
    ):  # fmt: skip
        assert line in typed_of(page), typed_of(page)
    assert not NAME_OF_A_FIELD.search(typed_of(page)), typed_of(page)
    page.open("/me/data/copy").send("/page")
    assert "About how long will it take? 30 minutes" in page.answer.get_data(as_text=True)


def test_an_offer_that_was_begun(page: Person) -> None:
    page.open("/offers/new/what").send(categories=["shopping", "gardening"])
    page.send(words="I have a car", words_public="y")
    page.open("/me/data")
    assert "What can you help with? Shopping, " in typed_of(page)
    assert "that I can share: Yes" in typed_of(page)
    assert not NAME_OF_A_FIELD.search(typed_of(page))


def test_the_same_name_is_asked_otherwise_elsewhere(app: Flask, page: Person) -> None:
    """Words to whoever is given hours are no need's."""
    page.open("/needs/new/what").send(category="shopping")
    put(app, {"length": {"minutes": ["30"]}, "words": {"words": ["Thank you"]}})
    page.open("/me/data")
    assert "Thank you" in typed_of(page)
    assert "Tell helpers" not in typed_of(page)


def test_every_answer_of_every_form_has_its_question(app: Flask, page: Person) -> None:
    """Also of what was typed when the session had ended, and of an ask to act for somebody."""
    with app.test_request_context("/me/data"):
        for kind in drafted.FORMS:
            names = list(kind(formdata=None, meta={"csrf": False})._fields)
            answers = {name: ["7"] for name in names if name not in ("key", "csrf_token", "so_far")}
            for said in ({"what": answers}, {"fields": [[n, "7"] for n in answers]}, answers):
                value = ValueView("answers", said)
                lines = drafted.said_words(RowView((), ()), value, ZoneInfo("UTC")).splitlines()
                assert lines, kind
                assert not [one for one in lines if one.split(":")[0] in answers], (kind, lines)
                assert not [one for one in lines if "Your answer" in one], (kind, lines)


def test_what_no_form_asks_keeps_its_words_and_no_name(app: Flask, page: Person) -> None:
    page.open("/needs/new/what").send(category="shopping")
    put(app, {"old": {"gone_field": ["Said once"]}, "version": 3, "posted": "AB12"})
    page.open("/me/data")
    assert typed_of(page).split("\n") == ["Your answer: Said once", "You sent it: AB12"]
