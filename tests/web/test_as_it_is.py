"""A supporter changes what was asked for elsewhere than at home, and neither reads nor has to know
where that is."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from enabler.domain.errors import WrongMoment
from enabler.domain.meeting import NONE_SO, Setting
from enabler.services import needs
from enabler.services.needs import NeedDraft
from tests.builders import NOW, BuiltMember, BuiltPlace, a_member
from tests.services.deeds import a_key
from tests.services.mandating import a_mandate
from tests.web.people import Person
from tests.web.signing import sign_in
from tests.web.test_supporters import acting, fill

Browser = Callable[[], Person]
REFUGE = "The Refuge, 3 Elm Row"


@pytest.fixture
def rose(app: Flask, place: BuiltPlace) -> BuiltMember:
    with app.app_context():
        return a_member(place, "Rose Long")


@pytest.fixture
def there(app: Flask, place: BuiltPlace, rose: BuiltMember) -> str:
    """The ref of what she asked for where she is safe."""
    draft = NeedDraft(
        category="shopping", words="Bread, please.", at_home=False, address=REFUGE,
        postcode=place.postcode_at(1600, 600), circumstances=NONE_SO, reach_metres=5000,
        setting=Setting.DOORSTEP,
    )  # fmt: skip
    with app.app_context():
        return needs.post(actor=rose.actor, draft=draft, key=a_key(), now=NOW).ref


@pytest.fixture
def page(app: Flask, place: BuiltPlace, rose: BuiltMember, there: str, person: Browser) -> Person:
    """Her supporter's, who acts for her."""
    with app.app_context():
        sam = a_member(place, "Sam Near", at=(900, 900))
        mandate = a_mandate(rose, sam)
    return acting(app, person(), sam, mandate.ref)


def of_hers(app: Flask, rose: BuiltMember, ref: str) -> NeedDraft:
    with app.app_context():
        return needs.to_change(actor=rose.actor, ref=ref, now=NOW).draft


def tells_where(page: Person, place: BuiltPlace) -> bool:
    said = page.answer.get_data(as_text=True)
    return "Elm Row" in said or place.postcode_at(1600, 600) in said


def test_the_rest_is_changed_and_the_place_stays(
    app: Flask, place: BuiltPlace, rose: BuiltMember, there: str, page: Person
) -> None:
    before = of_hers(app, rose, there)
    assert "Change it" in page.open(f"/needs/{there}").words
    page.open(f"/needs/{there}/edit")
    assert "Where they said" in page.words
    assert not page.page.select(f"a[href*='/needs/{there}/edit/where']")
    assert not tells_where(page, place)
    fill(page.open(f"/needs/{there}/edit/words?change=1"), words="Bread and milk, please.")
    page.open(f"/needs/{there}/edit/anything-else?change=1")
    assert not page.page.select("input[name=within]")
    fill(page, language="")
    assert "Bread and milk" in page.words
    assert not tells_where(page, place)
    fill(page)
    assert page.path == f"/needs/{there}", page.problems
    assert "Bread and milk" in page.words
    assert not tells_where(page, place)
    assert of_hers(app, rose, there) == replace(before, words="Bread and milk, please.")


def test_no_page_moves_it(app: Flask, rose: BuiltMember, there: str, page: Person) -> None:
    """Neither by the question, nor by an answer that a browser makes up."""
    assert page.open(f"/needs/{there}/edit/where").answer.status_code == 404
    page.open(f"/needs/{there}/edit")
    fill(page, spot="home", postcode="", address="")
    assert of_hers(app, rose, there).address == REFUGE


def test_of_another_one_the_place_is_asked(
    app: Flask, place: BuiltPlace, rose: BuiltMember, there: str, page: Person
) -> None:
    """Taken back and asked otherwise: where, they have to say."""
    fill(page.open(f"/needs/{there}/anew"))
    assert page.path == "/needs/new/where"
    assert not tells_where(page, place)


def test_the_asker_changes_the_place_as_before(
    app: Flask, rose: BuiltMember, there: str, person: Browser
) -> None:
    hers = sign_in(app, person(), rose).open(f"/needs/{there}/edit")
    assert REFUGE in hers.words
    hers.open(f"/needs/{there}/edit/where?change=1").send(spot="home", postcode="", address="")
    hers.send()
    assert of_hers(app, rose, there).at_home


def test_what_is_over_stays(app: Flask, rose: BuiltMember, there: str) -> None:
    with app.app_context():
        draft = replace(of_hers(app, rose, there), as_it_is=True)
        needs.withdraw(actor=rose.actor, ref=there, key=a_key(), now=NOW)
        with pytest.raises(WrongMoment):
            needs.change(actor=rose.actor, ref=there, draft=draft, version=1, key=a_key(), now=NOW)
