"""Leaving the time bank by its pages, and the desk's part of it."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask

from tests.builders import BuiltMember, BuiltPlace, a_member
from tests.services.deeds import owe
from tests.services.test_help_hours import a_pot
from tests.web.people import Person
from tests.web.signing import deliver, phone_of, sign_in, sign_in_staff, texts


@dataclass(frozen=True)
class Two:
    """Rosa gave Ben an hour and a half that she did not have."""

    rosa: BuiltMember
    ben: BuiltMember


@pytest.fixture
def two(app: Flask, place: BuiltPlace) -> Two:
    with app.app_context():
        two = Two(a_member(place, "Rosa Long"), a_member(place, "Ben Near"))
        owe(two.rosa, two.ben, 90)
        a_pot(place, 600)
    return two


def test_who_has_hours_says_first_what_shall_happen_to_them(
    app: Flask, two: Two, person: Callable[[], Person]
) -> None:
    ben = sign_in(app, person(), two.ben).open("/hours/leave")
    assert "You have 1 hour 30 minutes" in ben.words
    ben.send()
    assert "Choose who should get your hours." in ben.error_at("to")
    ben.send(to="community")
    assert ben.heading == "You have left the time bank"
    assert "You have left the time bank." in ben.open("/hours").words
    assert "Give hours to somebody" not in ben.words
    ben.open("/hours/leave").send()
    assert ben.heading == "Leave the time bank"
    assert "You stand at zero hours" in ben.open("/hours").words


def test_who_is_below_zero_is_covered_by_the_desk_and_told(
    app: Flask, place: BuiltPlace, two: Two, person: Callable[[], Person]
) -> None:
    rosa = sign_in(app, person(), two.rosa).open("/hours/leave").send()
    assert rosa.heading == "Somebody at the council closes your account"
    desk = sign_in_staff(app, person(), place).open("/desk/hours/leave")
    assert two.rosa.ref in desk.words
    assert "Rosa" not in desk.words
    desk.open(f"/desk/hours/leave/{two.rosa.ref}").send(pot="community")
    assert "Say why you decide so." in desk.error_at("words")
    desk.send(pot="community", words="That is what it is for.")
    assert "Nobody waits." in desk.words
    assert rosa.open("/hours/leave").heading == "You have left the time bank"
    assert "The community pot gave 1 hour 30 minutes" in rosa.open("/hours").words
    deliver(app)
    said = texts(app, place, phone_of(app, two.rosa))
    assert any("The community has you covered" in each for each in said)


def test_who_waits_may_stay_after_all(app: Flask, two: Two, person: Callable[[], Person]) -> None:
    rosa = sign_in(app, person(), two.rosa).open("/hours/leave").send()
    rosa.send()
    assert rosa.heading == "Leave the time bank"


def test_nobody_but_the_desk_sees_who_leaves(
    app: Flask, two: Two, person: Callable[[], Person]
) -> None:
    ben = sign_in(app, person(), two.ben)
    for path in ("/desk/hours/leave", f"/desk/hours/leave/{two.rosa.ref}"):
        assert ben.client.get(path).status_code == 403
