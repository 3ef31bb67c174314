"""Every page in Chromium, also after its errors: axe finds nothing, nothing is wider than the
screen or cut, nothing complains in the console.

At 360 pixels in English on SpatiaLite, at 1280 in Welsh on PostgreSQL: pages do not differ by
database, so each is looked at twice and not four times. Both times also at 320 pixels, and at
640 with letters twice as large, as somebody sees it who zooms.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, ConsoleMessage, Page
from sqlalchemy import update

from enabler.domain.vocabulary import Role
from enabler.persistence.tables.places import PlaceRow
from enabler.persistence.unit_of_work import unit_of_work
from tests.browser.axe import faint_when_dark
from tests.browser.serving import Served
from tests.browser.visiting import SEND, enter, make, sign_in, sign_in_staff, sign_out
from tests.builders import BuiltPlace
from tests.web.checks_scene import (
    checks_desk_tour,
    checks_helpers_tour,
    checks_owners_tour,
    set_checks_scene,
)
from tests.web.hours_scene import hours_desk_tour, hours_owed_tour, set_hours_scene
from tests.web.rights_scene import (
    rights_chiefs_tour,
    rights_leads_tour,
    rights_members_tour,
    rights_strangers_tour,
    rights_unasked_tour,
    set_rights_scene,
)
from tests.web.rules_scene import rules_desk_tour, set_rules_scene
from tests.web.safety_scene import (
    administrators_tour,
    concerned_tour,
    leads_tour,
    reporters_tour,
    set_safety_scene,
)
from tests.web.scene import Scene, set_scene
from tests.web.signals_scene import leads_tour as signals_leads_tour
from tests.web.signals_scene import set_signals_scene, writers_tour
from tests.web.tour import (
    Stop,
    askers_tour,
    councillors_tour,
    desk_tour,
    helpers_tour,
    organisations_tour,
    strangers_tour,
)

WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
NARROWEST, PHONE, ZOOMED = 320, 360, 640
TWICE, ONCE = (
    f"document.documentElement.style.fontSize = '{size}'" for size in ("200%", "")
)  # fmt: skip
CUT = """() => [...document.querySelectorAll('body *')].filter((one) => {
    const style = getComputedStyle(one)
    if (one.closest('.govuk-visually-hidden, .govuk-skip-link, #map, [hidden], svg')) return false
    const hides = [style.overflowX, style.overflowY].some((how) => how !== 'visible')
    const runs = one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1
    return hides && runs && one.matches(':not(textarea, input, select)') && one.innerText
}).map((one) => one.outerHTML.slice(0, 200))"""
"""Elements of which a part cannot be seen."""
NO_PAGE = "the server responded with a status of 40"  # a page that is to be refused

pytestmark = pytest.mark.browser


@pytest.fixture
def scene(app: Flask, place: BuiltPlace) -> Scene:
    """Something on every page."""
    with app.app_context():
        return set_scene(place)


@pytest.fixture
def page(app: Flask, place: BuiltPlace, browser: Browser, served: Served) -> Iterator[Page]:
    """A page of the width and in the language of this database."""
    sqlite = app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite")
    context = browser.new_context(
        base_url=served.url, viewport={"width": PHONE if sqlite else 1280, "height": 740}
    )
    made = context.new_page()
    with app.app_context(), unit_of_work() as uow:
        uow.session.execute(update(PlaceRow).values(languages=["en", "cy"]))
        uow.commit()
    yield made
    context.close()


class Looker:
    """Looks at one stop after the other and notes what is wrong."""

    def __init__(self, page: Page, axe: Callable[[Page], list[dict[str, Any]]]) -> None:
        self.page, self.axe = page, axe
        self.wrong: list[Any] = []
        self.at = ""
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.wrong.append((self.at, str(error))))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and NO_PAGE not in message.text:
            self.wrong.append((self.at, message.text))

    def look(self) -> None:
        """At the page that is open."""
        self.wrong += [(self.at, fault) for fault in self.axe(self.page)]
        if self.narrow():
            self.wrong += [(self.at, "dark", faint) for faint in faint_when_dark(self.page)]
        if self.page.get_attribute("html", "lang") != self.language:
            self.wrong.append((self.at, f"not in {self.language}"))
        size = self.page.viewport_size or {"width": 0, "height": 0}
        for width, larger in ((size["width"], ONCE), (NARROWEST, ONCE), (ZOOMED, TWICE)):
            self.page.set_viewport_size({"width": width, "height": size["height"]})
            self.page.evaluate(larger)
            if self.page.evaluate(WIDER):
                self.wrong.append((self.at, f"wider than {width} pixels, {larger}"))
            self.wrong += [(self.at, "cut", width, one) for one in self.page.evaluate(CUT)]
        self.page.evaluate(ONCE)
        self.page.set_viewport_size({"width": size["width"], "height": size["height"]})

    def narrow(self) -> bool:
        """Whether this is the turn of the phone's width, in which colours are looked at too."""
        return (self.page.viewport_size or {"width": 0})["width"] == PHONE

    @property
    def language(self) -> str:
        """The language of this turn."""
        return "en" if self.narrow() else "cy"

    def tour(self, stops: Iterable[Stop]) -> None:
        """Make all the stops."""
        self.page.goto(f"/cookies?lang={self.language}")
        for stop in stops:
            self.at = stop.name
            make(self.page, stop)
            self.look()


