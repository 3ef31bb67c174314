"""The pages about the service: what is kept is read from the columns' own tags."""

from collections.abc import Callable

from flask import Flask

from enabler.doors.words.privacy import WHAT
from enabler.persistence import tables
from enabler.persistence.database import Base
from enabler.persistence.tags import Keep, Purpose
from tests.builders import BuiltPlace
from tests.web.people import Person

assert tables


def test_the_privacy_page_has_a_line_for_all_that_is_kept(
    app: Flask, place: BuiltPlace, person: Callable[[], Person]
) -> None:
    page = person().open("/privacy")
    rows = [[" ".join(cell.get_text(" ").split()) for cell in row.find_all(["dt", "dd"])]
            for row in page.page.select(".kept .govuk-summary-list__row")]  # fmt: skip
    personal = {
        table.name for table in Base.metadata.tables.values()
        if any(column.info["personal"] for column in table.columns)
    }  # fmt: skip
    assert len(rows) == len(personal)
    why = "To find who fits, so that you can meet. How long: While you have an account"
    assert ["Where you live", why] in rows
    assert set(WHAT) == personal, "nothing is called: other things"
    assert (len(Keep), len(Purpose)) == (9, 7), "say the new ones on the privacy page too"


def test_questions_that_take_something_personal_lead_there(
    place: BuiltPlace, person: Callable[[], Person]
) -> None:
    someone = person()
    for path in ("/sign-in", "/needs/new/words", "/needs/new/where", "/needs/new/anything-else",
                 "/offers/new/words", "/offers/new/who"):  # fmt: skip
        someone.open(path)
        assert someone.page.select_one('.privacy-line a[href="/privacy"]'), path


def test_the_accessibility_statement_says_what_the_law_asks(
    place: BuiltPlace, person: Callable[[], Person]
) -> None:
    words = person().open("/accessibility").words
    for said in ("partially compliant", "version 2.2, level AA", "26 November 2026",
                 "Equality Advisory and Support Service", "screen reader"):  # fmt: skip
        assert said in words
