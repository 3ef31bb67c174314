"""Visits in one's own calendar: right in local time, called off, and with nobody's name or home."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from flask import Flask
from icalendar import Calendar

from enabler.domain.vocabulary import Role
from enabler.persistence.unit_of_work import unit_of_work
from enabler.services import matches
from tests.builders import (
    NOW,
    BuiltMember,
    BuiltOrganisation,
    BuiltPlace,
    a_member,
    an_offer,
    an_organisation,
)
from tests.services.acting import acting, assign
from tests.services.deeds import a_key, accept, post
from tests.web.people import Person
from tests.web.scene import Scene, set_scene
from tests.web.signing import sign_in

Someone = Callable[[], Person]
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


class Tables(NamedTuple):
    """Who asks, who comes."""

    cafe: BuiltOrganisation
    pantry: BuiltOrganisation
    lead: BuiltMember
    hetty: BuiltMember


@pytest.fixture
def scene(app: Flask, place: BuiltPlace) -> Scene:
    """With a visit today from midday to one."""
    with app.app_context():
        return set_scene(place)


def events(written: bytes) -> list[Any]:
    return list(Calendar.from_ical(written).walk("VEVENT"))


def feed_of(person: Person) -> str:
    """The address on the page, as a path."""
    person.open("/me/calendar")
    if person.page.select_one(".address") is None:
        person.send("/on")
    found = person.page.select_one(".address")
    assert found is not None
    return found.get_text().removeprefix("http://localhost")


def test_a_visit_is_a_file_without_names(app: Flask, scene: Scene, person: Someone) -> None:
    helper = sign_in(app, person(), scene.helper)
    helper.open(f"/matches/{scene.agreed}")
    link = helper.page.find("a", string="Add the time to my calendar")
    answer = helper.client.get(str(link["href"]))  # type: ignore[index]
    assert answer.content_type == "text/calendar; charset=utf-8"
    (event,) = events(answer.data)
    assert (event["dtstart"].dt - NOW, event["dtend"].dt - NOW) == (
        timedelta(hours=2), timedelta(hours=3),
    )  # fmt: skip
    assert event["dtstart"].params["TZID"] == "Europe/London"
    assert b"BEGIN:VTIMEZONE" in answer.data
    assert str(event["summary"]) == "You help: Shopping"
    for secret in (b"Rosa", b"North Street", b"BS1", b"Ben"):
        assert secret not in answer.data


def test_a_visit_is_for_its_two_alone(app: Flask, scene: Scene, person: Someone) -> None:
    with app.app_context():
        una = a_member(scene.asker.place, "Una")
    other = sign_in(app, person(), una)
    assert other.client.get(f"/matches/{scene.agreed}/visit.ics").status_code in (403, 404)
    assert Person(app.test_client()).open(f"/matches/{scene.agreed}/visit.ics").path == "/sign-in"
    asker = sign_in(app, person(), scene.asker)
    assert asker.client.get(f"/matches/{scene.asked}/visit.ics").status_code == 404


def test_the_feed_tells_what_was_called_off_by_the_same_name(
    app: Flask, scene: Scene, person: Someone
) -> None:
    path = feed_of(sign_in(app, person(), scene.asker))
    stranger = app.test_client()
    before = events(stranger.get(path).data)
    assert [str(event["status"]) for event in before] == ["CONFIRMED", "CONFIRMED"]
    with app.app_context():
        matches.release(actor=scene.helper.actor, match_ref=scene.agreed, key=a_key(), now=NOW)
    after = events(stranger.get(path).data)
    assert [event["uid"] for event in after] == [event["uid"] for event in before]
    assert sorted(str(event["status"]) for event in after) == ["CANCELLED", "CONFIRMED"]
    assert b"Ben" not in stranger.get(path).data


@pytest.fixture
def tables(app: Flask, place: BuiltPlace) -> Tables:
    """A café asks for two to carry tables, and somebody of the pantry goes there tomorrow."""
    with app.app_context():
        cafe, pantry = an_organisation(place, "Copper Kettle"), an_organisation(place)
        an_offer(pantry, "moving", capacity=9)
        hetty = acting(a_member(place, "Hetty Hands"), pantry, Role.ORGANISATION_HELPER)
        lead = acting(a_member(place, "Cora Lead"), cafe, Role.ORGANISATION_COORDINATOR)
        spot = {"at_home": False, "postcode": place.postcode_at(600, 600), "address": "The hall"}
        post(lead, "moving", organisation_ref=cafe.ref, **spot)
        match = accept(pantry.owner).ref
        assign(pantry.owner, match, hetty)
        matches.arrange(
            actor=lead.actor, match_ref=match, start=NOW + DAY, end=NOW + DAY + HOUR, key=a_key(),
            now=NOW,
        )  # fmt: skip
    return Tables(cafe, pantry, lead, hetty)


def summaries(app: Flask, path: str) -> list[str]:
    """What stands in a feed."""
    return [str(event["summary"]) for event in events(app.test_client().get(path).data)]


def test_leads_have_the_visits_that_their_organisation_asked_for(
    app: Flask, tables: Tables, person: Someone
) -> None:
    said = (
        (tables.cafe.owner, ["Help is coming to Copper Kettle: Moving or carrying things"]),
        (tables.lead, ["Help is coming to Copper Kettle: Moving or carrying things"]),
        (tables.hetty, ["You help for Elmford Pantry: Moving or carrying things"]),
        (tables.pantry.owner, []),  # who leads the pantry does not go
    )
    feeds = {who.ref: feed_of(sign_in(app, person(), who)) for who, _ in said}
    for who, titles in said:
        assert summaries(app, feeds[who.ref]) == titles
        written = app.test_client().get(feeds[who.ref]).data
        for secret in (b"Hetty", b"Olive", b"Cora", b"The hall", b"BS1"):
            assert secret not in written
    with app.app_context(), unit_of_work() as uow:
        uow.colleagues.end_role(tables.cafe.id, tables.lead.id, NOW)
        uow.colleagues.end_role(tables.pantry.id, tables.hetty.id, NOW)
        uow.commit()
    for gone in (tables.lead, tables.hetty):
        assert summaries(app, feeds[gone.ref]) == []
    assert len(summaries(app, feeds[tables.cafe.owner.ref])) == 1


def test_a_helper_of_the_organisation_that_asks_has_none_of_its_visits(
    app: Flask, place: BuiltPlace, tables: Tables, person: Someone
) -> None:
    with app.app_context():
        other = acting(a_member(place, "Hugh Hand"), tables.cafe, Role.ORGANISATION_HELPER)
    assert summaries(app, feed_of(sign_in(app, person(), other))) == []


def test_a_new_address_ends_the_old_one_and_off_ends_all(
    app: Flask, scene: Scene, person: Someone
) -> None:
    asker, stranger = sign_in(app, person(), scene.asker), app.test_client()
    first = feed_of(asker)
    second = asker.send("/on").page.select_one(".address").get_text()  # type: ignore[union-attr]
    second = second.removeprefix("http://localhost")
    assert first != second
    assert [stranger.get(path).status_code for path in (first, second)] == [404, 200]
    asker.send("/off")
    assert stranger.get(second).status_code == 404
    assert "Make an address" in asker.words


def test_local_time_holds_behind_the_change_of_the_clocks(
    app: Flask, scene: Scene, person: Someone
) -> None:
    start = NOW + timedelta(days=21)  # 31 March, two days into summer time
    with app.app_context():
        matches.arrange(
            actor=scene.helper.actor, match_ref=scene.agreed, start=start,
            end=start + timedelta(hours=1), key=a_key(), now=NOW,
        )  # fmt: skip
    written = app.test_client().get(feed_of(sign_in(app, person(), scene.helper))).data
    assert b"DTSTART;TZID=Europe/London:20260331T110000" in written
    assert start in [event["dtstart"].dt for event in events(written)]
