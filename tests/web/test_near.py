"""The map's page without a script: its list, filters, pages, and the outlines that it draws."""

from collections.abc import Callable
from dataclasses import replace
from itertools import product

from flask import Flask
from sqlalchemy import update

from enabler.doors.wiring import Tiles
from enabler.persistence.tables.members import HomeRow
from enabler.persistence.tables.needs import NeedRow
from enabler.persistence.unit_of_work import unit_of_work
from tests.builders import BuiltPlace, a_helper, a_member, a_need, an_offer, an_organisation
from tests.web.people import Person
from tests.web.signing import sign_in


def spots(person: Person) -> list[str]:
    """The list as it is read, a line each."""
    return [" ".join(each.get_text(" ").split()) for each in person.page.select("#spots .spot")]


def test_the_list_says_what_the_map_shows(
    app: Flask, place: BuiltPlace, person: Callable[[], Person]
) -> None:
    with app.app_context():
        helper = a_helper(place, "Hal", "gardening", at=(100, 100))
        a_need(a_member(place, at=(100, 100)))
        a_need(a_member(place, at=(100, 200)))
        pantry = an_organisation(place, at=(3500, 3500))
        an_offer(pantry, "meals", words="Soup on Fridays.")
    stranger = person().open(f"/near?postcode={place.postcode_at(3500, 3500)}")
    door, cell = spots(stranger)
    assert door == "Elmford Pantry 1 offer , East End, within a mile of you Offered: A cooked meal"
    assert cell.startswith("West End, part 7 2 asks, 1 offer , within 3 miles of you")
    assert cell.endswith("Asked: Shopping (2) Offered: Gardening")
    wards = [" ".join(row.get_text(" ").split()) for row in stranger.page.select(".wards tbody tr")]
    assert wards == ["East End 0 1", "West End 2 1"]
    link = stranger.page.select("#spots a")[1]["href"]
    assert spots(stranger.open("/near?kind=offer&category=meals&ward=W1"))[0].startswith("Elmford")
    assert spots(stranger.open("/near?ward=W0&kind=offer")) == [
        "West End, part 7 1 offer Offered: Gardening"
    ]

    assert "Glad to help" not in stranger.open(str(link)).words
    assert stranger.heading == "West End, part 7"
    assert "Since Tuesday 10 March" in stranger.words
    neighbour = sign_in(app, person(), helper).open("/near/W0-7")
    assert "Glad to help" in neighbour.words
    assert "A few things from the shop" not in neighbour.words
    assert "12 North Street" not in neighbour.answer.text


def test_a_wrong_postcode_is_put_right_where_it_was_typed(
    place: BuiltPlace, person: Callable[[], Person]
) -> None:
    someone = person()
    for path in ("/near?kind=need&postcode=BS1", "/?postcode=BS1"):
        someone.open(path)
        assert someone.problems == ["Enter the whole postcode, like BS3 4QT."]
        assert someone.error_at("postcode") == "Enter the whole postcode, like BS3 4QT."
        typed = someone.page.select_one("#postcode")
        assert typed is not None
        assert typed["value"] == "BS1"
    assert (
        person().open("/near?page=9999999999999999&kind=x&category=%00").answer.status_code == 200
    )
    assert person().open("/near/W0-700").answer.status_code == 404


def test_outlines_are_asked_for_once(app: Flask, place: BuiltPlace) -> None:
    client = app.test_client()
    first = client.get("/near/wards.geojson")
    assert first.mimetype == "application/geo+json"
    assert "max-age=86400" in first.headers["Cache-Control"]
    assert [each["properties"]["name"] for each in first.get_json()["features"]] == [
        "West End", "East End",
    ]  # fmt: skip
    again = client.get("/near/wards.geojson", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_tiles_come_from_the_settings_host_and_to_the_map_alone(
    app: Flask, place: BuiltPlace, person: Callable[[], Person]
) -> None:
    tiles = Tiles("https://tiles.example.org/{z}/{x}/{y}.png", "The <b>Mappers</b>")
    policy = "Content-Security-Policy"
    assert "img-src 'self' data:;" in person().open("/near").answer.headers[policy]
    app.extensions["enabler"] = replace(app.extensions["enabler"], tiles=tiles)
    page = person().open("/near")
    assert "img-src 'self' data: https://tiles.example.org;" in page.answer.headers[policy]
    assert "The <b>Mappers</b>" in page.words
    assert "tiles.example.org" not in person().open("/").answer.headers[policy]


def test_a_home_that_moves_in_its_cell_changes_no_byte(
    app: Flask, place: BuiltPlace, person: Callable[[], Person]
) -> None:
    with app.app_context():
        mover = a_helper(place, "Moira", "gardening", at=(100, 100))
        a_need(mover)
        a_need(a_member(place, at=(1900, 900)))
        neighbour = a_member(place, at=(2500, 2500))
    viewers = (person(), sign_in(app, person(), neighbour))
    typed = place.postcode_at(500, 500)
    paths = ("/", "/near", f"/near?postcode={typed}", "/near?kind=offer&category=gardening",
             "/near/W0-7", "/near/wards.geojson", f"/?postcode={typed}")  # fmt: skip

    def served() -> list[str]:
        """What each is shown, without the page's own random word."""
        found = []
        for viewer, path in product(viewers, paths):
            answer = viewer.open(path).answer
            found += [str(viewer.page.find("main") or answer.text), answer.headers.get("ETag", "")]
        return found

    before = served()
    with app.app_context(), unit_of_work() as uow:
        east, north = place.west + 990, place.south + 10
        spot = {"easting": east, "northing": north, "postcode": "BS1 1BD", "address": "9 Elm Row"}
        uow.session.execute(update(HomeRow).where(HomeRow.id == mover.home_id).values(**spot))
        uow.session.execute(update(NeedRow).where(NeedRow.asker_id == mover.id).values(**spot))
        uow.commit()
    assert served() == before
