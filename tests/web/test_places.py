"""One place or several: where the front page leads, and whose pages one sees."""

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import quote

from flask import Flask
from sqlalchemy import update

from enabler.persistence.tables.places import PlaceRow
from enabler.persistence.unit_of_work import unit_of_work
from tests.builders import BuiltPlace, a_member, a_place
from tests.web.conftest import Clock
from tests.web.people import Person
from tests.web.signing import deliver, enter, phone_of, sign_in

Someone = Callable[[], Person]


def another(app: Flask) -> BuiltPlace:
    """A second place."""
    with app.app_context():
        return a_place("noiseham", area="NE")


def test_without_a_place_the_front_page_says_how_to_make_one(app: Flask, clock: Clock) -> None:
    visitor = Person(app.test_client()).open("/")
    assert visitor.answer.status_code == 200
    assert "enabler demo" in visitor.words


def test_one_place_is_the_front_page(place: BuiltPlace, person: Someone) -> None:
    assert person().open("/").heading == "Neighbours in Elmford help each other"


def test_several_places_are_listed(app: Flask, place: BuiltPlace, person: Someone) -> None:
    another(app)
    visitor = person().open("/")
    assert visitor.heading == "Where do you live?"
    links = [each["href"] for each in visitor.page.select("main a")]
    assert links == ["/elmford/", "/noiseham/"]
    assert visitor.open("/noiseham/").heading == "Neighbours in Noiseham help each other"


def test_with_several_places_a_page_asks_which(
    app: Flask, place: BuiltPlace, person: Someone
) -> None:
    another(app)
    visitor = person().open("/needs/new?x=1")
    assert [each["href"] for each in visitor.page.select("main a")] == [
        "/elmford/needs/new?x=1", "/noiseham/needs/new?x=1",
    ]  # fmt: skip


def test_the_place_in_the_path_stays_on_the_way(
    app: Flask, place: BuiltPlace, person: Someone
) -> None:
    other = another(app)
    asker = person().open("/noiseham/needs/new/what").send(category="shopping")
    asker.send(words="Milk, please")
    assert asker.answer.request.script_root + asker.path == "/noiseham/needs/new/where"
    assert asker.send(postcode="BS1 1AA", address="1 High Street").error_at("postcode")
    asker.send(postcode=other.postcode_at(500, 500), address="1 High Street")
    assert asker.path.endswith("/meeting")


def test_a_session_decides_the_place(app: Flask, place: BuiltPlace, person: Someone) -> None:
    other = another(app)
    with app.app_context():
        nora = a_member(other, "Nora Noise")
    someone = person()
    enter(app, someone.open("/noiseham/sign-in"), other, phone_of(app, nora))
    assert someone.path == "/me"
    assert someone.answer.request.script_root == ""
    assert someone.open("/elmford/").heading == "Neighbours in Noiseham help each other"


def test_a_place_that_is_none_is_not_found(place: BuiltPlace, person: Someone) -> None:
    visitor = person().open("/nowhere/needs/new")
    assert visitor.answer.status_code == 404
    assert visitor.page.select_one(".head__name")["href"] == "/"  # type: ignore[index]


def test_every_page_of_an_invented_place_says_so(
    app: Flask, place: BuiltPlace, person: Someone
) -> None:
    said = "Everybody on these pages is invented"
    for path in ("/", "/needs/new", "/sign-in", "/privacy", "/nothing", "/simulator"):
        assert said in person().open(path).answer.text, path
    with app.app_context(), unit_of_work() as uow:
        uow.session.execute(update(PlaceRow).values(invented=False))
        uow.commit()
    assert said not in person().open("/").answer.text


def test_every_page_names_the_council(app: Flask, place: BuiltPlace, person: Someone) -> None:
    contact = {"name": "Elmford Borough", "phone": "0117 496 0001", "mail": "a@example.org"}
    with app.app_context(), unit_of_work() as uow:
        uow.session.execute(update(PlaceRow).values(contact=contact))
        uow.commit()
    with app.app_context():
        sam = a_member(place)
    for someone in (person(), sign_in(app, person(), sam)):
        for path in ("/", "/needs/new/what", "/me", "/nothing", "/privacy"):
            foot = someone.open(path).page.find("footer").get_text()  # type: ignore[union-attr]
            for value in contact.values():
                assert value in foot, path


def test_a_colour_that_cannot_be_read_on_is_given_dark_words(app: Flask, place: BuiltPlace) -> None:
    for colour, words in (("#ffee00", "#0b0c0c"), ("#003366", "#ffffff"), ("red;}x", "#ffffff")):
        with app.app_context(), unit_of_work() as uow:
            uow.session.execute(update(PlaceRow).values(colour=colour))
            uow.commit()
        css = app.test_client().get("/place.css").text
        assert f"--on-place:{words}" in css
        assert "red" not in css


def test_the_simulator_knows_a_number_however_it_is_written(
    app: Flask, place: BuiltPlace, person: Someone
) -> None:
    person().open("/sign-in").send(phone="07700 900961")
    deliver(app)
    for written in ("07700 900961", "+447700900961", "0044 7700-900961"):
        shown = person().open(f"/simulator?number={quote(written)}")
        assert "is your code to sign in" in shown.words, written
    assert "is your code" not in person().open("/simulator?number=07700+900962").words


def test_where_nothing_is_simulated_there_is_no_simulator(
    app: Flask, place: BuiltPlace, person: Someone
) -> None:
    assert person().open("/simulator").answer.status_code == 200
    app.extensions["enabler"] = replace(app.extensions["enabler"], simulated=False)
    assert person().open("/simulator").answer.status_code == 404
    assert "simulator" not in person().open("/").answer.text
