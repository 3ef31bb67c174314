"""What people of a test do with the rules at their pages."""

from typing import Any

from flask import Flask

from tests.builders import BuiltMember
from tests.web.people import Person
from tests.web.signing import sign_in


def drafts(staff: Person, name: str = "Spring") -> str:
    """Begin a draft at the page; the path of the draft."""
    staff.open("/desk/rules/new").send(name=name)
    assert staff.path.startswith("/desk/rules/drafts/"), staff.problems
    return staff.path


def places(staff: Person, draft: str, **answers: Any) -> Person:
    """Say when and where it is to hold."""
    return staff.open(f"{draft}/when").send(**answers)


def is_approved(staff: Person, second: Person, draft: str) -> Person:
    """Propose it, and let a second person approve it."""
    staff.open(f"{draft}/propose").send(words="It is time.")
    assert "Waits for a second person" in staff.words, staff.problems
    second.open(f"{draft}/decide").send(decision="approve", words="I looked at it.")
    assert "Approved" in second.words, second.problems
    return second


def asks(
    app: Flask, browser: Person, asker: BuiltMember, category: str = "gardening"
) -> str:  # fmt: skip
    """Ask for help at home, by the pages; the ref of the need."""
    sign_in(app, browser, asker)
    browser.open("/needs/new").open("/needs/new/what")
    browser.send(category=category).send(words="The hedge, please.")
    browser.send(spot="home").send().send(when="any").send(duration_minutes="60", slots="1").send(
        language=""
    )
    assert browser.heading == "Check your answers", (browser.path, browser.problems)
    browser.send()
    assert browser.heading == "You have asked for help", browser.problems
    return str(browser.page.select_one(".govuk-panel strong").get_text())  # type: ignore[union-attr]
