"""The custodians' desk: decide with a reason, record what was seen, deal with reports."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.builders import BuiltPlace, a_need
from tests.web.people import Person
from tests.web.scene import Scene, set_scene
from tests.web.signing import sign_in, sign_in_staff

Someone = Callable[[], Person]


@pytest.fixture
def scene(app: Flask, place: BuiltPlace) -> Scene:
    """Something on the desk."""
    with app.app_context():
        return set_scene(place)


@pytest.fixture
def staff(app: Flask, place: BuiltPlace, scene: Scene, person: Someone) -> Person:
    """A custodian at the desk."""
    return sign_in_staff(app, person(), place).open("/desk")


def test_an_offer_is_approved(app: Flask, scene: Scene, staff: Person, person: Someone) -> None:
    assert scene.held_offer in staff.words
    for page in ("/desk", f"/desk/held/{scene.held_offer}", f"/offers/{scene.held_offer}"):
        assert "It is their first offer." in staff.open(page).words
        assert "Your first offer" not in staff.words
    staff.open(f"/desk/held/{scene.held_offer}").send(decision="approve", words="")
    assert staff.path == "/desk"
    assert scene.held_offer not in staff.open("/desk").words
    giver = sign_in(app, person(), scene.asker).open(f"/offers/{scene.held_offer}")
    assert "Ready to help" in giver.words


def test_what_is_pressing_says_so(app: Flask, scene: Scene, staff: Person) -> None:
    with app.app_context():
        flood = a_need(scene.asker, "emergency")
    cards = {link.get_text().split(":")[0].split()[-1]: link.find_parent("li").get_text()  # type: ignore[union-attr]
             for link in staff.open("/desk?kind=unmet").page.select(".cards h3 a")}  # fmt: skip
    assert next(iter(cards)) == flood
    assert "Urgent" in cards[flood]
    assert "As soon as possible" in cards[flood]
    assert "needed by" not in cards[flood]  # nobody said so
    assert "As soon as possible" in cards[scene.unmet_need]
    assert "Urgent" not in cards[scene.unmet_need]


def test_a_need_is_refused_with_a_reason_and_never_without(
    app: Flask, scene: Scene, staff: Person, person: Someone
) -> None:
    path = f"/desk/held/{scene.held_need}"
    assert staff.open(path).send().error_at("decision") == "Choose what you decide."
    assert staff.send(decision="refuse", words=" ").error_at("words")
    assert staff.open(path).send(decision="refuse", words="Please ask the nursery.").path == "/desk"
    assert "It does not wait for a decision any more." in staff.open(path).words
    asker = sign_in(app, person(), scene.helper).open(f"/needs/{scene.held_need}")
    assert "Not accepted" in asker.words
    assert "Please ask the nursery." in asker.words


def test_a_credential_is_recorded_with_its_expiry(scene: Scene, staff: Person) -> None:
    staff.open("/desk/credentials/new")
    right = {"holder_ref": scene.asker.ref.lower(), "kind": "insurance",
             "seen": ["9", "3", "2026"], "until": ["9", "3", "2027"]}  # fmt: skip
    for wrong, field, said in (
        ({"holder_ref": ""}, "holder_ref", "Type the reference"),
        ({"holder_ref": "0000"}, "holder_ref", "cannot find"),
        ({"seen": ["11", "3", "2026"]}, "seen", "still to come"),
        ({"until": ["1", "3", "2026"]}, "until", "after the start"),
        ({"until": ["", "", ""]}, "until", "last day"),
    ):
        staff.open("/desk/credentials/new").send(**{**right, **wrong})
        assert said in staff.error_at(field)
        assert staff.typed().getlist("seen") == {**right, **wrong}["seen"]
    assert staff.open("/desk/credentials/new").send(**right).path == "/desk/credentials"


def test_a_report_is_dealt_with_once(scene: Scene, staff: Person) -> None:
    path = f"/desk/reports/{scene.report}"
    assert "The house was very cold." in staff.words
    assert staff.open(path).send(words="").error_at("words") == "Say what was done."
    assert staff.send(words="Rang her; the heating is mended.").path == "/desk"
    assert scene.report not in staff.words
    assert "Rang her; the heating is mended." in staff.open(path).words
    assert "It is dealt with" not in staff.words