def test_pages_of_strangers(
    app: Flask, place: BuiltPlace, page: Page, axe: Callable[[Page], Any]
) -> None:
    looker = Looker(page, axe)
    looker.tour(strangers_tour(place))
    page.goto("/sign-in")
    enter(app, page, place, "07700 900953")
    looker.at = "sign-up"
    looker.look()
    page.locator(SEND).click()
    looker.at = "sign-up-empty"
    looker.look()
    assert looker.wrong == []


def test_pages_of_members(app: Flask, scene: Scene, page: Page, axe: Callable[[Page], Any]) -> None:
    looker = Looker(page, axe)
    sign_in(app, page, scene.asker)
    looker.tour(askers_tour(scene))
    sign_out(page)
    sign_in(app, page, scene.helper)
    looker.tour(helpers_tour(scene))
    sign_out(page)
    sign_in(app, page, scene.cafe)
    looker.tour(organisations_tour(scene))
    assert looker.wrong == []


def test_pages_of_the_desk(
    app: Flask, place: BuiltPlace, scene: Scene, page: Page, axe: Callable[[Page], Any]
) -> None:
    looker = Looker(page, axe)
    sign_in_staff(app, page, place)
    looker.tour(desk_tour(scene))
    assert looker.wrong == []


def test_pages_of_the_desk_of_hours(
    app: Flask, place: BuiltPlace, page: Page, axe: Callable[[Page], Any]
) -> None:
    with app.app_context():
        scene = set_hours_scene(place)
    looker = Looker(page, axe)
    sign_in_staff(app, page, place)
    looker.tour(hours_desk_tour(scene))
    sign_out(page)
    sign_in(app, page, scene.helper)
    looker.tour(hours_owed_tour(scene))
    assert looker.wrong == []


def test_pages_of_what_is_looked_at(
    app: Flask, place: BuiltPlace, page: Page, axe: Callable[[Page], Any]
) -> None:
    with app.app_context():
        scene = set_signals_scene(place)
    looker = Looker(page, axe)
    sign_in(app, page, scene.asker)
    looker.tour(writers_tour(scene))
    sign_out(page)
    sign_in_staff(app, page, place, Role.SAFEGUARDING_LEAD)
    looker.tour(signals_leads_tour(scene))
    assert looker.wrong == []


def test_pages_of_safety(
    app: Flask, place: BuiltPlace, page: Page, axe: Callable[[Page], Any]
) -> None:
    with app.app_context():
        scene = set_safety_scene(place)
    looker = Looker(page, axe)
    for member, stops in ((scene.helper, concerned_tour), (scene.asker, reporters_tour)):
        sign_in(app, page, member)
        looker.tour(stops(scene))
        sign_out(page)
    for role, stops in (
        (Role.SAFEGUARDING_LEAD, leads_tour), (Role.ADMINISTRATOR, administrators_tour)
    ):  # fmt: skip
        sign_in_staff(app, page, place, role, nth=f"-{role.value}")
        looker.tour(stops(scene))
        sign_out(page)
    assert looker.wrong == []


def test_pages_of_rights(
    app: Flask, place: BuiltPlace, page: Page, axe: Callable[[Page], Any]
) -> None:
    with app.app_context():
        scene = set_rights_scene(place)
    looker = Looker(page, axe)
    looker.tour(rights_strangers_tour(scene))
    for member, stops in (
        (scene.asker, rights_members_tour), (scene.unasked, rights_unasked_tour),
    ):  # fmt: skip
        sign_in(app, page, member)
        looker.tour(stops(scene))
        sign_out(page)
    for role, stops in (
        (Role.SAFEGUARDING_LEAD, rights_leads_tour), (Role.ADMINISTRATOR, rights_chiefs_tour)
    ):  # fmt: skip
        sign_in_staff(app, page, place, role, nth=f"-{role.value}")
        looker.tour(stops(scene))
        sign_out(page)
    assert looker.wrong == []


def test_pages_of_the_rules(
    app: Flask, place: BuiltPlace, page: Page, axe: Callable[[Page], Any]
) -> None:
    with app.app_context():
        scene = set_rules_scene(place)
    looker = Looker(page, axe)
    sign_in_staff(app, page, place)
    looker.tour(rules_desk_tour(scene))
    assert looker.wrong == []


def test_pages_of_checks_and_of_the_day_of_a_visit(
    app: Flask, place: BuiltPlace, page: Page, axe: Callable[[Page], Any]
) -> None:
    with app.app_context():
        scene = set_checks_scene(place)
    looker = Looker(page, axe)
    sign_in_staff(app, page, place)
    looker.tour(checks_desk_tour(scene))
    for who, tour in ((scene.helper, checks_helpers_tour), (scene.owner, checks_owners_tour)):
        sign_out(page)
        sign_in(app, page, who)
        looker.tour(tour(scene))
    sign_out(page)
    sign_in(app, page, scene.lapsed)
    looker.tour([Stop("visit-lapsed", f"/matches/{scene.gap}")])
    assert looker.wrong == []


def test_pages_of_a_ward(
    app: Flask, place: BuiltPlace, scene: Scene, page: Page, axe: Callable[[Page], Any]
) -> None:
    looker = Looker(page, axe)
    sign_in_staff(app, page, place, Role.COUNCILLOR)
    looker.tour(councillors_tour(scene))
    assert looker.wrong == []


def test_an_error_takes_the_focus(place: BuiltPlace, page: Page) -> None:
    make(page, Stop("", "/needs/new/words", {"words": ""}))
    assert page.title().startswith("Error: ")
    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
    page.get_by_role("link", name="Tell helpers what you need, in a sentence").click()
    assert page.evaluate("document.activeElement.id") == "words"
