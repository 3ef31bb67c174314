"""Every page of organisations in Chromium: axe finds nothing, nothing is wider than the screen."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page

from tests.browser.test_pages import Looker, page
from tests.browser.visiting import sign_in, sign_in_staff
from tests.builders import BuiltPlace
from tests.web.organisation_scene import (
    OrganisationScene,
    organisation_helpers_tour,
    organisations_desk_tour,
    owners_tour,
    registering_tour,
    registrants_tour,
    set_organisation_scene,
)

__all__ = ["page"]
pytestmark = pytest.mark.browser


@pytest.fixture
def scene(app: Flask, place: BuiltPlace) -> OrganisationScene:
    """An organisation with people, asks and something agreed."""
    with app.app_context():
        return set_organisation_scene(place)


def _sign_out(page: Page) -> None:
    page.goto("/sign-out")
    page.get_by_role("button", name="Sign out", exact=True).click()


def test_pages_of_organisations(
    app: Flask, place: BuiltPlace, scene: OrganisationScene, page: Page,
    axe: Callable[[Page], Any],
) -> None:  # fmt: skip
    looker = Looker(page, axe)
    looker.tour(registering_tour(place))
    sign_in(app, page, scene.owner)
    looker.tour(owners_tour(scene))
    _sign_out(page)
    sign_in(app, page, scene.helper)
    looker.tour(organisation_helpers_tour(scene))
    _sign_out(page)
    sign_in(app, page, scene.registrant)
    looker.tour(registrants_tour(scene))
    _sign_out(page)
    sign_in_staff(app, page, place)
    looker.tour(organisations_desk_tour(scene))
    assert looker.wrong == []


def test_who_goes_is_chosen_by_keyboard_alone(
    app: Flask, scene: OrganisationScene, page: Page
) -> None:
    sign_in(app, page, scene.owner)
    page.goto(f"/matches/{scene.asked}")
    page.get_by_role("button", name="Yes, I can help").focus()
    page.keyboard.press("Enter")
    page.goto(f"/organisations/{scene.organisation}/board?only=nobody")
    page.get_by_role("link", name=re.compile(f"Say who goes.*{scene.asked}")).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/assign")
    page.locator("main input[type=radio]").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/board")
    assert page.get_by_text("Hetty goes.").count() == 2
