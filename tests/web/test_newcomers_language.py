"""Whoever reads in Welsh is written to in Welsh, from the first code on."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select, update

from enabler.persistence.tables.members import MemberRow
from enabler.persistence.tables.places import PlaceRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from tests.builders import BuiltPlace, a_member
from tests.web.people import Person
from tests.web.signing import phone_of, sign_up, texts

pytestmark = pytest.mark.parametrize("database", ["spatialite"], indirect=True)
ANN = "07700 900958"


def test_of_the_code_and_of_the_account(
    app: Flask, place: BuiltPlace, person: Callable[[], Person]
) -> None:
    with app.app_context():
        ben = a_member(place, "Ben")
        with unit_of_work() as uow:
            uow.session.execute(update(PlaceRow).values(languages=["en", "cy"]))
            uow.commit()
    ann = person()
    ann.open("/?lang=cy")
    sign_up(app, ann, place, ANN)
    assert "cod i fewngofnodi" in texts(app, place, "+447700900958")[0]
    with app.app_context(), reading() as uow:
        spoken = uow.session.scalar(select(MemberRow.language).where(MemberRow.name.like("Ann %")))
    assert spoken == "cy"

    ann.open("/sign-out").send()
    assert ann.page.html["lang"] == "cy", "whoever has signed out reads on"  # type: ignore[index]
    ann.open("/sign-in").send(phone=phone_of(app, ben))
    (text,) = texts(app, place, phone_of(app, ben))
    assert "your code to sign in" in text, "a member is written to in their own language"
