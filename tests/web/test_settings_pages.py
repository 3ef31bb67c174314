"""A member's own settings by the pages: each question, its error, and what became of it."""

import re
from typing import Any

import pytest
from flask import Flask

from enabler.persistence.tables.members import MemberRow, WebSessionRow
from enabler.persistence.unit_of_work import reading
from tests.builders import BuiltMember, BuiltPlace, a_helper, a_member, a_place
from tests.services.deeds import accept, post
from tests.web.people import Person
from tests.web.signing import enter, newest_code, phone_of, sign_in, texts

NEW, NEW_TYPED = "+447700900071", "07700 900071"
MAIL = "rosa@example.org"


@pytest.fixture
def rosa(app: Flask, place: BuiltPlace) -> BuiltMember:
    """A member with a phone and a mail address of long ago."""
    with app.app_context():
        return a_member(place, "Rosa Long", mail=True)


@pytest.fixture
def page(app: Flask, person: Any, rosa: BuiltMember) -> Person:
    """Rosa's browser, signed in."""
    signed: Person = sign_in(app, person(), rosa)
    return signed


def link(app: Flask, place: BuiltPlace, address: str, path: str) -> str:
    """The newest link to a path in the messages to a number or address."""
    found = re.findall(rf"http\S+({re.escape(path)}\S*)", "\n".join(texts(app, place, address)))
    return str(found[-1])


def test_under_18_gets_a_kind_page_and_nothing_is_kept(
    app: Flask, place: BuiltPlace, person: Any
) -> None:
    young = enter(app, person().open("/sign-in"), place, "07700 900955")
    assert young.send(name="Kim", adult="").error_at("adult").startswith("Tell us whether")
    young.send(adult="n")
    assert (young.path, young.heading) == ("/sign-up/under-18", "You need to be 18")
    assert "0800 1111" in young.words
    with app.app_context(), reading() as uow:
        assert uow.session.query(MemberRow).count() == 0
        assert uow.session.query(WebSessionRow).count() == 0
    assert young.open("/me").path == "/sign-in"


def test_each_detail_is_changed_on_a_page_of_its_own(
    place: BuiltPlace, page: Person, rosa: BuiltMember
) -> None:
    page.open("/me").open("/me/details")
    assert "12 North" not in page.words
    wrong = page.open("/me/details/name").send(name="")
    assert wrong.error_at("name") == "Type your name."
    page.send(name="Rosa Short", shown_name="Ro")
    assert page.path == "/me/details"
    assert "Rosa Short" in page.words
    page.open("/me/details/languages").send(languages=[])
    assert page.error_at("languages") == "Choose at least one language."
    page.send(languages=["en", "cy"])
    assert "English, Cymraeg" in page.words
    page.open("/me/details/home").send(postcode="nonsense", address="9 Far Row")
    assert page.typed()["address"] == "9 Far Row", "nothing typed is lost"
    page.send(postcode=place.postcode_at(3500, 3500))
    assert "9 Far Row" in page.words
    page.open("/me/details/access").send(needs=["bsl"], words="Ring twice.")
    assert "I use British Sign Language" in page.words
    assert "Ring twice." in page.words


def test_a_new_phone_by_both_codes_and_back_by_the_link(
    app: Flask, place: BuiltPlace, page: Person, rosa: BuiltMember, person: Any
) -> None:
    old = phone_of(app, rosa)
    page.open("/me/details/phone").send(phone=NEW_TYPED)
    assert page.path == "/me/details/phone/code"
    page.send(code=newest_code(app, place, NEW), old_code="12")
    assert "6 numbers" in page.error_at("old_code")
    page.send(code=newest_code(app, place, NEW), old_code=newest_code(app, place, old))
    assert page.path == "/me/details"
    assert "see no addresses until Friday 13 March, 10am" in page.words
    assert phone_of(app, rosa) == NEW
    where = link(app, place, old, "/not-me")
    with app.app_context():
        a_place("noiseham", area="NE")  # with several places a stranger is in none
    stranger = person().open(where)
    assert (stranger.heading, phone_of(app, rosa)) == ("Was it not you?", NEW)
    stranger.send()
    assert (stranger.heading, phone_of(app, rosa)) == ("It is as it was before", old)
    assert "Hello" not in page.open("/me").heading, "everybody is signed out"


