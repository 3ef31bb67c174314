"""Going on: the member finds the days filled in, and the supporter reads of no date."""

from collections.abc import Callable

from flask import Flask

from tests.builders import BuiltPlace, a_member
from tests.services.mandating import a_mandate
from tests.web.people import Person
from tests.web.signing import sign_in


def test_both_know_how_to_go_on_and_no_date_is_told(
    app: Flask, place: BuiltPlace, person: Callable[[], Person]
) -> None:
    with app.app_context():
        rose, sam = a_member(place, "Rose Long"), a_member(place, "Sam Near", at=(900, 900))
        mandate = a_mandate(rose, sam, days=60)
    page = sign_in(app, person(), rose).open(f"/me/supporters/{mandate.ref}/renew")
    assert page.page.select("input[name=days]")[0]["value"] == "60"
    his = sign_in(app, person(), sam).open("/for")
    assert "Ask them in good time if you may go on" in his.words
    assert str(mandate.until_at.year) not in his.words
