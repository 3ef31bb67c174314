"""Two phones on a page: what is typed there goes the way of a real text, and comes back."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from sqlalchemy import update

from enabler.persistence.tables.places import PlaceRow
from enabler.persistence.unit_of_work import unit_of_work
from enabler.services import simulated
from enabler.web import simulator
from tests.builders import NOW, BuiltPlace
from tests.telephone.at_elmford import PLACE_PHONE, texts_kept
from tests.web.conftest import Clock
from tests.web.people import Person

Someone = Callable[[], Person]
ONE, OTHER = "07700 900701", "07700 900702"
PHONES = f"/simulator?one={ONE.replace(' ', '+')}&other={OTHER.replace(' ', '+')}"


@pytest.fixture(autouse=True)
def number(app: Flask, place: BuiltPlace) -> None:
    """The place has a number, and nobody in it is real."""
    with app.app_context(), unit_of_work() as uow:
        uow.session.execute(update(PlaceRow).values(phone=PLACE_PHONE, invented=True))
        uow.commit()


def text(person: Person, words: str, side: str = "one") -> Person:
    """Type into one of the phones, and send."""
    form = person.page.select_one(f"#phone-{side} form[method=post]")
    assert form is not None
    held = {each["name"]: each.get("value", "") for each in form.select("input")}
    return person._took(person.client.post(
        str(form["action"]), data=held | {"words": words}, follow_redirects=True
    ))  # fmt: skip


def bubbles(person: Person, side: str = "one") -> list[tuple[str, str]]:
    """What the phone's screen shows: which way it went, and its words."""
    return [
        ("from" if "bubble--in" in each["class"] else "to",
         " ".join(each.select_one("[dir]").get_text().split()))  # type: ignore[union-attr]
        for each in person.page.select(f"#phone-{side} .bubble")
    ]  # fmt: skip


class TestAPhone:
    def test_texts_and_is_answered_at_once(
        self, app: Flask, person: Someone, place: BuiltPlace
    ) -> None:
        sam = text(person().open(PHONES), "menu")
        (way, said), (back, answer) = bubbles(sam)
        assert (way, said, back) == ("from", "menu", "to")
        assert "Elmford" in answer
        assert bubbles(sam, "other") == []
        with app.app_context():
            [(_, body, came_of)] = texts_kept()
        assert (body, came_of) == ("menu", "answered")

    def test_stays_beside_the_other_one(self, person: Someone) -> None:
        sam = text(person().open(PHONES), "menu", "other")
        assert [way for way, _ in bubbles(sam, "other")] == ["from", "to"]
        asked = parse_qs(urlsplit(sam.answer.request.url).query)
        assert asked == {"one": [ONE], "other": [OTHER]}
        shown = [each.get_text(strip=True) for each in sam.page.select(".phones .govuk-caption-m")]
        assert shown == [ONE, OTHER]

    def test_sends_once_what_is_sent_twice(self, app: Flask, person: Someone) -> None:
        sam = person().open(PHONES)
        form = sam.page.select_one("#phone-one form[method=post]")
        assert form is not None
        held = {each["name"]: each.get("value", "") for each in form.select("input")}
        for _ in range(2):
            sam.client.post("/simulator", data=held | {"words": "menu"})
        assert len(bubbles(sam.open(PHONES))) == 2
        with app.app_context():
            assert len(texts_kept()) == 1

    def test_shows_what_was_written_as_it_was(self, person: Someone) -> None:
        words = "<b>Dŵr</b> & tê 😀"
        assert bubbles(text(person().open(PHONES), words))[0] == ("from", words)

    def test_that_is_none_is_said_where_it_was_typed(self, person: Someone) -> None:
        sam = person().open("/simulator?one=12&other=0800+001066")
        assert sam.answer.status_code == 200
        assert sam.page.select_one("#number-wrong-one")
        assert sam.page.select_one("#phone-one form[method=post]") is None

    @pytest.mark.parametrize("typed", ["\x00", "x" * 900, "+1 202 555 0100", "👋"])
    def test_is_never_a_broken_page(self, person: Someone, typed: str) -> None:
        sam = person()
        assert sam.client.get("/simulator", query_string={"one": typed}).status_code == 200
        sam.open(PHONES)
        form = sam.typed("/simulator")
        form["one"] = typed
        answer = sam.client.post("/simulator", data={**form.to_dict(), "words": "menu"})
        assert answer.status_code == 200
        assert "govuk-error-summary" in answer.text

    def test_needs_words(self, person: Someone) -> None:
        sam = text(person().open(PHONES), "  ", "other")
        assert sam.problems == ["Write something first."]
        link = sam.page.select_one(".govuk-error-summary__list a")
        assert link is not None
        assert sam.page.select_one(str(link["href"])) is not None
        assert sam.page.select_one("#words-one")["class"] == ["govuk-textarea"]  # type: ignore[index]


class TestAPlace:
    def test_that_loses_its_number_says_so(self, app: Flask, person: Someone) -> None:
        sam = person().open(PHONES)
        with app.app_context(), unit_of_work() as uow:
            uow.session.execute(update(PlaceRow).values(phone=None))
            uow.commit()
        assert text(sam, "menu").problems == [
            "This place has no phone number yet, so nobody can text it."
        ]

    def test_without_a_number_has_no_phones(
        self, app: Flask, person: Someone, place: BuiltPlace
    ) -> None:
        with app.app_context(), unit_of_work() as uow:
            uow.session.execute(update(PlaceRow).values(phone=None))
            uow.commit()
        sam = person().open("/simulator")
        assert "no phone number yet" in sam.words
        assert sam.page.find("form", method="post") is None

    def test_is_not_texted_where_nothing_is_simulated(self, app: Flask, person: Someone) -> None:
        sam = person().open(PHONES)
        app.extensions["enabler"] = replace(app.extensions["enabler"], simulated=False)
        assert text(sam, "menu").answer.status_code == 404
        with app.app_context():
            assert texts_kept() == []


class TestADemonstration:
    def test_takes_so_many_texts_a_minute_of_a_browser(
        self, app: Flask, person: Someone, clock: Clock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(simulator, "OF_A_BROWSER", 2)
        sam, alex = person().open(PHONES), person().open(PHONES)
        for _ in range(2):
            assert text(sam, "menu").problems == []
        assert text(sam, "menu").problems == [
            "That is many texts. Wait a minute, then send it again."
        ]
        assert text(alex, "menu").problems == []
        clock.pass_by(seconds=61)
        assert text(sam, "menu").problems == []

    def test_takes_so_many_of_all_browsers(
        self, app: Flask, person: Someone, clock: Clock, place: BuiltPlace,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        monkeypatch.setattr(simulator, "OF_A_PLACE", 3)
        for _ in range(3):
            assert text(person().open(PHONES), "menu").problems == []
        assert len(text(person().open(PHONES), "menu").problems) == 1
        with app.app_context():
            assert len(texts_kept()) == 3
            assert simulated.count_texted(place_id=place.id, since=NOW) == 3
            assert simulated.count_texted(place_id=place.id, since=NOW + timedelta(seconds=1)) == 0
        clock.pass_by(seconds=61)
        assert text(person().open(PHONES), "menu").problems == []

    def test_keeps_a_key_of_its_own_for_each_phone(self, person: Someone) -> None:
        keys = re.findall(r'name="key" value="([^"]+)"', person().open(PHONES).answer.text)
        assert len(set(keys)) == len(keys) == 2
