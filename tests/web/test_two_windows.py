"""Whoever acts for several people, in several windows, or over a night, never sends what they wrote
for the one in the name of another; and loses nothing of it."""

from collections.abc import Callable

import pytest
from flask import Flask

from enabler.persistence.tables.needs import NeedRow
from enabler.services import sign_in as service
from tests.builders import BuiltMember, BuiltPlace, a_member
from tests.services.mandating import a_mandate, rows
from tests.web.conftest import Clock
from tests.web.people import Person
from tests.web.signing import enter, phone_of, sign_in

Browser = Callable[[], Person]
WHOM = "For whom is this?"


@pytest.fixture
def sam(app: Flask, place: BuiltPlace) -> BuiltMember:
    with app.app_context():
        return a_member(place, "Sam Near", at=(900, 900))


@pytest.fixture
def refs(app: Flask, place: BuiltPlace, sam: BuiltMember) -> tuple[str, str]:
    """Of two people for whom Sam may act."""
    with app.app_context():
        both = (a_member(place, "Rose Long"), a_member(place, "Bob Short"))
        return a_mandate(both[0], sam).ref, a_mandate(both[1], sam).ref


def begin(page: Person, ref: str) -> Person:
    return page.open("/for").send(f"/for/{ref}")


def asks(page: Person, ref: str) -> tuple[Person, str, dict[str, object]]:
    """Acting for one, some way into asking; the page's address and what stands in it."""
    page = in_main(begin(page, ref).open("/needs/new/what")).send(category="shopping")
    return page, page.path, {**in_main(page).typed(), "words": "Soft bread for Rose"}


def in_main(page: Person) -> Person:
    header = page.page.find("header")
    if header is not None:
        header.decompose()
    return page


def test_what_was_written_for_one_is_not_sent_for_another(
    app: Flask, sam: BuiltMember, refs: tuple[str, str], person: Browser
) -> None:
    page, path, form = asks(sign_in(app, person(), sam), refs[0])
    begin(page, refs[1])
    page._took(page.client.post(path, data=form))
    assert (page.answer.status_code, page.heading) == (400, WHOM)
    assert "Soft bread for Rose" in page.words
    assert "Soft bread" not in page.open("/needs/new/words").answer.get_data(as_text=True)


def test_a_press_goes_back_to_the_right_person_and_nothing_is_lost(
    app: Flask, sam: BuiltMember, refs: tuple[str, str], person: Browser
) -> None:
    page, path, form = asks(sign_in(app, person(), sam), refs[0])
    begin(page, refs[1])
    in_main(page)._took(page.client.post(path, data=form))
    in_main(page).send(f"/for/{refs[0]}")
    assert page.heading == "Please send it once more"
    assert "You act for Rose" in page.answer.get_data(as_text=True)
    in_main(page).send(path)
    assert page.path.startswith("/needs/new/")
    page.open("/needs/new/words")
    assert in_main(page).typed()["words"] == "Soft bread for Rose"


def test_what_was_written_for_somebody_is_not_sent_for_oneself_after_a_night(
    app: Flask, place: BuiltPlace, sam: BuiltMember, refs: tuple[str, str], person: Browser,
    clock: Clock,
) -> None:  # fmt: skip
    """The session ends while the form is open; the way in leads back, but not to one's own name."""
    page, path, form = asks(sign_in(app, person(), sam), refs[0])
    with app.app_context():
        service.sign_out_everywhere(actor=sam.actor, now=clock.now)
    page._took(page.client.post(path, data=form, follow_redirects=True))
    assert page.path.startswith("/sign-in"), page.path
    enter(app, page, place, phone_of(app, sam))
    assert page.heading == WHOM
    in_main(page).send(f"/for/{refs[0]}")
    assert page.heading == "Please send it once more"
    in_main(page).send(path)
    assert page.path.startswith("/needs/new/"), page.heading
    with app.app_context():
        assert rows(NeedRow) == []


def test_answers_of_one_do_not_stand_in_the_form_of_another(
    app: Flask, place: BuiltPlace, sam: BuiltMember, refs: tuple[str, str], person: Browser,
    clock: Clock,
) -> None:  # fmt: skip
    page, path, form = asks(sign_in(app, person(), sam), refs[0])
    page._took(page.client.post(path, data=form))
    with app.app_context():
        service.sign_out_everywhere(actor=sam.actor, now=clock.now)
    sign_in(app, page, sam)
    assert "Soft bread" not in page.open("/needs/new/words").answer.get_data(as_text=True)


def test_ones_own_form_is_not_sent_for_somebody(
    app: Flask, sam: BuiltMember, refs: tuple[str, str], person: Browser
) -> None:
    page = sign_in(app, person(), sam).open("/needs/new/what").send(category="shopping")
    path, form = page.path, {**page.typed(), "words": "My own thing"}
    begin(page, refs[0])
    in_main(page)._took(page.client.post(path, data=form))
    assert page.heading == WHOM
    in_main(page).send("/for/stop")
    assert page.heading == "Please send it once more"
    page.send(path)
    assert page.open("/needs/new/words").typed()["words"] == "My own thing"
