"""Hours between places on the desk: propose, agree, see totals, end."""

from collections.abc import Callable

import pytest
from flask import Flask

from enabler.domain.vocabulary import Role
from tests.builders import BuiltPlace, a_custodian, a_member, a_place, share
from tests.services.test_between_places import agree, answer, propose
from tests.web.people import Person
from tests.web.signing import sign_in_staff, texts

Someone = Callable[[], Person]


@pytest.fixture
def staff(app: Flask, place: BuiltPlace, person: Someone) -> Person:
    return sign_in_staff(app, person(), place)


@pytest.fixture
def farby(app: Flask, place: BuiltPlace, staff: Person) -> BuiltPlace:
    """It comes once somebody is signed in: before that a page asks which place is meant."""
    with app.app_context():
        made = a_place("farby", area="FA", west=400_000)
        share(place, made)
    return made


def test_a_custodian_proposes_and_the_other_place_agrees(
    app: Flask, place: BuiltPlace, farby: BuiltPlace, staff: Person
) -> None:
    staff.open("/desk").open("/desk/hours/places")
    assert "No limits are agreed yet." in staff.words
    staff.open("/desk/hours/places/limits?with=farby").send(may_owe="20", may_be_owed="x")
    assert staff.error_at("may_be_owed") == "Type a whole number from 0 to 10000."
    assert staff.typed()["may_owe"] == "20"
    staff.send(may_be_owed="10")
    assert "You proposed: we may owe 20 hours, they may owe 10 hours." in staff.words
    with app.app_context():
        answer(a_custodian(farby), place, 600, 1200)
    assert "We may owe at most 20 hours" in staff.open("/desk/hours/places").words


def test_a_custodian_answers_what_another_place_proposes(
    app: Flask, place: BuiltPlace, farby: BuiltPlace, staff: Person
) -> None:
    with app.app_context():
        propose(a_custodian(farby), place, 300, 0)
    assert "proposes limits for hours between you." in staff.open("/desk").words
    staff.open("/desk/hours/places/answer")
    assert "They may owe at most 5 hours" in staff.words
    staff.send(decision="")
    assert staff.error_at("decision") == "Choose what you decide."
    staff.send(decision="agree")
    assert (staff.path, "They may owe at most 5 hours" in staff.words) == (
        "/desk/hours/places", True
    )  # fmt: skip


def test_the_limits_are_ended_after_a_question(
    app: Flask, place: BuiltPlace, farby: BuiltPlace, staff: Person
) -> None:
    with app.app_context():
        agree((a_custodian(place), a_custodian(farby)), 600)
    staff.open("/desk/hours/places/end?with=farby")
    assert staff.heading == "End the limits?"
    staff.send()
    assert "No limits are agreed yet." in staff.words


def test_the_custodian_there_is_mailed_what_is_proposed(
    app: Flask, place: BuiltPlace, farby: BuiltPlace
) -> None:
    with app.app_context():
        theirs = a_member(farby, "Carol Far", roles=(Role.CUSTODIAN,), mail=True)
        propose(a_custodian(place), farby, 600, 0)
    mails = texts(app, farby, f"{theirs.ref.lower()}@example.org")
    assert "Elmford proposes how many hours your two places may owe each other." in mails[-1]
    assert "/desk/hours/places" in mails[-1]
