"""At the desk: somebody without phone and mail is told what could not be sent to them."""

from collections.abc import Callable

import pytest
from flask import Flask

from enabler.domain.vocabulary import Role
from tests.builders import BuiltMember, BuiltPlace, a_helper, a_member, an_organisation
from tests.services.deeds import accept, post
from tests.services.mandating import a_mandate
from tests.web.people import Person
from tests.web.signing import sign_in_staff

Browser = Callable[[], Person]


@pytest.fixture
def rose(app: Flask, place: BuiltPlace) -> BuiltMember:
    with app.app_context():
        rose = a_member(place, "Rose Long", phone=False, address="12 North Street")
        a_mandate(rose, an_organisation(place, "Central Library"))
    return rose


def the_one(staff: Person) -> Person:
    staff.open("/desk/untold")
    link = staff.page.select_one(".cards a")
    assert link is not None
    return staff.open(str(link["href"]))


def test_a_call_handler_reads_it_out_and_says_what_came_of_it(
    app: Flask, place: BuiltPlace, person: Browser, rose: BuiltMember
) -> None:
    staff = the_one(sign_in_staff(app, person(), place, Role.CALL_HANDLER))
    assert staff.heading == "Tell Rose Long"
    assert "Central Library may act for you on Enabler now" in staff.words
    assert "http" not in staff.words
    assert "North Street" not in staff.words
    path = staff.path
    staff.open(f"{path}/where").send(reason="delivery")
    assert "12 North Street" in staff.words
    assert "12 North Street" in staff.open(f"{path}/letter").words
    staff.open(path).send(came_of="letter")
    assert "Nobody at the moment." in staff.words
    assert staff.open(path).answer.status_code == 409


def test_what_is_not_safe_stands_first_and_is_not_offered(
    app: Flask, place: BuiltPlace, person: Browser, rose: BuiltMember
) -> None:
    staff = the_one(sign_in_staff(app, person(), place, Role.CALL_HANDLER))
    path = staff.path
    staff.open(f"{path}/never").send(no_letters="y", words="He opens her post")
    assert "Warning Do not write to them. They said: He opens her post" in staff.words
    assert staff.words.index("Do not write") < staff.words.index("What to say")
    offered = {str(each["value"]) for each in staff.page.select("input[name=came_of]")}
    assert offered == {"call", "here", "not-reached", "moved"}
    assert staff.open(f"{path}/letter").path == path
    staff.open(path).send(came_of="letter")
    (wrong,) = staff.problems
    assert wrong.startswith("They do not want to be reached in this way")


def test_in_the_members_own_language(app: Flask, place: BuiltPlace, person: Browser) -> None:
    with app.app_context():
        wyn = a_member(place, "Wyn Tawel", phone=False, language="cy")
        helper = a_helper(place, "Hal Helper")
        post(wyn)
        accept(helper)
    staff = the_one(sign_in_staff(app, person(), place, Role.CUSTODIAN))
    spoken = staff.page.select("main [lang=cy]")
    assert spoken
    assert all("ask us" not in each.get_text() for each in spoken)
