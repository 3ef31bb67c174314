"""Whoever acts for somebody tells the council of a worry in their own name, and goes back."""

from collections.abc import Callable

import pytest
from flask import Flask

from enabler.persistence.tables.matches import ReportRow
from enabler.services import mandates
from tests.builders import NOW, BuiltPlace
from tests.services.deeds import a_key
from tests.services.mandating import rows
from tests.web.people import Person
from tests.web.signing import sign_in
from tests.web.supporters_scene import SupportersScene, set_supporters_scene

Browser = Callable[[], Person]
PRESS = "First stop acting for Rose, then tell us"


@pytest.fixture
def scene(app: Flask, place: BuiltPlace) -> SupportersScene:
    with app.app_context():
        return set_supporters_scene(place)


def acting(app: Flask, browser: Person, scene: SupportersScene) -> Person:
    """Dora, as she acts for Rose."""
    return sign_in(app, browser, scene.daughter).open("/for").send(f"/for/{scene.mandate}")


def stop_to_tell(page: Person) -> Person:
    """Press what is in the page's main part."""
    (pressed,) = page.page.select('main form[action="/for/stop"]')
    assert PRESS in pressed.get_text()
    return page.send("/for/stop", tell=pressed.select('[name="tell"]')[0]["value"])


@pytest.mark.parametrize("kind", ["needs", "matches"])
def test_first_stops_keeps_what_it_is_about_and_returns(
    kind: str, app: Flask, scene: SupportersScene, person: Browser
) -> None:
    ref = scene.need if kind == "needs" else scene.match
    page = stop_to_tell(acting(app, person(), scene).open(f"/{kind}/{ref}"))
    assert page.path == "/report"
    assert "You have stopped acting for somebody else." in page.words
    assert f"We add what it is about: {ref}." in page.words
    assert "You act for Rose" not in page.page.get_text()
    page.send(kind="worried", words="She was very pale.", about="other")
    assert page.heading == "Thank you for telling us", page.problems
    with app.app_context():
        (kept,) = rows(ReportRow, about_kind="other")
    assert kept.by_member_id == scene.daughter.id
    assert kept.words == f"She was very pale.\n\n(/{kind}/{ref})"
    with app.app_context():
        whose = {scene.rose.id} if kind == "needs" else {scene.rose.id, scene.helper.id}
        assert whose <= set(kept.kept_from or ())
    page.send(f"/for/{scene.mandate}", back=f"/{kind}/{ref}")
    assert page.path == f"/{kind}/{ref}"
    assert "You act for Rose" in page.page.select("header")[0].get_text()
    page.send("/for/stop")
    assert "We add what it is about" not in page.open("/report").words


def test_from_any_page_it_is_a_press_away_and_leads_nowhere_else(
    app: Flask, scene: SupportersScene, person: Browser
) -> None:
    page = acting(app, person(), scene).open("/for/now")
    assert PRESS in page.page.select("footer")[0].get_text()
    page.send("/for/stop", tell="//elsewhere.example/needs/ABCD")
    assert page.path == "/report"
    assert "We add what it is about" not in page.words
    page.open("/for").send(f"/for/{scene.mandate}", back="//elsewhere.example/needs/ABCD")
    assert page.path == "/for/now"


def test_that_it_ended_meanwhile_stops_no_worry(
    app: Flask, scene: SupportersScene, person: Browser
) -> None:
    page = stop_to_tell(acting(app, person(), scene).open(f"/needs/{scene.need}"))
    with app.app_context():
        mandates.end(actor=scene.rose.actor, ref=scene.mandate, key=a_key(), now=NOW)
    page.send(kind="worried", words="She was very pale.", about="other")
    assert page.heading == "Thank you for telling us", page.problems
