"""Who acts for whom, in Chromium on a phone: axe finds nothing, a library sets it up in time."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page

from enabler.domain.vocabulary import Role
from enabler.persistence.tables.mandates import MandateRow
from tests.browser.test_pages import Looker, page
from tests.browser.visiting import SEND, fill, sign_in, sign_in_staff, sign_out
from tests.builders import BuiltPlace
from tests.services.mandating import rows
from tests.web.signing import newest_code, phone_of
from tests.web.supporters_scene import (
    SupportersScene,
    acting_tour,
    council_desk_tour,
    leads_tour,
    librarys_tour,
    members_tour,
    set_supporters_scene,
    supporters_tour,
)

__all__ = ["page"]
pytestmark = pytest.mark.browser


@pytest.fixture
def scene(app: Flask, place: BuiltPlace) -> SupportersScene:
    """A mother, her daughter, a library."""
    with app.app_context():
        return set_supporters_scene(place)


@pytest.mark.prove("7.3")
def test_pages_of_supporters(
    app: Flask, place: BuiltPlace, scene: SupportersScene, page: Page, axe: Callable[[Page], Any]
) -> None:
    looker = Looker(page, axe)
    sign_in(app, page, scene.rose)
    looker.tour(members_tour(scene))
    sign_out(page)
    sign_in(app, page, scene.daughter)
    looker.tour(supporters_tour(scene))
    page.goto("/for")
    page.locator(f"form[action$='/for/{scene.mandate}'] button").click()
    looker.tour(acting_tour(scene))
    sign_out(page)
    sign_in(app, page, scene.librarian)
    looker.tour(librarys_tour(scene))
    sign_out(page)
    sign_in_staff(app, page, place)
    looker.tour(council_desk_tour(scene))
    sign_out(page)
    sign_in_staff(app, page, place, Role.SAFEGUARDING_LEAD, nth="-lead")
    looker.tour(leads_tour(scene))
    assert looker.wrong == []


@pytest.mark.prove("7.3")
def test_a_library_sets_it_up_and_acts(
    app: Flask, place: BuiltPlace, scene: SupportersScene, page: Page
) -> None:
    """The form, the words read out, the code read back, and the first thing done: few steps, and
    the pages take seconds of the three minutes."""
    sign_in(app, page, scene.librarian)
    began = time.monotonic()
    page.goto(f"/organisations/{scene.library.ref}")
    page.get_by_role("link", name="Act for somebody").click()
    number = phone_of(app, scene.daughter)
    for name, value in (
        ("to", number), ("why", "She is at the desk."), ("scopes", ["post-need"]), ("days", "90"),
    ):  # fmt: skip
        fill(page, name, value)
    assert page.get_by_text("They cannot change my phone number").is_visible()
    page.locator(SEND).first.click()
    fill(page, "code", newest_code(app, place, number))
    page.locator(SEND).first.click()
    page.get_by_role("heading", name="You may act for Dora now").wait_for()
    page.get_by_role("button", name="Act for Dora").click()
    page.get_by_role("heading", name="You act for Dora").wait_for()
    page.get_by_role("button", name="Ask for help for Dora").click()
    assert page.get_by_role("region", name="You act for Dora").is_visible()
    assert time.monotonic() - began < 60
    with app.app_context():
        kept = [one for one in rows(MandateRow) if one.member_id == scene.daughter.id]
    assert [one.organisation_id for one in kept] == [scene.library.id]
    page.locator(".acting__stop").click()
    page.get_by_role("heading", name="Those for whom you may act").wait_for()
