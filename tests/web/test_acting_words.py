"""While somebody acts for another, pages speak of that person, not as if they were alone."""

from collections.abc import Callable

from flask import Flask

from tests.builders import BuiltPlace, a_member
from tests.services.mandating import a_mandate
from tests.web.people import Person
from tests.web.signing import sign_in


def test_asking_speaks_of_whom_it_is_for(
    app: Flask, place: BuiltPlace, person: Callable[[], Person]
) -> None:
    with app.app_context():
        sam, rose = a_member(place, "Sam Near", at=(900, 900)), a_member(place, "Rose Long")
        ref = a_mandate(rose, sam).ref
    page = sign_in(app, person(), sam)
    assert "a mobile phone that gets texts" in page.open("/needs/new").words
    page.open("/for").send(f"/for/{ref}").open("/needs/new")
    assert "Tell us what Rose needs." in page.words
    assert "We tell Rose who is coming, in the way that they chose." in page.words
    for alone in ("account to begin", "a mobile phone that gets texts", "tell you who is coming"):
        assert alone not in page.words
    assert "What do they need help with?" in page.open("/needs/new/what").words
    assert "What do you need help with?" not in page.words