def test_a_changed_phone_hides_the_address_on_the_page(
    app: Flask, place: BuiltPlace, person: Any
) -> None:
    with app.app_context():
        helper, asker = a_helper(place), a_member(place, "Asha Asks", address="12 Elm Row")
        post(asker)
        ref = accept(helper).ref
    page, old = sign_in(app, person(), helper), phone_of(app, helper)
    assert "12 Elm Row" in page.open(f"/matches/{ref}").words
    page.open("/me/details/phone").send(phone=NEW_TYPED)
    page.send(code=newest_code(app, place, NEW), old_code=newest_code(app, place, old))
    page.open(f"/matches/{ref}")
    assert "12 Elm Row" not in page.words
    assert "you see the address from Friday 13 March, 10am" in page.words


def test_mails_stop_with_one_press_and_start_again(
    app: Flask, place: BuiltPlace, page: Person, rosa: BuiltMember, person: Any
) -> None:
    page.open("/me/notices").send(news="mail")
    assert page.path == "/me/details"
    with app.app_context():
        mail = f"{rosa.ref.lower()}@example.org"
        post(rosa, "childcare")
        a_place("noiseham", area="NE")  # with several places a stranger is in none
    where = link(app, place, mail, "/mail/stop")
    reader = person().open(where)
    assert reader.heading == "Stop our emails?", "looking does nothing"
    pressed = app.test_client().post(where, data={"List-Unsubscribe": "One-Click"})
    assert pressed.status_code == 200, "a mail program has no cookie and no token (RFC 8058)"
    assert reader.open(where).heading == "You get no more emails from us"
    assert "You stopped our emails" in page.open("/me/notices").words
    assert reader.send().heading == "Stop our emails?"
    assert app.test_client().post("/mail/stop?m=ABCD-0").status_code == 404


def test_a_lost_phone_by_mail(
    app: Flask, place: BuiltPlace, page: Person, rosa: BuiltMember, person: Any
) -> None:
    mail, old = f"{rosa.ref.lower()}@example.org", phone_of(app, rosa)
    there = person().open("/sign-in").open("/sign-in/lost").send(email=mail)
    assert there.path == "/sign-in/lost/code"
    there.send(code=newest_code(app, place, mail))
    assert there.path == "/me/details/phone"
    assert page.open("/me").path == "/sign-in", "the lost phone is signed out"
    there.send(phone=NEW_TYPED)
    there.send(code=newest_code(app, place, NEW), old_code=newest_code(app, place, mail))
    assert phone_of(app, rosa) == NEW
    assert "not used for Enabler" in texts(app, place, old)[-1]


def test_a_lost_phone_without_mail_reaches_the_desk(person: Any, place: BuiltPlace) -> None:
    there = person().open("/sign-in/lost/no-mail")
    there.send(name="Rosa", phone="12", words="Ring my niece.")
    assert there.typed()["words"].strip() == "Ring my niece."
    there.send(phone="07700 900072")
    assert there.path == "/sign-in/lost/told"


def test_browsers_are_listed_and_signed_out(
    app: Flask, page: Person, rosa: BuiltMember, person: Any
) -> None:
    other = sign_in(app, person(), rosa)
    page.open("/me/browsers")
    forms = page.page.find_all("form", method="post")
    assert len(forms) == 2
    mark = next(
        form.find("input", {"name": "which"})["value"]
        for form, card in zip(forms, page.page.select(".card"), strict=True)
        if "This one" not in card.get_text()
    )
    page.send(which=mark)
    assert "This one" in page.words
    assert other.open("/me").path == "/sign-in"
    assert page.open("/me").path == "/me"


def test_who_has_looked_is_told(page: Person) -> None:
    page.open("/me/looked")
    assert "Nobody has seen your name or address yet." in page.words
