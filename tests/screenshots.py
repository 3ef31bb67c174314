"""``python -m tests.screenshots``: every page, also with its errors, into screenshots/.

In each language, at 360 and 1280 pixels, and dark at 360, in full length: a folder for each
language, names by page and width. The place is the small invented one of the tests. Names given
as arguments limit it to those pages, languages (``cy``) to those.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import update

from enabler.app import create_app, upgrade_schema
from enabler.config import Settings
from enabler.domain.vocabulary import Role
from enabler.persistence.tables.places import PlaceRow
from enabler.persistence.unit_of_work import unit_of_work
from tests.browser.fixtures import PROGRAMS, SWITCHES
from tests.browser.serving import serve
from tests.browser.visiting import enter, make, sign_in, sign_in_staff
from tests.builders import NOW, BuiltPlace, a_place
from tests.web.checks_scene import (
    ChecksScene,
    checks_desk_tour,
    checks_helpers_tour,
    checks_owners_tour,
    set_checks_scene,
)
from tests.web.hours_scene import (
    HoursScene,
    hours_desk_tour,
    hours_owed_tour,
    set_hours_scene,
)
from tests.web.organisation_scene import (
    OrganisationScene,
    organisation_helpers_tour,
    organisations_desk_tour,
    owners_tour,
    registering_tour,
    registrants_tour,
    set_organisation_scene,
    written_down_tour,
)
from tests.web.rights_scene import (
    RightsScene,
    rights_chiefs_tour,
    rights_leads_tour,
    rights_members_tour,
    rights_strangers_tour,
    rights_unasked_tour,
    set_rights_scene,
)
from tests.web.rules_scene import RulesScene, rules_desk_tour, set_rules_scene
from tests.web.safety_scene import (
    SafetyScene,
    administrators_tour,
    concerned_tour,
    leads_tour,
    reporters_tour,
    set_safety_scene,
)
from tests.web.scene import Scene, set_scene
from tests.web.signals_scene import (
    SignalsScene,
    set_signals_scene,
    writers_tour,
)
from tests.web.signals_scene import leads_tour as signals_leads_tour
from tests.web.tour import (
    Stop,
    askers_tour,
    councillors_tour,
    desk_tour,
    helpers_tour,
    organisations_tour,
    strangers_tour,
)

FOLDER = Path(__file__).resolve().parent.parent / "screenshots"
WIDTHS = (360, 1280)
LANGUAGES = ("en", "cy")
CONTACT = {
    "name": "Elmford Council", "phone": "0117 496 0001", "mail": "help@elmford.example.org",
    "hours": "Monday to Friday, 9am to 5pm", "duty_line": "0117 496 0000",
}  # fmt: skip


def main(wanted: list[str]) -> None:
    """Make them all, or those that are wanted."""
    languages = [each for each in wanted if each in LANGUAGES] or LANGUAGES
    names = [each for each in wanted if each not in LANGUAGES]
    for language in languages:
        with tempfile.TemporaryDirectory() as folder:
            _in(language, names, Path(folder))


def _in(language: str, wanted: list[str], folder: Path) -> None:
    app = _app(folder)
    with app.app_context():
        place = a_place()
        with unit_of_work() as uow:
            uow.session.execute(update(PlaceRow).values(
                contact=CONTACT, phone="+447700900003", languages=list(LANGUAGES)
            ))  # fmt: skip
            uow.commit()
        of_hours = set_hours_scene(place)
        scene = set_scene(place)
        organised = set_organisation_scene(place)
        of_signals = set_signals_scene(place)
        safety = set_safety_scene(place)
        rights = set_rights_scene(place)
        ruled = set_rules_scene(place)
        checks = set_checks_scene(place)
    with serve(app) as served, sync_playwright() as playwright:
        program = next(path for path in map(_found, PROGRAMS) if path)
        browser = playwright.chromium.launch(executable_path=program, args=list(SWITCHES))
        photographer = Photographer(app, browser, served.url, wanted, language)
        photographer.everybody(place, scene)
        photographer.organisations(place, organised)
        photographer.safety(place, safety)
        photographer.rights(place, rights)
        photographer.hours(place, of_hours)
        photographer.signals(place, of_signals)
        photographer.rules(place, ruled)
        photographer.checks(place, checks)
        browser.close()


def _app(folder: Path) -> Flask:
    url = f"sqlite:///{folder / 'screenshots.sqlite'}"
    settings = Settings(
        instance=folder, database_url=url, database_owner_url=url, secret_key="s" * 40,
        environment="test",
    )  # fmt: skip
    upgrade_schema(settings)
    app = create_app(settings)
    app.extensions["enabler"] = replace(app.extensions["enabler"], clock=lambda: NOW)
    return app


def _found(program: str) -> str | None:
    return shutil.which(program)


class Photographer:
    """Goes round as everybody and takes each page at each width."""

    def __init__(
        self, app: Flask, browser: Browser, url: str, wanted: list[str], language: str
    ) -> None:
        self.app, self.browser, self.url, self.wanted = app, browser, url, wanted
        self.language, self.folder = language, FOLDER / language
        self.folder.mkdir(parents=True, exist_ok=True)

    def everybody(self, place: BuiltPlace, scene: Scene) -> None:
        """A stranger who signs up, the asker, the helper, the custodian."""
        page = self._page()
        self._tour(page, strangers_tour(place))
        page.goto("/sign-in")
        enter(self.app, page, place, "07700 900955")
        self._take(page, "sign-up")
        page = self._page()
        sign_in(self.app, page, scene.asker)
        self._tour(page, askers_tour(scene))
        page = self._page()
        sign_in(self.app, page, scene.helper)
        self._tour(page, helpers_tour(scene))
        page = self._page()
        sign_in(self.app, page, scene.cafe)
        self._tour(page, organisations_tour(scene))
        page = self._page()
        self.desk = page
        sign_in_staff(self.app, page, place)
        self._tour(page, desk_tour(scene))
        page = self._page()
        sign_in_staff(self.app, page, place, Role.COUNCILLOR)
        self._tour(page, councillors_tour(scene))

    def organisations(self, place: BuiltPlace, scene: OrganisationScene) -> None:
        """Somebody who registers one, its owner, its helper, whoever waits for the desk."""
        self._tour(self._page(), registering_tour(place))
        for who, stops in (
            (scene.owner, owners_tour(scene)), (scene.helper, organisation_helpers_tour(scene)),
            (scene.registrant, registrants_tour(scene)),
        ):  # fmt: skip
            page = self._page()
            sign_in(self.app, page, who)
            self._tour(page, stops)
        page = self._page()
        sign_in_staff(self.app, page, place, Role.SAFEGUARDING_LEAD)
        self._tour(page, organisations_desk_tour(scene))
        self._tour(self.desk, written_down_tour(scene))

    def hours(self, place: BuiltPlace, scene: HoursScene) -> None:
        """A custodian at the desk of hours; somebody to whom hours are still to come."""
        page = self._page()
        sign_in_staff(self.app, page, place, nth="-hours")
        self._tour(page, hours_desk_tour(scene))
        page = self._page()
        sign_in(self.app, page, scene.helper)
        self._tour(page, hours_owed_tour(scene))

    def signals(self, place: BuiltPlace, scene: SignalsScene) -> None:
        """Somebody whose words are looked at, and the safeguarding lead."""
        page = self._page()
        sign_in(self.app, page, scene.asker)
        self._tour(page, writers_tour(scene))
        page = self._page()
        sign_in_staff(self.app, page, place, Role.SAFEGUARDING_LEAD, nth="-signals")
        self._tour(page, signals_leads_tour(scene))

    def safety(self, place: BuiltPlace, scene: SafetyScene) -> None:
        """Pages about safety, of all who see them."""
        for member, stops in ((scene.helper, concerned_tour), (scene.asker, reporters_tour)):
            page = self._page()
            sign_in(self.app, page, member)
            self._tour(page, stops(scene))
        for role, tour in (
            (Role.SAFEGUARDING_LEAD, leads_tour), (Role.ADMINISTRATOR, administrators_tour)
        ):  # fmt: skip
            page = self._page()
            sign_in_staff(self.app, page, place, role, nth=f"-{role.value}")
            self._tour(page, tour(scene))

    def rights(self, place: BuiltPlace, scene: RightsScene) -> None:
        """What people agreed to and complain of, and who looked at them."""
        self._tour(self._page(), rights_strangers_tour(scene))
        for member, stops in (
            (scene.asker, rights_members_tour), (scene.unasked, rights_unasked_tour),
        ):  # fmt: skip
            page = self._page()
            sign_in(self.app, page, member)
            self._tour(page, stops(scene))
        for role, tour in (
            (Role.SAFEGUARDING_LEAD, rights_leads_tour), (Role.ADMINISTRATOR, rights_chiefs_tour)
        ):  # fmt: skip
            page = self._page()
            sign_in_staff(self.app, page, place, role, nth=f"-rights-{role.value}")
            self._tour(page, tour(scene))

    def rules(self, place: BuiltPlace, scene: RulesScene) -> None:
        """A custodian at the rules."""
        page = self._page()
        sign_in_staff(self.app, page, place, nth="-rules")
        self._tour(page, rules_desk_tour(scene))

    def checks(self, place: BuiltPlace, scene: ChecksScene) -> None:
        """A custodian at the desk of checks; somebody inside a visit; who leads a shop."""
        page = self._page()
        sign_in_staff(self.app, page, place, nth="-checks")
        self._tour(page, checks_desk_tour(scene))
        for who, tour in ((scene.helper, checks_helpers_tour), (scene.owner, checks_owners_tour)):
            page = self._page()
            sign_in(self.app, page, who)
            self._tour(page, tour(scene))

    def _page(self) -> Page:
        page = self.browser.new_context(base_url=self.url, locale="en-GB").new_page()
        page.goto(f"/?lang={self.language}")
        return page

    def _tour(self, page: Page, stops: Iterable[Stop]) -> None:
        for stop in stops:
            make(page, stop)
            self._take(page, stop.name)

    def _take(self, page: Page, name: str) -> None:
        if self.wanted and name not in self.wanted:
            return
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 740})
            page.screenshot(path=self.folder / f"{name}-{width}.png", full_page=True)
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size({"width": WIDTHS[0], "height": 740})
        page.screenshot(path=self.folder / f"{name}-dark.png", full_page=True)
        page.emulate_media(color_scheme="light")
        sys.stderr.write(f"{self.language} {name}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
