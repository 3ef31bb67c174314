"""A statement of hours on paper says what its page says; a line of it says which help it was."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from enabler.doors import paper as printing
from enabler.doors.words.sheets import Entry, Part, Sheet
from enabler.services import matches
from tests import paper
from tests.builders import NOW, BuiltPlace, a_helper, a_member
from tests.geography.shared import needs_shared
from tests.identity.town import statements
from tests.services.deeds import a_key, accept, earn, post
from tests.strings import naughty
from tests.web.people import Person
from tests.web.signing import sign_in
from tests.web.test_hours import Two, gave

DAY = timedelta(days=1)
EMBEDDED = pytest.mark.parametrize("database", ["spatialite"], indirect=True)
"""What is printed does not know from which database it came."""


@pytest.fixture
def scene(app: Flask, place: BuiltPlace) -> Two:
    """Somebody with an Arabic name helped for 30 minutes, and was given some more beside."""
    with app.app_context():
        two = Two(a_member(place, "Rosa Ŵyn"), a_helper(place, "محمد Near"))
        earn(two.asker, 600)
        post(two.asker)
        ref = accept(two.helper).ref
        matches.done(actor=two.helper.actor, match_ref=ref, minutes=30, key=a_key(), now=NOW + DAY)
        matches.confirm(actor=two.asker.actor, match_ref=ref, key=a_key(), now=NOW + 2 * DAY)
    gave(app, two.asker, two.helper.ref, 30, words="=For (the) \\soup 😀", now=NOW + 3 * DAY)
    return two


@pytest.fixture
def helper(app: Flask, scene: Two, person: Callable[[], Person]) -> Person:
    return sign_in(app, person(), scene.helper)


def printed(who: Person, query: str = "") -> list[str]:
    answer = who.client.get(f"/hours.pdf{query}")
    assert answer.status_code == 200
    assert answer.content_type == paper.PDF
    return [" ".join(page.split()) for page in paper.pages_of(answer.get_data())]


def test_a_line_says_which_help_it_was_and_leads_there(scene: Two, helper: Person) -> None:
    helper.open("/hours")
    assert "Rosa gave you 30 minutes for your help on Wednesday 11 March: shopping" in helper.words
    (way,) = [one for one in helper.page.select(".card a") if "See this help" in one.text]
    assert helper.client.get(str(way["href"])).status_code == 200
    assert ",Rosa gave you 30 minutes for your help on Wednesday 11 March: shopping," in (
        helper.client.get("/hours.csv").text
    )


@EMBEDDED
def test_paper_says_what_the_page_says(scene: Two, helper: Person) -> None:
    (page,) = printed(helper)
    shown = helper.open("/hours?month=all").page
    for card in shown.select(".card"):
        for line in card.select("p"):
            for more in line.select("a"):
                more.decompose()
            assert " ".join(line.get_text().split()) in page
    lead = shown.select_one(".hours-now")
    assert lead is not None
    for words in (lead.text, "Elmford", "Your hours", "March 2026", "Printed on 10 March 2026",
                  "“=For (the) \\soup 😀”", "In this month 1 hour came",
                  "Elmford. Page 1 of 1"):  # fmt: skip
        assert words in page


@EMBEDDED
def test_letters_from_right_to_left_are_joined_and_in_order(
    app: Flask, scene: Two, person: Callable[[], Person]
) -> None:
    (page,) = printed(sign_in(app, person(), scene.asker))
    assert "You gave 30 minutes to دمحم on" in page  # as the pen goes: the last letter first


@EMBEDDED
def test_one_month_is_printed_and_a_quiet_one_says_so(scene: Two, helper: Person) -> None:
    (march,) = printed(helper, "?month=2026-03")
    (april,) = printed(helper, "?month=2026-04")
    assert "Rosa gave you 30 minutes" in march
    assert "Nothing moved in this month." in april
    assert "Rosa" not in april


@EMBEDDED
def test_many_movements_go_on_over_pages_that_are_numbered(
    app: Flask, scene: Two, helper: Person
) -> None:
    for nth in range(20):
        gave(app, scene.helper, scene.asker.ref, 1, now=NOW + (4 + nth) * DAY)
    pages = printed(helper)
    assert len(pages) > 1
    for nth, page in enumerate(pages, start=1):
        assert page.endswith(f"Elmford. Page {nth} of {len(pages)}")
    assert sum(page.count("You gave 1 minute to Rosa") for page in pages) == 20


@EMBEDDED
def test_the_same_moment_prints_the_same_bytes(scene: Two, helper: Person) -> None:
    first, second = (helper.client.get("/hours.pdf").get_data() for _ in range(2))
    assert first == second


@pytest.mark.parametrize("path", ["/hours", "/hours.pdf", "/hours.csv", "/hours/year"])
def test_the_pages_ask_the_database_little(
    app: Flask, scene: Two, helper: Person, path: str
) -> None:
    helper.client.get(path)
    with app.app_context(), statements() as told:
        helper.client.get(path)
    assert sum("SELECT" in each for each in told) <= 14


@EMBEDDED
def test_the_spreadsheet_asks_no_more_for_more_rows_and_people(
    app: Flask, place: BuiltPlace, scene: Two, helper: Person
) -> None:
    def asked() -> int:
        with app.app_context(), statements() as told:
            helper.client.get("/hours.csv")
        return sum("SELECT" in each for each in told)

    few = asked()
    with app.app_context():
        others = [a_member(place, f"Cara {nth}") for nth in range(3)]
        for nth, other in enumerate(others):
            earn(other, 60)
            gave(app, other, scene.helper.ref, 10 + nth, now=NOW + 4 * DAY)
    assert (asked(), asked()) == (few, few)
    assert few <= 12


@EMBEDDED
@needs_shared
def test_whatever_anybody_writes_can_be_printed(app: Flask) -> None:
    entries = tuple(Entry(words, f"“{words}”", "After that") for words in naughty.every())
    part = Part("March 2026", entries, "")
    with app.test_request_context():
        sheet = Sheet("Your hours", "Elmford", "en", (), "", (), (part,))
        pages = paper.pages_of(printing.printed(sheet, NOW))
    words = " ".join(" ".join(pages).split())
    assert words.count("After that") == len(entries)
    assert "“-1”" in words
    assert words.endswith(f"Page {len(pages)} of {len(pages)}")
