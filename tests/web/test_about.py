"""The pages about the service: what is kept is read from the columns' own tags."""

import csv
import io
from collections.abc import Callable
from contextlib import nullcontext

import pytest
from click.testing import CliRunner
from flask import Flask

from enabler.cli.privacy import privacy
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
    assert (len(Keep), len(Purpose)) == (9, 8), "say the new ones on the privacy page too"


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


def test_the_record_of_processing_says_on_what_ground_of_law(
    place: BuiltPlace, person: Callable[[], Person]
) -> None:
    someone = person().open("/privacy")
    assert someone.page.select_one('a[href="/about/data"]')
    words = someone.open("/about/data").words
    assert len(someone.page.select(".kept .govuk-summary-list__row")) == len(WHAT)
    for said in ("It is part of the council's public work", "It keeps people safe"):
        assert said in words
    table = someone.open("/about/data.csv").answer.get_data(as_text=True)
    assert len(list(csv.reader(io.StringIO(table)))) == len(WHAT) + 1
    assert "member.name, member.shown_name" in table


@pytest.mark.parametrize(
    ("arguments", "said"),
    [([], "| --- | --- |"), (["--format", "csv"], "What,Why,"), (["--language", "cy"], "| Beth |")],
)
def test_the_record_is_printed_for_the_councils_own_papers(
    app: Flask, arguments: list[str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("enabler.cli.privacy.running_app", lambda: nullcontext(app))
    with app.app_context():
        printed = CliRunner().invoke(privacy, ["record", *arguments]).output
    assert said in printed
    assert "--format" in arguments or printed.count("\n## ") == 6
    assert len(printed.strip().splitlines()) >= len(WHAT) + 1
