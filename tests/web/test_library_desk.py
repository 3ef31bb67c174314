"""At a library's desk: what happens when something goes otherwise than it should."""

from collections.abc import Callable

import pytest
from flask import Flask

from enabler.persistence.tables.consents import ConsentRow
from enabler.persistence.tables.mandates import MandateRow
from enabler.persistence.tables.members import MemberRow
from tests.builders import BuiltMember, BuiltOrganisation, BuiltPlace, a_member, an_organisation
from tests.services.mandating import rows
from tests.web.people import Person
from tests.web.signing import newest_code, phone_of, sign_in, texts

Browser = Callable[[], Person]
NEW = "+447700900777"
TERMS = "I agree that my council keeps my name"


@pytest.fixture
def library(app: Flask, place: BuiltPlace) -> BuiltOrganisation:
    with app.app_context():
        return an_organisation(place, "Central Library")


@pytest.fixture
def rose(app: Flask, place: BuiltPlace) -> BuiltMember:
    with app.app_context():
        return a_member(place, "Rose Long")


def at_code(app: Flask, person: Person, library: BuiltOrganisation, to: str) -> Person:
    """The librarian has sent the code."""
    sign_in(app, person, library.owner).open(f"/organisations/{library.ref}/supporters")
    person.send(to=to, why="She is here.", scopes=["post-need"], days="90")
    assert person.path.endswith("/code"), person.problems
    return person


def test_it_says_who_it_is_and_goes_on_with_a_press(
    app: Flask, place: BuiltPlace, library: BuiltOrganisation, rose: BuiltMember, person: Browser
) -> None:
    number = phone_of(app, rose)
    page = at_code(app, person(), library, number)
    page.send(code=newest_code(app, place, number))
    assert page.heading == "You may act for Rose now"
    with app.app_context():
        (kept,) = rows(MandateRow)
    page.send(f"/for/{kept.ref}")
    assert page.heading == "You act for Rose"


def test_a_number_that_is_somebody_elses_is_noticed_and_ended(
    app: Flask, place: BuiltPlace, library: BuiltOrganisation, rose: BuiltMember, person: Browser
) -> None:
    """An old man reads out the code from his daughter's phone: it is she who would be acted for."""
    number = phone_of(app, rose)
    page = at_code(app, person(), library, number)
    page.send(code=newest_code(app, place, number))
    page.send("/give-up")
    with app.app_context():
        assert [one.ended_because for one in rows(MandateRow)] == ["supporter"]


def test_who_changes_their_mind_leaves_nothing_for_the_next(
    app: Flask, library: BuiltOrganisation, rose: BuiltMember, person: Browser
) -> None:
    page = at_code(app, person(), library, "07700 900777")
    forms = [one for one in page.page.find_all("form") if one.find("input", {"name": "stop"})]
    token = forms[0].find("input", {"name": "csrf_token"})["value"]
    page._took(
        page.client.post(page.path, data={"stop": "1", "csrf_token": token}, follow_redirects=True)
    )
    assert page.path.endswith("/supporters")
    assert "900777" not in page.answer.get_data(as_text=True)
    assert "She is here" not in page.answer.get_data(as_text=True)


def test_a_new_code_is_a_press_away(
    app: Flask, place: BuiltPlace, library: BuiltOrganisation, person: Browser
) -> None:
    page = at_code(app, person(), library, "07700 900777")
    first = newest_code(app, place, NEW)
    form = next(one for one in page.page.find_all("form") if one.find("input", {"name": "anew"}))
    sent = {each["name"]: each["value"] for each in form.find_all("input")}
    page._took(page.client.post(page.path, data=sent))
    assert "We sent a new code to 07700 900777" in page.words
    assert newest_code(app, place, NEW) != first
    assert len(texts(app, place, NEW)) == 2


def test_somebody_new_hears_what_they_agree_to(
    app: Flask, place: BuiltPlace, library: BuiltOrganisation, person: Browser
) -> None:
    page = at_code(app, person(), library, "07700 900777")
    assert TERMS not in page.words
    code = newest_code(app, place, NEW)
    page.send(code=code)
    assert TERMS in page.words
    page.send(code=code)
    assert page.problems  # a blank form says why
    who = {"name": "Vera New", "postcode": place.postcode_at(500, 500), "address": "3 Elm Row"}
    page.send(code=code, **who)
    assert page.error_at("adult").startswith("Ask them if they are 18")
    page.send(code=code, adult="y", **who)
    assert page.error_at("agreed").startswith("Read it out to them")
    with app.app_context():
        assert rows(ConsentRow) == []
        assert rows(MemberRow, name="Vera New") == []
    page.send(code=code, adult="y", agreed="y", **who)
    assert page.heading == "You may act for Vera now"
    with app.app_context():
        (member,) = rows(MemberRow, name="Vera New")
        assert [one.how for one in rows(ConsentRow, member_id=member.id)] == ["desk"]
